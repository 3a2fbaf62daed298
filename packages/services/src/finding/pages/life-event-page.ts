import type { SitePage, SiteRequest } from '@sapan/ui'
import { h } from 'preact'
import type { Catalogue } from '../catalogue.ts'
import type { LifeEvent } from '../entry.ts'
import { entryList } from './entry-list.ts'
import { waysDown } from './ways-down.ts'
import { words } from './words.ts'

/** `/life-events/:event`: what is to be done, in the order in which one thing needs the other. */
export function lifeEventPage(
  catalogue: Catalogue,
  event: LifeEvent,
  { language }: SiteRequest<unknown>,
): SitePage {
  const entries = catalogue.ofEvent(event.code)
  const here = entries.filter(({ definition }) => definition)
  const elsewhere = entries.filter(({ definition }) => !definition)
  const body = h(
    'div',
    { class: 'column' },
    waysDown(language),
    h('h1', null, event.name[language]),
    h('p', { class: 'lead' }, event.about[language]),
    ...(here.length > 0 ? [h('h2', null, words.online[language]), entryList(here, language)] : []),
    ...(elsewhere.length > 0 ? [h('h2', null, words.others[language]), entryList(elsewhere, language)] : []),
  )
  return { kind: 'page', title: event.name[language], body }
}
