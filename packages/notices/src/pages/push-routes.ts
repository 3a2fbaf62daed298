import { Problem } from '@sapan/kernel'
import type { SiteFile, SiteRoute } from '@sapan/ui'
import { noticesProblems } from '../problems.ts'
import type { NoticePagesOptions } from './options.ts'

/**
 * What a script calls for its browser, as forms with the form key: `/me/notices/push` with `subscription` (the JSON of
 * `PushSubscription`), `/me/notices/push/remove` with `endpoint`; `/me/notices/push-key` gives the operator's key.
 */
export function pushRoutes<Who, Need>({
  notices,
  accountOf,
  needs,
  pushKey,
}: NoticePagesOptions<Who, Need>): SiteRoute<Who, Need>[] {
  if (pushKey === undefined) return []
  return [
    { method: 'GET', path: '/me/notices/push-key', needs, handle: () => json({ key: pushKey }) },
    {
      method: 'POST',
      path: '/me/notices/push',
      needs,
      async handle({ who, form, userAgent }) {
        await notices.subscribe(accountOf(who), parsed(form.get('subscription') ?? ''), userAgent)
        return { kind: 'redirect', to: '/me/notices?done' }
      },
    },
    {
      method: 'POST',
      path: '/me/notices/push/remove',
      needs,
      async handle({ who, form }) {
        await notices.unsubscribe(accountOf(who), form.get('endpoint') ?? '')
        return { kind: 'redirect', to: '/me/notices?done' }
      },
    },
    {
      method: 'POST',
      path: '/me/notices/devices/:device/remove',
      needs,
      async handle({ who, parameters }) {
        await notices.removeDevice(accountOf(who), parameters.device ?? '')
        return { kind: 'redirect', to: '/me/notices?done' }
      },
    },
  ]
}

function json(value: object): SiteFile {
  return { kind: 'file', contentType: 'application/json', body: JSON.stringify(value) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Problem(noticesProblems['push-subscription-invalid'], { cause })
  }
}
