import type { JsonValue } from '@sapan/casework'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { fileAnswer, isFile } from '../draft/files.ts'
import { markAfter } from '../form/marks.ts'
import { calculate } from '../form/values.ts'
import { isObject } from '../form/write-field.ts'
import type { FileAnswer } from './answers.ts'
import type { Application } from './application.ts'

/** What an officer wants beside words. */
export interface Wanted {
  /** Paths of answers: `salary`, `children.0.birthDate`. */
  readonly fields: readonly string[]
  /** Files for which the form has no field: what each has to show, as the officer wrote it. */
  readonly files: readonly string[]
}

/** What the applicant replied to a request for information. */
export interface Supplement {
  readonly text?: string
  /** By the paths that were wanted, and those that their answers brought up; `null` for none. */
  readonly answers: Readonly<Record<string, JsonValue>>
  readonly files: readonly SupplementFile[]
}

export interface SupplementFile {
  readonly label: string
  readonly file: FileAnswer
}

/** Where an answer lies in a form. */
export interface AnswerPlace {
  readonly page: FormPage
  readonly field: Field
  /** Of a repeated page: the entry, from 0. */
  readonly item?: number
}

/** What was wanted, of the data of an `ask`; nothing for what is none. */
export function wantedOf(data: JsonValue | undefined): Wanted {
  const { fields, files } = isObject(data) ? data : {}
  return { fields: textsOf(fields), files: textsOf(files) }
}

/** What was replied, of the data of a `reply`. */
export function supplementOf(data: JsonValue | undefined): Supplement {
  const { text, answers, files } = isObject(data) ? data : {}
  return {
    ...(typeof text === 'string' ? { text } : {}),
    answers: isObject(answers) ? answers : {},
    files: (Array.isArray(files) ? files : []).flatMap((one) => {
      if (!isObject(one) || typeof one.label !== 'string' || !isFile(one.file)) return []
      return [{ label: one.label, file: one.file }]
    }),
  }
}

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** Where a path leads; undefined where the form has no such field. */
export function placeOf({ form }: Pick<ServiceDefinition, 'form'>, path: string): AnswerPlace | undefined {
  const parts = path.split('.')
  const [list, at = '', inside] = parts
  const isEntry = parts.length === 3 && /^\d{1,4}$/.test(at)
  if (parts.length !== 1 && !isEntry) return undefined
  for (const page of form.pages) {
    if ((page.repeat !== undefined) !== isEntry || (isEntry && page.id !== list)) continue
    const field = page.fields.find(({ id }) => id === (isEntry ? inside : path))
    if (field !== undefined) return { page, field, ...(isEntry ? { item: Number(at) } : {}) }
  }
  return undefined
}

/** The answer at a place; undefined for none. */
export function answerAt(
  { answers }: Pick<Application, 'answers'>,
  { page, field, item }: AnswerPlace,
): JsonValue | undefined {
  if (item === undefined) return answers[field.id]
  const list = answers[page.id]
  const entry = Array.isArray(list) ? list[item] : undefined
  return isObject(entry) ? entry[field.id] : undefined
}

/**
 * What was handed in, with what was replied since laid over it and calculated anew, as of the day on which it was handed
 * in (`2026-11-22`). Entries of lists are never added or removed. Pure.
 */
export function supplemented(
  definition: ServiceDefinition,
  application: Application,
  replies: readonly JsonValue[],
  day: string,
): Application {
  if (replies.length === 0) return application
  const { answers, marks } = replies.reduce<Pick<Application, 'answers' | 'marks'>>(
    (content, data) => withAnswers(definition, content, supplementOf(data).answers),
    application,
  )
  const next = { ...application, answers, marks }
  return { ...next, calculated: calculate(definition, next, day) }
}

type Answered = Pick<Application, 'answers' | 'marks'>

function withAnswers(
  definition: ServiceDefinition,
  content: Answered,
  given: Readonly<Record<string, JsonValue>>,
): Answered {
  return Object.entries(given).reduce((now, [path, value]) => {
    const place = placeOf(definition, path)
    return place === undefined ? now : withAnswer(now, path, place, value)
  }, content)
}

function withAnswer(
  { answers, marks }: Answered,
  path: string,
  place: AnswerPlace,
  value: JsonValue,
): Answered {
  const { page, field, item } = place
  const after = value === null ? undefined : value
  const mark = markAfter(marks[path], answerAt({ answers }, place), after)
  const marked = mark === undefined ? marks : { ...marks, [path]: mark }
  if (item === undefined) return { answers: put(answers, field.id, after), marks: marked }
  const list = answers[page.id]
  if (!Array.isArray(list) || list[item] === undefined) return { answers, marks }
  const entries = list.map((entry, at) =>
    at === item && isObject(entry) ? put(entry, field.id, after) : entry,
  )
  return { answers: { ...answers, [page.id]: entries }, marks: marked }
}

function put(
  answers: Readonly<Record<string, JsonValue>>,
  id: string,
  value: JsonValue | undefined,
): Readonly<Record<string, JsonValue>> {
  const { [id]: _, ...others } = answers
  return value === undefined ? others : { ...others, [id]: value }
}

/** A file that was handed in or came with a reply, also one that another has replaced since. */
export function fileOfCase(
  application: Application,
  replies: readonly JsonValue[],
  id: string,
): FileAnswer | undefined {
  const supplements = replies.map(supplementOf)
  const beside = supplements.flatMap(({ files }) => files).find(({ file }) => file.id === id)
  return (
    fileAnswer(application.answers, id) ??
    beside?.file ??
    supplements.map(({ answers }) => fileAnswer(answers, id)).find((file) => file !== undefined)
  )
}
