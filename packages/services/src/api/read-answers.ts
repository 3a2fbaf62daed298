import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '@sapan/casework'
import type { Text } from '@sapan/kernel'
import type { DraftContent } from '../application/application.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { isFixed, markKey } from '../form/marks.ts'
import { readPage } from '../form/read-page.ts'
import type { ReadingContext } from '../form/reading.ts'
import { isObject, writeField } from '../form/write-field.ts'
import { entryAt } from '../pages/form/entry.ts'
import { type AnswerError, answersWrong, otherType, pointerTo } from './answers-wrong.ts'

type Entry = { readonly [key: string]: JsonValue }
type Context = ReadingContext & { readonly today: string }

/**
 * Takes the answers of a page as a program sends them: `answers` of a page that is filled in once, `items` of a repeated
 * one. They are held against the same rules, in the same words, as what is typed. What is left out is cleared; files and
 * what a register said and nobody may change stay. Throws `api-answers-wrong` with pointers.
 */
export function readAnswers(
  definition: ServiceDefinition,
  content: DraftContent,
  page: FormPage,
  body: Entry,
  context: Context,
): DraftContent {
  const { content: next, errors } =
    page.repeat === undefined
      ? readOne(definition, content, { page, entry: objectAt(body, 'answers'), at: '/answers' }, context)
      : readList(definition, content, page, listAt(body), context)
  if (errors.length > 0) throw answersWrong(errors)
  return next
}

interface One {
  readonly page: FormPage
  readonly item?: number
  readonly entry: Entry
  readonly at: string
}

interface Taken {
  readonly content: DraftContent
  readonly errors: readonly AnswerError[]
}

function readOne(
  definition: ServiceDefinition,
  content: DraftContent,
  { page, item, entry, at }: One,
  context: Context,
): Taken {
  const before = entryAt(content, page, item)
  const ill = [
    ...strangers(page, entry, at),
    ...page.fields.flatMap((field) => {
      const mark = content.marks[markKey(page, field, item)]
      const text = unfit(field, entry[field.id], { before: before[field.id], isFixed: isFixed(field, mark) })
      return text === undefined ? [] : [{ pointer: `${at}/${field.id}`, text }]
    }),
  ]
  const form = new URLSearchParams(
    page.fields
      .flatMap((field) => writeField(field, entry[field.id], context.language))
      .map((pair) => [...pair]),
  )
  const sent = { page, form, ...(item === undefined ? {} : { item }) }
  const read = readPage(definition, content, sent, context)
  const known = new Set(ill.map(({ pointer }) => pointer))
  const told = read.errors
    .map(({ field, text }) => ({ pointer: `${at}/${field}`, text }))
    .filter(({ pointer }) => !known.has(pointer))
  return { content: read.content, errors: [...ill, ...told] }
}

/** Entries keep their places: what a register said of one stays with it. */
function readList(
  definition: ServiceDefinition,
  content: DraftContent,
  page: FormPage,
  items: readonly Entry[],
  context: Context,
): Taken {
  const list = content.answers[page.id]
  const kept = Array.isArray(list) ? list.slice(0, items.length) : []
  let next: DraftContent = { ...content, answers: { ...content.answers, [page.id]: kept } }
  const errors: AnswerError[] = []
  for (const [item, entry] of items.entries()) {
    const taken = readOne(definition, next, { page, item, entry, at: `/items/${item}` }, context)
    next = taken.content
    errors.push(...taken.errors)
  }
  const { min = 0, max = 0 } = page.repeat ?? {}
  if (items.length < min || items.length > max) errors.push({ pointer: '/items', text: counted(min, max) })
  const done = next.done.includes(page.id) ? next.done : [...next.done, page.id]
  return { content: { ...next, done }, errors }
}

function strangers({ fields }: FormPage, entry: Entry, at: string): AnswerError[] {
  return Object.keys(entry)
    .filter((name) => !fields.some(({ id }) => id === name))
    .map((name) => ({
      pointer: `${at}${pointerTo(name)}`,
      text: unknownField,
    }))
}

/** What cannot be typed at all: another type, a file, something else than a register says. */
function unfit(
  field: Field,
  value: JsonValue | undefined,
  known: { readonly before: JsonValue | undefined; readonly isFixed: boolean },
): Text | undefined {
  if (value === undefined || isDeepStrictEqual(value, known.before)) return undefined
  if (known.isFixed) return fixed
  if (field.type === 'file') return elsewhere
  return isTypable(field, value) ? undefined : otherType
}

/** Whether it is of the type that the field's inputs hold; also nothing. */
export function isTypable(field: Pick<Field, 'id' | 'type'>, value: JsonValue): boolean {
  return writeField(field, value, 'en').length > 0 || value === '' || isEmptyList(value)
}

function isEmptyList(value: JsonValue): boolean {
  return Array.isArray(value) && value.length === 0
}

function objectAt(body: Entry, name: string): Entry {
  const found = body[name]
  if (!isObject(found)) throw answersWrong([{ pointer: `/${name}`, text: otherType }])
  return found
}

function listAt({ items }: Entry): readonly Entry[] {
  if (!Array.isArray(items) || items.length > 1000 || !items.every((one) => isObject(one)))
    throw answersWrong([{ pointer: '/items', text: otherType }])
  return items.filter((one) => isObject(one))
}

const unknownField: Text = { th: 'แบบนี้ไม่มีช่องนี้', en: 'This page has no such field.' }
const elsewhere: Text = {
  th: 'ส่งไฟล์ที่ …/files ไม่ใช่ในคำตอบ',
  en: 'Files are sent to …/files, not within answers.',
}
const fixed: Text = {
  th: 'ค่านี้มาจากทะเบียนและแก้ไม่ได้ ถ้าไม่ถูกต้อง แจ้งที่ …/facts/<evidence>/disputes',
  en: 'A register says this, and it cannot be changed. If it is wrong, tell it at …/facts/<evidence>/disputes.',
}
function counted(min: number, max: number): Text {
  return { th: `ต้องมี ${min} ถึง ${max} รายการ`, en: `There must be ${min} to ${max} of these.` }
}
