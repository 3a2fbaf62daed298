import type { Language } from '@sapan/kernel'
import { type ComponentChild, h } from 'preact'
import type { Catalogue } from './catalogue.ts'
import { eventList } from './pages/entry-list.ts'
import { searchForm } from './pages/search-form.ts'
import { words } from './pages/words.ts'

/** The part of the portal's first page by which services are found. */
export function findingHome(
  { lifeEvents }: Pick<Catalogue, 'lifeEvents'>,
  language: Language,
): ComponentChild {
  return h(
    'section',
    { class: 'finding' },
    searchForm(language),
    h('h2', null, words.lifeEvents[language]),
    eventList(lifeEvents, language),
    h('p', null, h('a', { href: '/services' }, words.catalogue[language])),
  )
}
