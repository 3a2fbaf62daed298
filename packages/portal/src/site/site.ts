import { createHmac } from 'node:crypto'
import type { Need, Visitor } from '@sapan/identity'
import { createSite, problemContents, type Site, type SiteRequest, type SiteRoute } from '@sapan/ui'
import { accessibilityText } from './accessibility-text.ts'
import { siteAssets } from './assets.ts'
import { portalFrame } from './frame.ts'
import { helpText } from './help-text.ts'
import { homePage, offlinePage } from './home-page.ts'
import { myPage } from './my-page.ts'
import { type PortalSiteSetting, portalCookies } from './options.ts'
import { privacyText } from './privacy-text.ts'
import { type Reading, readingPage } from './reading-page.ts'

type Route = SiteRoute<Visitor | undefined, Need>

/** The portal's pages in its frame: its own, and those of the rooms behind my page. */
export function createPortalSite(setting: PortalSiteSetting): Site {
  const { origin, cookieSecret, relyingParty, log, proxies } = setting
  return createSite<Visitor | undefined, Need>({
    origin,
    cookiePrefix: portalCookies,
    cookieSecret,
    frame: portalFrame(setting),
    routes: [...ownRoutes(setting), ...relyingParty.routes, ...setting.routes],
    admit: relyingParty.admit,
    formTargets: relyingParty.formTargets,
    assets: new Map([...siteAssets(), ...(setting.assets ?? [])]),
    headersOf: (who) =>
      who === undefined ? {} : { 'sapan-account': nameOnDevice(cookieSecret, who.account) },
    log,
    ...(proxies && { proxies }),
  })
}

function ownRoutes({ tiles, home, operator, log, docs }: PortalSiteSetting): Route[] {
  const open = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, handle })
  const reading = (path: string, text: Reading) => open(path, ({ language }) => readingPage(text, language))
  return [
    open('/', ({ language }) => homePage(language, home?.(language))),
    open('/offline', offlinePage),
    reading('/help', helpText(operator)),
    reading('/accessibility', accessibilityText(operator)),
    reading('/privacy', privacyText(operator)),
    ...problemRoutes(docs),
    {
      method: 'GET',
      path: '/me',
      needs: {},
      handle: (request: SiteRequest<Visitor | undefined>) => {
        const { who } = request
        if (who === undefined) throw new Error('my page was opened by nobody')
        return myPage(tiles, { ...request, who }, log)
      },
    },
  ]
}

/** Every problem code, in the site's frame; a code that there is not leads to the list. */
function problemRoutes(docs: URL): Route[] {
  const contents = problemContents({ docs })
  const handle: Route['handle'] = ({ parameters, language }) => {
    const content = contents(parameters.code, language)
    if (content !== undefined) return { kind: 'page', ...content }
    const list = contents(undefined, language)
    if (list === undefined) throw new Error('there is no list of problems')
    return { kind: 'page', status: 404, ...list }
  }
  return ['/problems', '/problems/:code'].map((path) => ({ method: 'GET', path, handle }))
}

/** Keeps one person's pages on a device apart from another's, and says nothing of the account. */
function nameOnDevice(secret: Uint8Array, account: string): string {
  return createHmac('sha256', secret).update(`device:${account}`).digest('base64url').slice(0, 16)
}
