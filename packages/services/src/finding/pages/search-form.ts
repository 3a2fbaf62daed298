import type { Language } from '@sapan/kernel'
import { button } from '@sapan/ui'
import { type ComponentChild, h } from 'preact'
import { words } from './words.ts'

/** The search, as on the first page and above the catalogue: a GET, so that what was found can be passed on. */
export function searchForm(language: Language, question = ''): ComponentChild {
  return h(
    'form',
    { action: '/services', method: 'get', role: 'search', class: 'search' },
    h('label', { for: 'q' }, words.question[language]),
    h('p', { id: 'q-hint', class: 'hint' }, words.questionHint[language]),
    h(
      'div',
      { class: 'search-line' },
      h('input', {
        id: 'q',
        name: 'q',
        type: 'search',
        class: 'ds-input',
        value: question,
        maxLength: 200,
        autocomplete: 'off',
        enterkeyhint: 'search',
        'aria-describedby': 'q-hint',
      }),
      button({ text: words.search[language] }),
    ),
  )
}
