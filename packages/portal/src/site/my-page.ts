import type { Visitor } from '@sapan/identity'
import type { Language, Logger } from '@sapan/kernel'
import { type SitePage, type SiteRequest, tag, tile, tiles } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { PortalTile } from './options.ts'
import { words } from './words.ts'

/** `/me`: the rooms of what is one's own, each with what wants attention. */
export async function myPage(
  own: readonly PortalTile[],
  { who, language }: SiteRequest<Visitor>,
  log: Logger,
): Promise<SitePage> {
  const shown = await Promise.all(own.map((one) => tileOf(one, who, language, log)))
  const body = [
    h('h1', null, words.me[language]),
    h(
      'p',
      { class: 'lead' },
      who.name === '' ? null : [h('bdi', null, who.name), ' · '],
      words.overviewLead[language],
    ),
    tiles(...shown),
    h(
      'p',
      { class: 'quiet' },
      `${words.provedLevel[language]}: IAL ${who.level.ial} (${words.provedIdentity[language]}), `,
      `AAL ${who.level.aal} (${words.provedSignIn[language]})`,
    ),
  ]
  return { kind: 'page', title: words.me[language], body }
}

/** A room that cannot tell its state now has none; it can still be opened. */
async function tileOf(
  one: PortalTile,
  who: Visitor,
  language: Language,
  log: Logger,
): Promise<ComponentChild> {
  const state = await one.state?.(who, language).catch((error: unknown) => {
    log.warn({ err: error, tile: one.path }, 'a tile has no state')
    return undefined
  })
  return tile({
    title: one.title[language],
    href: one.path,
    body: one.about[language],
    ...(state && { state: tag(state.text, state.kind) }),
  })
}
