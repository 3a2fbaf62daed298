import { type Language, Problem } from '@sapan/kernel'
import { button, errorSummary, form, type SitePage, textField } from '@sapan/ui'
import { type ComponentChildren, h } from 'preact'
import { type ColumnName, columnNames } from '../../officers/country.ts'
import type { EntryFault, RawOfficer } from '../../officers/entry.ts'
import { words } from './words.ts'

export interface EntryPageOptions {
  readonly language: Language
  readonly formKey: ComponentChildren
  readonly action: string
  readonly title: string
  readonly values: URLSearchParams
  /** The number is told once, and not changed afterwards. */
  readonly isNew: boolean
  readonly faults?: readonly EntryFault[]
}

const fields = [
  ['national_id', words.number],
  ['given_name', words.givenName],
  ['family_name', words.familyName],
  ['title_th', words.titleTh],
  ['title_en', words.titleEn],
  ['unit_th', words.unitTh],
  ['unit_en', words.unitEn],
  ['from', words.from],
  ['till', words.till],
] as const

const hints: Partial<Record<ColumnName, { th: string; en: string }>> = {
  national_id: words.numberHint,
  from: words.dayHint,
  till: words.dayHint,
}

/** The entry of one officer, to be written or changed. */
export function entryPage(options: EntryPageOptions): SitePage {
  const { language, formKey, action, title, values, isNew, faults = [] } = options
  const shown = fields.filter(([name]) => isNew || name !== 'national_id')
  const errorOf = (name: string) => faults.find(({ field }) => field === name)?.text[language]
  return {
    kind: 'page',
    status: faults.length > 0 ? 422 : 200,
    title,
    body: [
      h('h1', null, title),
      errorSummary(
        faults.map(({ field, text }) => ({ field, text: text[language] })),
        language,
      ),
      form(
        { action, formKey },
        shown.map(([name, label]) =>
          textField({
            name,
            label: label[language],
            hint: hints[name]?.[language],
            value: values.get(name) ?? '',
            error: errorOf(name),
            longest: 200,
            ...(name === 'national_id' ? { inputMode: 'numeric' as const, width: 20 as const } : {}),
          }),
        ),
        button({ text: words.save[language] }),
      ),
      h('p', null, h('a', { href: '/desk/officers' }, words.back[language])),
    ],
  }
}

/** The fields of a form that an entry has. */
export function rawEntry(sent: URLSearchParams): RawOfficer {
  return {
    fields: new Map(columnNames.flatMap((name) => (sent.has(name) ? [[name, sent.get(name) ?? '']] : []))),
  }
}

/** What is wrong with the fields, where that is what went wrong. */
export function faultsOf(error: unknown): readonly EntryFault[] | undefined {
  if (!(error instanceof Problem) || error.code !== 'officer-entry-invalid') return undefined
  const { faults } = error.extensions
  return Array.isArray(faults) ? faults : []
}
