import type { Language } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import type { Catalogue } from './catalogue.ts'
import { eventList, shortList } from './pages/entry-list.ts'
import { searchForm } from './pages/search-form.ts'
import { words } from './pages/words.ts'

/** So many services fit a first page; all are a link away. */
const mostOnline = 9

/** The part of the portal's first page by which services are found. */
export function findingHome(
  { entries, lifeEvents }: Pick<Catalogue, 'entries' | 'lifeEvents'>,
  language: Language,
): ComponentChild {
  const online = entries.filter(({ definition }) => definition).slice(0, mostOnline)
  return h(
    'section',
    { class: 'finding' },
    searchForm(language),
    ...(online.length === 0 ? [] : [h('h2', null, words.online[language]), shortList(online, language)]),
    h('h2', null, words.lifeEvents[language]),
    eventList(lifeEvents, language),
    h('p', null, h('a', { href: '/services' }, words.toAll[language])),
  )
}
