import type { Visitor } from '@sapan/identity'
import type { Language } from '@sapan/kernel'
import { accountMenu, actingBanner, assetAddress, renderPage, type SiteFrame } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { deskAssets } from './assets.ts'
import type { DeskLink, DeskOptions } from './options.ts'
import { words } from './words.ts'

/** The desk's frame: what this officer may do, for which agency they work, and where both are changed. */
export function deskFrame({ links, phase, agencyName }: DeskOptions): SiteFrame<Visitor | undefined> {
  return (page) => {
    const { language, who, path, formKey } = page
    const mine = linksOf(links, who)
    return renderPage({
      language,
      title: page.title,
      languages: page.languages,
      home: '/',
      line: words.line,
      phase,
      menu: accountMenu({ language, name: who?.name, links: menuOf(language), formKey, path }),
      navigation: who && {
        label: words.menu[language],
        links: [{ path: '/', text: words.home }, ...mine].map(({ path: href, text }) => ({
          href,
          text: text[language],
          isCurrent: href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`),
        })),
      },
      notice: [
        who?.acting && actsFor(who.acting, language),
        who?.officer && worksFor(who.officer.agency, language, agencyName),
      ],
      scripts: [assetAddress('desk/keys.js', deskAssets()), ...page.scripts],
      head: h('meta', { name: 'sapan-keys', content: keysOf(mine) }),
      body: page.body,
    })
  }
}

/** What an officer's duties let them open. */
export function linksOf(links: readonly DeskLink[], who: Visitor | undefined): DeskLink[] {
  if (who === undefined) return []
  const duties = new Set(who.officer?.duties)
  return links.filter(({ needs }) => needs?.duties?.some((duty) => duties.has(duty)) ?? true)
}

/** For the script: `t=/desk/tasks p=/desk/proofing`. */
function keysOf(links: readonly DeskLink[]): string {
  return links.flatMap(({ key, path }) => (key === undefined ? [] : [`${key}=${path}`])).join(' ')
}

function menuOf(language: Language): { href: string; text: string }[] {
  return [
    { href: '/desk/appointments', text: words.appointments[language] },
    { href: '/desk/keys', text: words.keys[language] },
  ]
}

/** An officer who works in somebody's name sees it on every page, and where it is ended. */
function actsFor({ name }: NonNullable<Visitor['acting']>, language: Language): ComponentChild {
  const end = h('a', { href: '/desk/helping' }, words.helping[language])
  return actingBanner({ language, name, end })
}

function worksFor(agency: string, language: Language, nameOf: DeskOptions['agencyName']): ComponentChild {
  const name = nameOf?.(agency)?.[language] ?? agency
  return h(
    'section',
    { class: 'works-for', 'aria-label': words.as[language] },
    h(
      'div',
      { class: 'inner' },
      h(
        'p',
        { class: 'quiet' },
        `${words.as[language]}: `,
        h('strong', null, name),
        ' ',
        h('a', { href: '/desk/appointments' }, words.change[language]),
      ),
    ),
  )
}
