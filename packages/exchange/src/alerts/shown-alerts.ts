import type { AlertSettings } from './alert-settings.ts'

/** Who is told, as settings are shown. Of the webhook its origin: whoever has the whole address of some may write there. */
export function shownAlerts({ webhook, email }: AlertSettings) {
  const { to, from, smtp, language } = email ?? {}
  return {
    webhook: webhook === undefined ? [] : [new URL(webhook).origin],
    email: email === undefined ? { to: [] } : { to, from, smtp, language },
  }
}
