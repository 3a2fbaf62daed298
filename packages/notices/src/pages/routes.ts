import type { SiteRoute } from '@sapan/ui'
import { inboxPage, offlinePage } from './inbox-page.ts'
import { messagePage } from './message-page.ts'
import type { NoticePagesOptions } from './options.ts'
import { pushRoutes } from './push-routes.ts'
import { savePreferences, settingsPage } from './settings-page.ts'

/**
 * The person's pages of notices, for the portal: `/me/inbox`, `/me/inbox/offline` (to keep on the device),
 * `/me/inbox/:message`, `/me/notices` with preferences and devices, and what scripts call to register a browser.
 */
export function noticeRoutes<Who, Need>(options: NoticePagesOptions<Who, Need>): SiteRoute<Who, Need>[] {
  const { needs, notices, accountOf } = options
  return [
    { method: 'GET', path: '/me/inbox', needs, handle: (request) => inboxPage(options, request) },
    { method: 'GET', path: '/me/inbox/offline', needs, handle: (request) => offlinePage(options, request) },
    { method: 'GET', path: '/me/inbox/:message', needs, handle: (request) => messagePage(options, request) },
    {
      method: 'POST',
      path: '/me/inbox/read',
      needs,
      async handle({ who }) {
        await notices.markAllRead(accountOf(who))
        return { kind: 'redirect', to: '/me/inbox' }
      },
    },
    {
      method: 'POST',
      path: '/me/inbox/:message/unread',
      needs,
      async handle({ who, parameters }) {
        await notices.markUnread(accountOf(who), parameters.message ?? '')
        return { kind: 'redirect', to: '/me/inbox' }
      },
    },
    { method: 'GET', path: '/me/notices', needs, handle: (request) => settingsPage(options, request) },
    { method: 'POST', path: '/me/notices', needs, handle: (request) => savePreferences(options, request) },
    ...pushRoutes(options),
  ]
}
