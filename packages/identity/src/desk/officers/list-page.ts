import type { Language } from '@sapan/kernel'
import {
  button,
  emptyState,
  form,
  linkButton,
  pagination,
  personName,
  type SitePage,
  select,
  table,
  tag,
  textField,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { type OfficerRecord, standing } from '../../officers/appointment.ts'
import type { OfficersCountry } from '../../officers/country.ts'
import type { OfficerPage } from '../../officers/officers.ts'
import { periodText } from './period.ts'
import { words } from './words.ts'

export interface ListPageOptions {
  readonly page: OfficerPage
  /** What was searched for. It is sent with POST: a name or a number stands in no address. */
  readonly search: URLSearchParams
  readonly formKey: ComponentChildren
  readonly country: OfficersCountry
  readonly language: Language
  readonly now: number
}

/** An agency's officers: one field to search, at which the keyboard is at once, and a row each. */
export function listPage(options: ListPageOptions): SitePage {
  const { page, search, language } = options
  const isSearched = ['words', 'duty', 'state'].some((name) => search.get(name))
  return {
    kind: 'page',
    title: words.officers[language],
    body: [
      h('h1', null, words.officers[language]),
      h(
        'p',
        { class: 'button-group' },
        linkButton({ text: words.add[language], href: '/desk/officers/new' }),
        linkButton({ text: words.import[language], href: '/desk/officers/import', kind: 'secondary' }),
      ),
      searchForm(options),
      page.total === 0 ? nobody(language, isSearched) : rowsOf(options),
      pagination({
        language,
        ...(page.after === undefined || isSearched ? {} : { next: `?after=${page.after}` }),
      }),
    ],
  }
}

function searchForm({ search, formKey, country, language }: ListPageOptions): ComponentChild {
  const states = (['invited', 'live', 'ended'] as const).map((value) => ({
    value,
    text: words[value][language],
  }))
  const duties = country.duties.map(({ code, name }) => ({ value: code, text: name[language] }))
  return form(
    { action: '/desk/officers', formKey },
    textField({
      name: 'words',
      label: words.search[language],
      type: 'search',
      value: search.get('words') ?? '',
      longest: 100,
    }),
    select({
      name: 'duty',
      label: words.duty[language],
      choices: duties,
      value: search.get('duty') ?? '',
      empty: words.every[language],
    }),
    select({
      name: 'state',
      label: words.state[language],
      choices: states,
      value: search.get('state') ?? '',
      empty: words.every[language],
    }),
    button({ text: words.filter[language], kind: 'secondary' }),
  )
}

function nobody(language: Language, isSearched: boolean): ComponentChild {
  if (!isSearched) return emptyState(words.none[language], h('p', null, words.noneNext[language]))
  return emptyState(
    words.noneFound[language],
    h('p', null, h('a', { href: '/desk/officers' }, words.clear[language])),
  )
}

function rowsOf(options: ListPageOptions): ComponentChild {
  const { page, language } = options
  return table({
    caption: words.total[language].replace('#', page.total.toLocaleString('en')),
    columns: [words.name, words.position, words.duties, words.period, words.state].map((title) => ({
      title: title[language],
    })),
    rows: page.officers.map((officer) => rowOf(officer, options)),
  })
}

const looks = { invited: 'info', live: 'success', ended: 'neutral' } as const

function rowOf(officer: OfficerRecord, { country, language, now }: ListPageOptions): ComponentChild[] {
  const names = new Map(country.duties.map(({ code, name }) => [code, name[language]]))
  const duties = standing(officer.held, now).map(({ duty }) => names.get(duty) ?? duty)
  return [
    h(
      'a',
      { href: `/desk/officers/${officer.id}` },
      personName(`${officer.givenName} ${officer.familyName}`.trim(), language),
    ),
    officer.title[language],
    [...new Set(duties)].join(', ') || words.noDuties[language],
    periodText(officer, country, language),
    tag(words[officer.state][language], looks[officer.state]),
  ]
}
