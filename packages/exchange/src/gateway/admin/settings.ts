import type { FastifyInstance } from 'fastify'
import type { GatewaySettings } from '../settings.ts'
import type { AdminContext } from './context.ts'

/** Shown one by one: what is added to the settings later may be nobody's to see. */
const shown = [
  'id',
  'center',
  'peerAddress',
  'edgeOrigin',
  'withoutCredential',
  'limits',
  'timeouts',
  'links',
  'gdx',
  'queue',
  'directory',
  'unusual',
  'evidence',
] as const

/** What the gateway was told when it started, with what it takes by itself where it was told nothing. */
export function settingsRoute(app: FastifyInstance, { ground }: AdminContext): void {
  app.get('/v1/settings', async () => ({
    settings: {
      ...Object.fromEntries(shown.map((name) => [name, ground.settings[name]])),
      alerts: shownAlerts(ground.settings),
    },
  }))
}

/** Of the webhook its origin: whoever has the whole address of some may write there. */
function shownAlerts({ alerts: { webhook, email } }: Pick<GatewaySettings, 'alerts'>) {
  const { to, from, smtp, language } = email ?? {}
  return {
    webhook: webhook === undefined ? [] : [new URL(webhook).origin],
    email: email === undefined ? { to: [] } : { to, from, smtp, language },
  }
}
