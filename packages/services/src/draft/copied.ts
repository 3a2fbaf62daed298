import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '@sapan/casework'
import { type AnswerReader, answerText } from '../application/answer-text.ts'
import type { Answers } from '../application/answers.ts'
import type { DraftContent } from '../application/application.ts'
import { entryHeading } from '../application/entry-name.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { markKey } from '../form/marks.ts'
import { visiblePages } from '../form/pages.ts'
import { isObject } from '../form/write-field.ts'
import type { Draft } from './draft.ts'
import { isFile } from './files.ts'

/** An answer that differs from what was handed in earlier. */
export interface CopyDifference {
  /** Of the page that asks it. */
  readonly page: string
  readonly item?: number
  readonly label: string
  /** As people read them; undefined for none. */
  readonly before: string | undefined
  readonly now: string | undefined
  /** Whether a register says what stands there now. */
  readonly isFromRegister: boolean
}

/** All answers of a form by their paths. Pure. */
export function flatAnswers(
  { form }: Pick<ServiceDefinition, 'form'>,
  { answers }: Pick<DraftContent, 'answers'>,
): Answers {
  const pairs = form.pages.flatMap((page): [string, JsonValue | undefined][] => {
    if (page.repeat === undefined) return page.fields.map(({ id }) => [id, answers[id]])
    return entriesOf(answers[page.id]).flatMap((entry, item) =>
      page.fields.map((field): [string, JsonValue | undefined] => [
        markKey(page, field, item),
        entry[field.id],
      ]),
    )
  })
  return Object.fromEntries(
    pairs.flatMap(([path, value]) => (value === undefined || value === null ? [] : [[path, value]])),
  )
}

/**
 * What of a copy differs from the application that it began with: what is asked now and is answered otherwise, by the person
 * or by a register, and what is left empty on pages that they have been through. Files are attached anew, and not compared.
 * Pure.
 */
export function copyDifferences(
  definition: ServiceDefinition,
  { content, copied }: Pick<Draft, 'content' | 'copied'>,
  { today, ...reader }: AnswerReader & { readonly today: string },
): readonly CopyDifference[] {
  if (copied === undefined) return []
  return visiblePages(definition, content, today).flatMap(({ page, fields, items }) => {
    const isDone = content.done.includes(page.id)
    const differing = (field: Field, value: JsonValue | undefined, item?: number) => {
      const path = markKey(page, field, item)
      const before = copied.answers[path]
      const isSame = isDeepStrictEqual(before ?? null, value ?? null)
      if (isSame || isFile(before) || isFile(value) || (value === undefined && !isDone)) return []
      return [differenceOf(page, field, { before, value, item, count: items.length }, content, reader)]
    }
    if (page.repeat === undefined)
      return fields.flatMap((field) => differing(field, content.answers[field.id]))
    return items.flatMap((one, item) =>
      one.fields.flatMap((field) => differing(field, one.answers[field.id], item)),
    )
  })
}

function differenceOf(
  page: FormPage,
  field: Field,
  {
    before,
    value,
    item,
    count,
  }: {
    before: JsonValue | undefined
    value: JsonValue | undefined
    item?: number | undefined
    /** How many entries the page has. */
    count: number
  },
  { marks }: DraftContent,
  reader: AnswerReader,
): CopyDifference {
  const { language } = reader
  const label = field.label[language]
  const { repeat } = page
  const heading =
    item === undefined || repeat === undefined
      ? undefined
      : entryHeading(repeat.one, { at: item, count }, language)
  return {
    page: page.id,
    ...(item === undefined ? {} : { item }),
    label: heading === undefined ? label : `${heading}: ${label}`,
    before: answerText(field, before, reader),
    now: answerText(field, value, reader),
    isFromRegister: value !== undefined && marks[markKey(page, field, item)]?.origin === 'register',
  }
}

function entriesOf(value: JsonValue | undefined) {
  return Array.isArray(value) ? value.filter(isObject) : []
}
