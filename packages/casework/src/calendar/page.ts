import type { Language } from '@sapan/kernel'
import {
  button,
  dateField,
  emptyState,
  errorSummary,
  form,
  personName,
  plainDay,
  plainTime,
  radios,
  type SitePage,
  table,
  textField,
} from '@sapan/ui'
import { type ComponentChild, type ComponentChildren, h } from 'preact'
import { type CalendarVersion, type DayKind, dayKinds } from './calendar-day.ts'
import { kindWords, calendarWords as words } from './words.ts'

/** What was written into the form. */
export interface CalendarWritten {
  readonly date: { readonly day: string; readonly month: string; readonly year: string }
  readonly kind?: DayKind
  readonly th: string
  readonly en: string
  readonly source: string
}

export type CalendarErrors = Partial<Record<'date' | 'kind' | 'th' | 'en' | 'source', string>>

export interface CalendarShown {
  readonly changed: readonly CalendarVersion[]
  readonly history: readonly CalendarVersion[]
  readonly names: ReadonlyMap<string, string | undefined>
  readonly language: Language
  readonly formKey: ComponentChildren
  readonly written: CalendarWritten | undefined
  readonly errors: CalendarErrors
}

/** The days that were changed, a form to change one, and all that was ever changed. */
export function calendarPage(shown: CalendarShown): SitePage {
  const { changed, history, names, language, errors } = shown
  const title = words.title[language]
  const problems = Object.entries(errors).map(([field, text]) => ({ field, text }))
  const now = changed.filter(({ kind }) => kind !== 'plain')
  return {
    kind: 'page',
    title,
    body: [
      errorSummary(problems, language),
      h('h1', null, title),
      h('p', { class: 'lead' }, words.lead[language]),
      now.length === 0
        ? emptyState(words.none[language], h('p', null, words.noneNext[language]))
        : days(words.changed[language], now, language, ({ date }) =>
            h('a', { href: `/desk/calendar?date=${date}` }, words.edit[language]),
          ),
      h('h2', null, words.add[language]),
      h('div', { class: 'column' }, dayForm(shown)),
      history.length === 0
        ? null
        : days(words.history[language], history, language, ({ at, actor }) => [
            `${plainTime(at, language)} · `,
            personName(names.get(actor) ?? '–', language),
          ]),
    ],
  }
}

function days(
  caption: string,
  all: readonly CalendarVersion[],
  language: Language,
  last: (one: CalendarVersion) => ComponentChild,
): ComponentChild {
  const columns = [words.date, words.kind, words[language], words.source, words.at]
  return table({
    caption,
    columns: columns.map((text) => ({ title: text[language] })),
    rows: all.map((one) => [
      plainDay(one.date, language),
      kindWords[one.kind][language],
      one.name[language],
      one.source,
      last(one),
    ]),
  })
}

function dayForm({ language, formKey, written, errors }: CalendarShown): ComponentChild {
  const text = (name: 'th' | 'en' | 'source') =>
    textField({
      name,
      label: words[name][language],
      value: written?.[name],
      error: errors[name],
      longest: 200,
    })
  return form(
    { action: '/desk/calendar', formKey },
    dateField({
      name: 'date',
      label: words.date[language],
      language,
      value: written?.date,
      error: errors.date,
    }),
    radios({
      name: 'kind',
      label: words.kind[language],
      choices: dayKinds.map((value) => ({ value, text: kindWords[value][language] })),
      value: written?.kind,
      error: errors.kind,
    }),
    text('th'),
    text('en'),
    text('source'),
    button({ text: words.save[language] }),
  )
}
