import type { Need, Visitor } from '@sapan/identity'
import { createSite, type Site } from '@sapan/ui'
import { deskAssets } from './assets.ts'
import { deskFrame } from './frame.ts'
import { type DeskOptions, deskCookies } from './options.ts'
import { deskPages } from './pages.ts'

/** The officers' web. It opens no socket: its handler is given to a server. */
export function createDesk(options: DeskOptions): Site {
  const { origin, cookieSecret, relyingParty, routes, log, proxies } = options
  return createSite<Visitor | undefined, Need>({
    origin,
    cookiePrefix: deskCookies,
    cookieSecret,
    frame: deskFrame(options),
    routes: [...deskPages(options), ...relyingParty.routes, ...routes],
    admit: relyingParty.admit,
    formTargets: relyingParty.formTargets,
    assets: deskAssets(),
    log,
    ...(proxies && { proxies }),
  })
}
