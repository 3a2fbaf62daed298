import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { Text } from '@sapan/kernel'
import type { FileAnswer } from '../application/answers.ts'
import type { DraftContent } from '../application/application.ts'
import type { FieldMark } from '../application/fact.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { checkAnswer, isRequired, missingText } from './check-field.ts'
import { isFixed, markAfter, markKey } from './marks.ts'
import { holds } from './outcomes.ts'
import { standingOf } from './pages.ts'
import { inputsOf, readers } from './read/readers.ts'
import { type Reading, type ReadingContext, SentFields } from './reading.ts'
import { isObject } from './write-field.ts'

/** What is wrong with one field of a page. */
export interface FieldError {
  readonly field: string
  /** The `id` of the input at fault, to which the error summary leads. */
  readonly input: string
  readonly text: Text
}

/** A page as it was sent. */
export interface SentPage {
  readonly page: FormPage
  /** Of a repeated page: the entry, from 0; as many as there are for a new one. */
  readonly item?: number
  readonly form: URLSearchParams
  /** What became of files that came along, and which is to be taken away, by their fields. */
  readonly files?: ReadonlyMap<string, FileAnswer | Text | 'removed'>
  /** Of questions outside the form: all that their expressions see, with what was answered to them so far. */
  readonly sees?: (entry: Readonly<Record<string, JsonValue>>) => Values
}

export interface PageRead {
  /** With every answer that can be used; the page counts as done where there are no errors. */
  readonly content: DraftContent
  readonly errors: readonly FieldError[]
}

/**
 * Reads a page that was sent: each field by its type, then its limits and checks. What is wrong is said by field, in
 * the order of the page; what is right is in the content already. Pure.
 */
export function readPage(
  definition: ServiceDefinition,
  content: DraftContent,
  sent: SentPage,
  context: ReadingContext & { readonly today: string },
): PageRead {
  const before = entryOf(content, sent)
  const read = readFields(definition, content, sent, context)
  const entry = { ...withoutFields(before, sent.page), ...read.entry }
  const next = {
    ...content,
    ...putEntry(content, sent, entry),
    marks: marksAfter(content, sent, before, entry),
  }
  const values = valuesWith(definition, next, sent, entry, context.today)
  const errors = [...read.errors, ...checkFields(read, values)].sort(
    (a, b) => placeOf(sent.page, a.field) - placeOf(sent.page, b.field),
  )
  const done =
    errors.length > 0 ? content.done.filter((id) => id !== sent.page.id) : withDone(content, sent.page)
  return { content: { ...next, done }, errors }
}

interface FieldsRead {
  readonly fields: readonly Field[]
  readonly entry: Readonly<Record<string, JsonValue>>
  readonly errors: readonly FieldError[]
}

/** What an entry, or a page that is filled in once, holds so far. */
function entryOf({ answers }: DraftContent, { page, item }: SentPage): Readonly<Record<string, JsonValue>> {
  if (page.repeat === undefined) return answers
  const list = answers[page.id]
  const entry = Array.isArray(list) && item !== undefined ? list[item] : undefined
  return isObject(entry) ? entry : {}
}

function withoutFields(
  entry: Readonly<Record<string, JsonValue>>,
  page: FormPage,
): Readonly<Record<string, JsonValue>> {
  const ids = new Set(page.fields.map(({ id }) => id))
  return Object.fromEntries(Object.entries(entry).filter(([id]) => !ids.has(id)))
}

function putEntry(
  { answers }: DraftContent,
  { page, item = 0 }: SentPage,
  entry: Readonly<Record<string, JsonValue>>,
): Pick<DraftContent, 'answers'> {
  if (page.repeat === undefined) return { answers: entry }
  const list = answers[page.id]
  const entries = Array.isArray(list) ? [...list] : []
  entries[Math.min(item, entries.length)] = entry
  return { answers: { ...answers, [page.id]: entries } }
}

/** Field by field: whether one is asked depends on those before it, on the same page too. */
function readFields(
  definition: ServiceDefinition,
  content: DraftContent,
  sent: SentPage,
  context: ReadingContext & { readonly today: string },
): FieldsRead {
  const { page, item } = sent
  const form = new SentFields(sent.form)
  const before = entryOf(content, sent)
  const bare = { ...content, ...putEntry(content, sent, withoutFields(before, page)) }
  let values = valuesWith(definition, bare, sent, {}, context.today)
  const valuesBefore = valuesWith(definition, content, sent, before, context.today)
  const entry: Record<string, JsonValue> = {}
  const errors: FieldError[] = []
  const fields: Field[] = []
  for (const field of page.fields) {
    if (field.when !== undefined && !holds(field.when, values)) {
      // Stays in the draft, should it be asked again.
      if (before[field.id] !== undefined) entry[field.id] = before[field.id] as JsonValue
      continue
    }
    fields.push(field)
    const mark = content.marks[markKey(page, field, item)]
    // What an answer of this page brings up stood nowhere yet: what a register filled in was not cleared.
    const isUnseen =
      field.when !== undefined &&
      !holds(field.when, valuesBefore) &&
      !inputsOf(field).some((name) => sent.form.has(name))
    const reading: Reading =
      isUnseen && before[field.id] !== undefined
        ? { kind: 'answer', value: before[field.id] as JsonValue }
        : readField(field, form, sent, { before: before[field.id], mark, context })
    if (reading.kind === 'wrong') {
      errors.push({ field: field.id, input: `${field.id}${reading.part ?? ''}`, text: reading.text })
      if (before[field.id] !== undefined) entry[field.id] = before[field.id] as JsonValue
    }
    if (reading.kind === 'answer') entry[field.id] = reading.value
    values = valuesAt(values, sent, entry)
  }
  return { fields, entry, errors }
}

function readField(
  field: Field,
  form: SentFields,
  { files }: SentPage,
  known: { before: JsonValue | undefined; mark: FieldMark | undefined; context: ReadingContext },
): Reading {
  const { before, mark, context } = known
  const kept: Reading = before === undefined ? { kind: 'empty' } : { kind: 'answer', value: before }
  if (isFixed(field, mark)) return kept
  if (field.type === 'file') {
    const file = files?.get(field.id)
    if (file === undefined) return kept
    if (file === 'removed') return { kind: 'empty' }
    return 'th' in file ? { kind: 'wrong', text: file } : { kind: 'answer', value: { ...file } }
  }
  if (field.type !== 'choices' && form.isTwofold(...inputsOf(field)))
    return { kind: 'wrong', text: sentTwice }
  return readers[field.type](field, form, context)
}

/** What the page's expressions see, with these answers to it. */
function valuesWith(
  definition: ServiceDefinition,
  content: DraftContent,
  sent: SentPage,
  entry: Readonly<Record<string, JsonValue>>,
  today: string,
): Values {
  return (
    sent.sees?.(entry) ?? valuesAt(standingOf(definition, content, today).valuesFor(sent.page), sent, entry)
  )
}

/** The values with the answers of this page in them, as they are known while it is read. */
function valuesAt(
  values: Values,
  { page, sees }: SentPage,
  entry: Readonly<Record<string, JsonValue>>,
): Values {
  if (sees !== undefined) return sees(entry)
  if (page.repeat !== undefined) return { ...values, item: { ...entry } }
  const answers = isObject(values.answers) ? values.answers : {}
  return { ...values, answers: { ...answers, ...entry } }
}

function checkFields({ fields, entry, errors }: FieldsRead, values: Values): FieldError[] {
  const wrong = new Set(errors.map(({ field }) => field))
  return fields
    .filter(({ id }) => !wrong.has(id))
    .flatMap((field) => {
      const value = entry[field.id]
      if (value !== undefined) return errorOf(field, checkAnswer(field, value, values))
      return isRequired(field, values) ? errorOf(field, missingText(field)) : []
    })
}

function errorOf({ id }: Field, text: Text | undefined): FieldError[] {
  return text === undefined ? [] : [{ field: id, input: id, text }]
}

function marksAfter(
  { marks }: DraftContent,
  { page, item }: SentPage,
  before: Readonly<Record<string, JsonValue>>,
  after: Readonly<Record<string, JsonValue>>,
): DraftContent['marks'] {
  const next = { ...marks }
  for (const field of page.fields) {
    const key = markKey(page, field, item)
    const mark = markAfter(marks[key], before[field.id], after[field.id])
    if (mark !== undefined) next[key] = mark
  }
  return next
}

function placeOf({ fields }: FormPage, id: string): number {
  return fields.findIndex((field) => field.id === id)
}

function withDone({ done }: DraftContent, { id, repeat }: FormPage): readonly string[] {
  return done.includes(id) || repeat !== undefined ? done : [...done, id]
}

const sentTwice: Text = {
  th: 'ช่องนี้ถูกส่งมาสองค่าที่ต่างกัน กรอกใหม่อีกครั้ง',
  en: 'This came twice, with different values. Enter it again.',
}
