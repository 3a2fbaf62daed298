import type { JsonValue } from '@sapan/casework'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Calculated, Field } from '../definition/form.ts'
import { type VisibleItem, visiblePages } from '../form/pages.ts'
import { isObject } from '../form/write-field.ts'
import { type AnswerReader, answerText, calculatedText } from './answer-text.ts'
import type { FileAnswer } from './answers.ts'
import type { Application } from './application.ts'
import { entryHeading } from './entry-name.ts'
import type { FieldMark } from './fact.ts'

/** One answer of what was handed in. */
export interface HandedInAnswer {
  /** Its path among the marks: `salary`, `children.0.birthDate`. */
  readonly path: string
  readonly field: Field
  readonly label: string
  /** As people read it; undefined where nothing was answered. */
  readonly text: string | undefined
  readonly mark: FieldMark | undefined
  readonly file: FileAnswer | undefined
}

/** A page of the form as it was answered; of a repeated one, one for each entry. */
export interface HandedInPage {
  readonly id: string
  readonly title: string
  /** Whether it is one of several of its kind: then its labels alone do not say whose they are. */
  readonly isOfMany: boolean
  readonly answers: readonly HandedInAnswer[]
}

/** What was calculated and is shown. */
export interface HandedInResult {
  readonly calculated: Calculated
  readonly label: string
  readonly text: string
}

export interface HandedIn {
  readonly pages: readonly HandedInPage[]
  readonly results: readonly HandedInResult[]
  readonly files: readonly FileAnswer[]
}

/**
 * What was handed in, as people and officers read it: only what was asked, by its definition and on the day on which it was
 * handed in (`2026-11-22`), then what was calculated. Pure.
 */
export function handedIn(
  definition: ServiceDefinition,
  application: Application,
  { day, ...reader }: AnswerReader & { readonly day: string },
): HandedIn {
  const { answers, marks } = application
  const { language } = reader
  const answer = (field: Field, path: string, value: JsonValue | undefined): HandedInAnswer => ({
    path,
    field,
    label: field.label[language],
    text: answerText(field, value, reader),
    mark: marks[path],
    file: field.type === 'file' && isFile(value) ? value : undefined,
  })
  const pages = visiblePages(definition, application, day).flatMap(({ page, fields, items }) => {
    const { id, title, repeat } = page
    if (repeat === undefined) {
      const own = fields.map((field) => answer(field, field.id, answers[field.id]))
      return [{ id, title: title[language], isOfMany: false, answers: own }]
    }
    return items.map((item: VisibleItem, at) => ({
      id: `${id}.${at}`,
      title: entryHeading(repeat.one, { at, count: items.length }, language),
      isOfMany: true,
      answers: item.fields.map((field) => answer(field, `${id}.${at}.${field.id}`, item.answers[field.id])),
    }))
  })
  const files = pages.flatMap((page) => page.answers.flatMap(({ file }) => file ?? []))
  return { pages, results: resultsOf(definition, application, reader), files }
}

function isFile(value: JsonValue | undefined): value is JsonValue & FileAnswer {
  return isObject(value) && typeof value.id === 'string' && typeof value.sha256 === 'string'
}

function resultsOf(
  { form }: ServiceDefinition,
  { calculated }: Application,
  reader: AnswerReader,
): HandedInResult[] {
  return form.calculated.flatMap((one) => {
    const value = calculated[one.id]
    if (!one.isShown || value === undefined || value === null) return []
    const text = calculatedText(one.type, value, reader)
    return [{ calculated: one, label: one.label[reader.language], text }]
  })
}
