import type { JsonValue } from '@sapan/casework'
import type { Language, Text, WorkingDays } from '@sapan/kernel'
import type { FileAnswer } from '../application/answers.ts'
import type { Application } from '../application/application.ts'
import type { FieldMark } from '../application/fact.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field } from '../definition/form.ts'
import { visiblePages } from '../form/pages.ts'
import { isObject } from '../form/write-field.ts'
import { shownAnswer, shownValue } from './shown-answer.ts'

/** One answer, or one thing that was calculated, as people read it. */
export interface HandedInEntry {
  /** The page that asked; absent for what was calculated. */
  readonly page?: string
  readonly title: string
  readonly label: string
  readonly value: string
  readonly isLong: boolean
  readonly mark?: FieldMark
  readonly file?: FileAnswer
}

export interface HandedIn {
  readonly entries: readonly HandedInEntry[]
  readonly files: readonly FileAnswer[]
}

/** What was handed in, in the order in which it was asked, then what was calculated. Pure. */
export function handedIn(
  definition: ServiceDefinition,
  application: Application,
  days: Pick<WorkingDays, 'dateOf'>,
  language: Language,
): HandedIn {
  const pages = visiblePages(definition, application, days.dateOf(application.submittedAt))
  const { answers, marks, calculated } = application
  const entries = pages.flatMap(({ page, fields, items }) => {
    if (page.repeat === undefined)
      return fields.flatMap((field) =>
        entryOf(field, answers[field.id], {
          page: page.id,
          title: page.title,
          mark: marks[field.id],
          language,
        }),
      )
    const { one } = page.repeat
    return items.flatMap((item, index) =>
      item.fields.flatMap((field) =>
        entryOf(field, item.answers[field.id], {
          page: page.id,
          title: { th: `${one.th} ${index + 1}`, en: `${one.en} ${index + 1}` },
          mark: marks[`${page.id}.${index}.${field.id}`],
          language,
          isOfMany: true,
        }),
      ),
    )
  })
  const made = definition.form.calculated.flatMap(({ id, label, type, isShown }): HandedInEntry[] => {
    const value = calculated[id]
    if (!isShown || value === undefined || value === null) return []
    const shown = shownValue(type, value, language)
    return [{ title: '', label: label[language], value: shown, isLong: false }]
  })
  return { entries: [...entries, ...made], files: entries.flatMap(({ file }) => file ?? []) }
}

interface EntryPlace {
  readonly page: string
  readonly title: Text
  readonly mark: FieldMark | undefined
  readonly language: Language
  readonly isOfMany?: boolean
}

function entryOf(
  field: Field,
  value: JsonValue | undefined,
  { page, title, mark, language, isOfMany = false }: EntryPlace,
): HandedInEntry[] {
  if (value === undefined || value === null) return []
  const label = field.label[language]
  return [
    {
      page,
      title: title[language],
      label: isOfMany ? `${title[language]}: ${label}` : label,
      value: shownAnswer(field, value, language),
      isLong: field.type === 'longtext',
      ...(mark && { mark }),
      ...(field.type === 'file' && isFile(value) ? { file: value } : {}),
    },
  ]
}

function isFile(value: JsonValue): value is JsonValue & FileAnswer {
  return isObject(value) && typeof value.id === 'string' && typeof value.sha256 === 'string'
}
