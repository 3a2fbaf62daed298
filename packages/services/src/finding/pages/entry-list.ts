import type { Language } from '@sapan/kernel'
import { tag } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import type { Entry, LifeEvent } from '../entry.ts'
import { words } from './words.ts'

/** Services as a list: the name, what it is, who gives it, and whether one applies here. */
export function entryList(entries: readonly Entry[], language: Language): ComponentChild {
  return h(
    'ul',
    { class: 'plain service-list' },
    ...entries.map(({ id, name, summary, owner, definition }) =>
      h(
        'li',
        null,
        h('h3', null, h('a', { href: `/services/${id}` }, name[language])),
        h('p', null, summary[language]),
        h(
          'p',
          { class: 'quiet' },
          owner[language],
          ' ',
          definition ? tag(words.here[language], 'success') : tag(words.elsewhere[language]),
        ),
      ),
    ),
  )
}

/** Services by their names, for a choice at a glance. */
export function shortList(entries: readonly Entry[], language: Language): ComponentChild {
  return h(
    'ul',
    { class: 'plain link-grid' },
    ...entries.map(({ id, name, owner }) =>
      h(
        'li',
        null,
        h('a', { href: `/services/${id}` }, name[language]),
        h('span', { class: 'quiet' }, owner[language]),
      ),
    ),
  )
}

/** The events of life, as links. */
export function eventList(events: readonly LifeEvent[], language: Language): ComponentChild {
  return h(
    'ul',
    { class: 'plain link-grid' },
    ...events.map(({ code, name, about }) =>
      h(
        'li',
        null,
        h('a', { href: `/life-events/${code}` }, name[language]),
        h('span', { class: 'quiet' }, about[language]),
      ),
    ),
  )
}
