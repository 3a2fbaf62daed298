import type { Visitor } from '@sapan/identity'
import type { Language, Text } from '@sapan/kernel'
import {
  accountMenu,
  actingBanner,
  assetAddress,
  colours,
  type FramedPage,
  type NavigationLink,
  renderPage,
  type SiteFrame,
} from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { siteAssets } from './assets.ts'
import type { PortalSiteSetting } from './options.ts'
import { words } from './words.ts'

const ways: readonly { readonly href: string; readonly text: Text }[] = [
  { href: '/', text: words.home },
  { href: '/services', text: words.services },
  { href: '/check', text: words.check },
  { href: '/me', text: words.me },
]

const footer: readonly { readonly href: string; readonly text: Text }[] = [
  { href: '/help', text: words.help },
  { href: '/accessibility', text: words.accessibility },
  { href: '/privacy', text: words.privacy },
  { href: '/problems', text: words.problems },
]

/** The portal's frame: name, ways, who is signed in and for whom they act, and at the foot what everybody may ask. */
export function portalFrame({
  tiles,
  home,
  phase,
}: Pick<PortalSiteSetting, 'tiles' | 'home' | 'phase'>): SiteFrame<Visitor | undefined> {
  return (page) => {
    const { language, who, path, formKey } = page
    const links = [{ path: '/me', title: words.me }, ...tiles].map(({ path: href, title }) => ({
      href,
      text: title[language],
    }))
    return renderPage({
      language,
      title: page.title,
      languages: page.languages,
      home: '/',
      line: words.line,
      phase,
      menu: accountMenu({ language, name: who?.name, links, formKey, path }),
      navigation: {
        label: words.navigation[language],
        links: navigationOf(path, language, home !== undefined),
      },
      notice: acting(who, path, language),
      footer: footer.map(({ href, text }) => ({ href, text: text[language] })),
      head: [installable(language), page.head],
      scripts: [assetAddress('portal/face.js', siteAssets()), ...page.scripts],
      body: page.body,
    })
  }
}

/** Of my page, what shows those for whom the visitor acts as well. */
const alsoOthers = ['/me/mandates', '/me/applications', '/me/documents', '/me/payments']

/** The rest of my page stays the visitor's own while they act for another, which nobody should have to guess. */
function acting(who: Visitor | undefined, path: string, language: Language) {
  if (who?.acting === undefined) return undefined
  const isOwn = path.startsWith('/me') && !alsoOthers.some((one) => path.startsWith(one))
  const note = isOwn ? words.ownPage[language] : undefined
  return actingBanner({ language, name: who.acting.name, note, end: endActing(language) })
}

function navigationOf(
  path: FramedPage<unknown>['path'],
  language: Language,
  hasServices: boolean,
): NavigationLink[] {
  return ways
    .filter(({ href }) => hasServices || href !== '/services')
    .map(({ href, text }) => ({
      href,
      text: text[language],
      isCurrent: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
    }))
}

const end = { th: 'เปลี่ยนหรือเลิกทำการแทน', en: 'Change or stop' } as const satisfies Text

function endActing(language: Language): ComponentChild {
  return h('p', null, h('a', { href: '/me/mandates' }, end[language]))
}

/** W3C Web App Manifest; its words are of the page's language. */
function installable(language: Language): ComponentChild {
  return [
    h('link', { rel: 'manifest', href: `/manifest-${language}.webmanifest` }),
    h('link', { rel: 'apple-touch-icon', href: assetAddress('portal/icon-192.png', siteAssets()) }),
    h('meta', { name: 'theme-color', content: colours.deepRiver }),
  ]
}
