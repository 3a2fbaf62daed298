import type { Language } from '@sapan/kernel'
import { emptyState, type SitePage, type SiteRequest } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { type Audience, audiences } from '../../definition/definition.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Entry } from '../entry.ts'
import type { Search } from '../search/search.ts'
import { entryList, eventList } from './entry-list.ts'
import { searchForm } from './search-form.ts'
import { waysDown } from './ways-down.ts'
import { words } from './words.ts'

/** `/services`: all services, or those that fit what was asked (`q`), for all or for some (`for`). */
export function cataloguePage(
  { catalogue, search }: { readonly catalogue: Catalogue; readonly search: Search },
  { language, query }: SiteRequest<unknown>,
): SitePage {
  const question = withoutNumbers(query.get('q') ?? '').trim()
  const audience = audiences.find((one) => one === query.get('for'))
  const title =
    question === ''
      ? words.catalogue[language]
      : words.results[language].replace('{question}', () => question)
  const body = h(
    'div',
    null,
    question === '' ? null : waysDown(language),
    h('h1', null, title),
    question === '' ? h('p', { class: 'lead column' }, words.catalogueLead[language]) : null,
    searchForm(language, question),
    ...(question === ''
      ? all(catalogue, audience, language)
      : found(search, question, { catalogue, language })),
  )
  return { kind: 'page', title, body }
}

/** Somebody may type their number all the same: it is not shown again, and not searched for. */
function withoutNumbers(question: string): string {
  return question.slice(0, 200).replaceAll(/[\d๐-๙][\d๐-๙ -]{8,}[\d๐-๙]/g, ' ')
}

function found(
  search: Search,
  question: string,
  { catalogue, language }: { readonly catalogue: Catalogue; readonly language: Language },
): ComponentChild[] {
  const { services, lifeEvents } = search.find(question)
  if (services.length + lifeEvents.length === 0) {
    return [
      emptyState(words.nothing[language], words.nothingNext[language]),
      h('h2', null, words.lifeEvents[language]),
      eventList(catalogue.lifeEvents, language),
    ]
  }
  return [
    ...(services.length > 0 ? [h('h2', null, words.found[language]), entryList(services, language)] : []),
    ...(lifeEvents.length > 0
      ? [h('h2', null, words.foundEvents[language]), eventList(lifeEvents, language)]
      : []),
  ]
}

function all(catalogue: Catalogue, audience: Audience | undefined, language: Language): ComponentChild[] {
  const fits = (one: { readonly audience: readonly Audience[] }) =>
    audience === undefined || one.audience.includes(audience)
  const some = catalogue.entries
    .filter(fits)
    .toSorted((one, other) => one.name[language].localeCompare(other.name[language], language))
  return [
    audienceLinks(audience, language),
    ...listOf(
      words.online[language],
      some.filter(({ definition }) => definition),
      language,
    ),
    h('h2', null, words.lifeEvents[language]),
    eventList(catalogue.lifeEvents.filter(fits), language),
    ...listOf(
      words.others[language],
      some.filter(({ definition }) => !definition),
      language,
    ),
  ]
}

function listOf(title: string, entries: readonly Entry[], language: Language): ComponentChild[] {
  return entries.length === 0 ? [] : [h('h2', null, title), entryList(entries, language)]
}

function audienceLinks(chosen: Audience | undefined, language: Language): ComponentChild {
  const link = (audience: Audience | undefined) =>
    h(
      'li',
      null,
      h(
        'a',
        {
          href: audience === undefined ? '/services' : `/services?for=${audience}`,
          ...(audience === chosen ? { 'aria-current': 'page' } : {}),
        },
        words[audience ?? 'all'][language],
      ),
    )
  return h(
    'nav',
    { 'aria-label': words.forWhom[language], class: 'audiences' },
    h('ul', { class: 'plain' }, link(undefined), ...audiences.map(link)),
  )
}
