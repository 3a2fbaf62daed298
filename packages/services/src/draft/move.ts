import type { JsonValue } from '@sapan/casework'
import type { DraftContent } from '../application/application.ts'
import type { FieldMarks } from '../application/fact.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { isObject } from '../form/write-field.ts'
import type { Definitions } from '../ground.ts'
import type { Draft } from './draft.ts'
import { isFile } from './files.ts'

/** The definition under which a draft goes on. */
export interface Standing {
  readonly definition: ServiceDefinition
  /** The one that it was begun under, where it has to be moved. */
  readonly from?: ServiceDefinition
  readonly isMoved: boolean
}

/**
 * A draft keeps its version while that is still accepted: where the newest version says so. Undefined where the service
 * is no more. Pure.
 */
export function standingVersion(
  definitions: Pick<Definitions, 'find' | 'version'>,
  { service, version }: Pick<Draft, 'service' | 'version'>,
): Standing | undefined {
  const newest = definitions.find(service)
  if (newest === undefined) return undefined
  const own = newest.version === version ? newest : definitions.version(service, version)
  const isAccepted = own !== undefined && version >= (newest.acceptsSince ?? newest.version)
  if (isAccepted) return { definition: own, isMoved: false }
  return { definition: newest, isMoved: true, ...(own === undefined ? {} : { from: own }) }
}

/**
 * What of a draft another version takes over: answers whose field is there under the same id, of the same type, on a page
 * of the same kind. `anew`: the fields that are asked anew, because they are new or their answer does not fit. Pure.
 */
export function moveContent(
  content: DraftContent,
  to: ServiceDefinition,
  from: ServiceDefinition | undefined,
): { readonly content: DraftContent; readonly anew: readonly string[] } {
  const before = new Map(fieldsOf(from))
  const isSame = (page: FormPage, field: Field): boolean => {
    if (from === undefined) return true
    const old = before.get(field.id)
    return old?.field.type === field.type && (old.page.repeat === undefined) === (page.repeat === undefined)
  }
  const answers: Record<string, JsonValue> = {}
  const anew: string[] = []
  for (const page of to.form.pages) {
    const entries = entriesOf(page, content.answers)
    const taken = entries.map((entry) => takeOver(page, entry, (field) => isSame(page, field)))
    if (page.repeat !== undefined && taken.length > 0) answers[page.id] = taken
    if (page.repeat === undefined) Object.assign(answers, taken[0])
    for (const field of page.fields) {
      const lost = entries.some(
        (entry, at) => entry[field.id] !== undefined && taken[at]?.[field.id] === undefined,
      )
      if (!isSame(page, field) || lost) anew.push(field.id)
    }
  }
  const asked = new Set(anew)
  const again = new Set(
    to.form.pages.filter(({ fields }) => fields.some(({ id }) => asked.has(id))).map(({ id }) => id),
  )
  const done = content.done.filter((id) => !again.has(id) && to.form.pages.some((page) => page.id === id))
  return { content: { ...content, answers, done, marks: marksOf(content.marks, to) }, anew }
}

function* fieldsOf(
  definition: ServiceDefinition | undefined,
): Iterable<[id: string, at: { page: FormPage; field: Field }]> {
  for (const page of definition?.form.pages ?? [])
    for (const field of page.fields) yield [field.id, { page, field }]
}

type Entry = Readonly<Record<string, JsonValue>>

function entriesOf(page: FormPage, answers: DraftContent['answers']): readonly Entry[] {
  if (page.repeat === undefined) return [answers]
  const list = answers[page.id]
  return Array.isArray(list) ? list.filter(isObject) : []
}

function takeOver(page: FormPage, entry: Entry, isSame: (field: Field) => boolean): Entry {
  return Object.fromEntries(
    page.fields.flatMap((field): [string, JsonValue][] => {
      const value = entry[field.id]
      return value !== undefined && isSame(field) && fits(field, value) ? [[field.id, value]] : []
    }),
  )
}

/** Whether a value can be an answer of the field: its shape, and options that are still there. */
export function fits({ type, options }: Field, value: JsonValue): boolean {
  switch (type) {
    case 'money':
    case 'whole':
      return Number.isSafeInteger(value)
    case 'yes-no':
      return typeof value === 'boolean'
    case 'choice':
      return options.some((option) => option.value === value)
    case 'choices':
      return Array.isArray(value) && value.every((one) => options.some((option) => option.value === one))
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    case 'month':
      return typeof value === 'string' && /^\d{4}-\d{2}$/.test(value)
    case 'address':
      return isObject(value) && typeof value.subdistrictCode === 'string'
    case 'person-name':
      return isObject(value) && typeof value.givenName === 'string'
    case 'file':
      return isFile(value)
    default:
      return typeof value === 'string'
  }
}

/** Marks of fields that are no more go with them. */
function marksOf(marks: FieldMarks, { form }: ServiceDefinition): FieldMarks {
  const known = new Set(form.pages.flatMap(({ id, fields }) => [id, ...fields.map((field) => field.id)]))
  return Object.fromEntries(Object.entries(marks).filter(([key]) => known.has(key.split('.').at(-1) ?? '')))
}
