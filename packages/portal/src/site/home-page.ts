import type { Language } from '@sapan/kernel'
import { type SitePage, type SiteRequest, tile, tiles } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import { words } from './words.ts'

/** What one can do here; `services`: how services are found. */
export function homePage(language: Language, services?: ComponentChildren): SitePage {
  const say = (key: keyof typeof words) => words[key][language]
  const body = [
    h('h1', null, say('homeTitle')),
    h('p', { class: 'lead column' }, say('homeLead')),
    services ?? null,
    tiles(
      tile({ title: say('check'), href: '/check', body: say('checkText') }),
      tile({ title: say('me'), href: '/me', body: say('meText') }),
      tile({ title: say('usage'), href: '/me/usage', body: say('usageText') }),
    ),
  ]
  return { kind: 'page', title: say('home'), body }
}

/** In place of a page that cannot be had without the network. */
export function offlinePage({ language }: SiteRequest<unknown>): SitePage {
  const say = (key: keyof typeof words) => words[key][language]
  const body = h(
    'div',
    { class: 'column' },
    h('h1', null, say('offlineTitle')),
    h('p', null, say('offlineText')),
    h('p', null, h('a', { href: '/me/inbox' }, say('inbox'))),
    h('p', null, say('again')),
  )
  return { kind: 'page', title: say('offlineTitle'), body }
}
