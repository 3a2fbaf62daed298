import type { JsonValue } from '@sapan/casework'
import type { FieldMark, FieldMarks } from '../application/fact.ts'
import type { Field, FormPage } from '../definition/form.ts'
import { fitting } from './fitting.ts'
import { type Entry, matchEntries } from './match-entries.ts'
import { factRead, isObject, valueAt } from './paths.ts'
import { isSame, type Knowledge, saidBy, type Told, toldOf } from './told.ts'

export interface ListState {
  readonly list: readonly Entry[] | undefined
  /** Of the page and of its entries' fields, by their keys. */
  readonly marks: FieldMarks
}

/** What registers say of a list: its entries with what each field's `from` reads of them. */
interface ToldList {
  readonly entries: readonly Entry[]
  /** The register's own items, beside the entries. */
  readonly items: readonly JsonValue[]
  readonly told: Told
}

/**
 * A repeated page with what registers say now. While what came from them is as it came, it follows them, and what the
 * person added to its entries stays; as soon as they changed any of it, the list is theirs. Pure.
 */
export function fillList(page: FormPage, { list, marks }: ListState, knowledge: Knowledge): ListState {
  const from = page.repeat?.from
  if (from === undefined) return { list, marks: {} }
  const fields = page.fields.filter((field) => field.from !== undefined)
  const told = toldOf(from, knowledge)
  const toldList = tellList(page, fields, told, knowledge)
  const before = marks[page.id]
  const next = isFollowing(list ?? [], before) ? followed(fields, list ?? [], toldList, before) : list
  if (next === undefined || (list === undefined && next.length === 0)) return { list: undefined, marks: {} }
  return {
    list: next,
    marks: marksOf({ page, fields, entries: next }, { ...told, list: toldList }, knowledge),
  }
}

function tellList(
  page: FormPage,
  fields: readonly Field[],
  told: Told,
  knowledge: Knowledge,
): ToldList | undefined {
  if (!Array.isArray(told.value)) return undefined
  const items = told.value.filter(isObject).slice(0, page.repeat?.max)
  return { items, told, entries: items.map((item) => entryOf(fields, item, knowledge)) }
}

function entryOf(fields: readonly Field[], item: JsonValue, { values }: Knowledge): Entry {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = field.from && fitting(field, saidBy(field.from, { ...values, item }))
      return value === undefined ? [] : [[field.id, value]]
    }),
  )
}

/** Whether a list is the person's own now, though a register says one. Pure. */
export function isOwnList(page: FormPage, marks: FieldMarks): boolean {
  const mark = marks[page.id]
  return page.repeat?.from !== undefined && mark?.origin === 'applicant' && mark.was !== undefined
}

/** What the register says of a list, as its entries. Pure. */
export function toldEntries(page: FormPage, marks: FieldMarks): readonly Entry[] {
  return entriesIn(marks[page.id]?.was)
}

/**
 * The list as the register says it, in place of the person's own; what they answered beside it stays with the entries that
 * are the same. Pure.
 */
export function listOfRegister(page: FormPage, list: readonly Entry[], marks: FieldMarks): readonly Entry[] {
  const told = toldEntries(page, marks)
  const fields = page.fields.filter(({ from }) => from !== undefined)
  const found = matchEntries(fields, list, told)
  return told.map((said, at) => {
    const own = list[found.indexOf(at)]
    const beside = Object.entries(own ?? {}).filter(([id]) => !fields.some((field) => field.id === id))
    return { ...Object.fromEntries(beside), ...said }
  })
}

/** Whether all that a register said is in the list as it came. */
function isFollowing(list: readonly Entry[], mark: FieldMark | undefined): boolean {
  if (mark === undefined) return list.length === 0
  return mark.origin === 'register' && holdsAll(list, entriesIn(mark.was))
}

function holdsAll(list: readonly Entry[], said: readonly Entry[]): boolean {
  if (said.length !== list.length) return false
  return said.every((entry, at) =>
    Object.entries(entry).every(([id, value]) => isSame(list[at]?.[id], value)),
  )
}

function entriesIn(was: JsonValue | undefined): readonly Entry[] {
  return Array.isArray(was) ? was.filter(isObject) : []
}

/** The list as registers have it now. It stays as it is where something that the person typed would be lost. */
function followed(
  fields: readonly Field[],
  list: readonly Entry[],
  told: ToldList | undefined,
  mark: FieldMark | undefined,
): readonly Entry[] | undefined {
  const known = entriesIn(mark?.was)
  const typed = list.map((entry, at) => typedInto(entry, known[at] ?? {}))
  if (told === undefined) {
    const left = typed.filter((entry) => Object.keys(entry).length > 0)
    return left.length === 0 ? undefined : left
  }
  const found = matchEntries(fields, known, told.entries)
  if (typed.some((entry, at) => found[at] === undefined && Object.keys(entry).length > 0)) return list
  return told.entries.map((entry, at) => ({ ...entry, ...typed[found.indexOf(at)] }))
}

/** What the person typed into an entry: all that no register said. */
function typedInto(entry: Entry, said: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([id]) => said[id] === undefined))
}

interface Listed {
  readonly page: FormPage
  readonly fields: readonly Field[]
  readonly entries: readonly Entry[]
}

type ListTold = Told & { readonly list: ToldList | undefined }

function marksOf(listed: Listed, told: ListTold, knowledge: Knowledge): FieldMarks {
  const { page, fields, entries } = listed
  const { list, dispute } = told
  const about = aboutOf(told)
  const isRegister = list !== undefined && holdsAll(entries, list.entries)
  const found = matchEntries(fields, entries, list?.entries ?? [])
  const whole: FieldMark = {
    origin: isRegister ? 'register' : 'applicant',
    ...about,
    ...(list === undefined ? {} : { was: list.entries }),
    ...(dispute === undefined ? {} : { dispute }),
  }
  const ofEntries = entries.flatMap((entry, at) => {
    const place = found[at]
    const said = place === undefined ? undefined : list?.entries[place]
    const disputes = disputesOf(page, place === undefined ? undefined : list?.items[place], knowledge)
    return fields.flatMap((field): [string, FieldMark][] => {
      const mark = markOf(field, entry, said, { ...about, ...disputeIn(field, disputes) })
      return mark === undefined ? [] : [[`${page.id}.${at}.${field.id}`, mark]]
    })
  })
  return { [page.id]: whole, ...Object.fromEntries(ofEntries) }
}

function aboutOf({ evidence, unverified }: Told): Pick<FieldMark, 'evidence' | 'unverified'> {
  return { ...(evidence === undefined ? {} : { evidence }), ...(unverified ? { unverified } : {}) }
}

function disputeIn(field: Field, disputes: Readonly<Record<string, string>>): Pick<FieldMark, 'dispute'> {
  const read = field.from?.reads.find((one) => Object.hasOwn(disputes, itemField(one)))
  const dispute = read === undefined ? undefined : disputes[itemField(read)]
  return dispute === undefined ? {} : { dispute }
}

function markOf(
  { id }: Field,
  entry: Entry,
  said: Entry | undefined,
  about: Pick<FieldMark, 'evidence' | 'unverified' | 'dispute'>,
): FieldMark | undefined {
  const was = said?.[id]
  if (was !== undefined) return { origin: isSame(was, entry[id]) ? 'register' : 'applicant', ...about, was }
  return entry[id] === undefined ? undefined : { origin: 'applicant', ...about }
}

/** Of `item.birthDate`: `birthDate`. */
function itemField(read: string): string {
  return read.startsWith('item.') ? read.slice('item.'.length) : ''
}

/** Tasks about parts of one of the register's items, by those parts. */
function disputesOf(
  page: FormPage,
  item: JsonValue | undefined,
  { facts }: Knowledge,
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const read of page.repeat?.from?.reads ?? []) {
    const { evidence, field } = factRead(read) ?? {}
    const fact = evidence === undefined ? undefined : facts[evidence]
    for (const [path, task] of Object.entries(fact?.disputes ?? {})) {
      const base = path.split('.').slice(0, (field ?? '').split('.').length + 1)
      if (!path.startsWith(`${field}.`) || !isSame(valueAt(fact?.data, base.join('.')), item)) continue
      found[path.split('.').slice(base.length).join('.')] = task
    }
  }
  return found
}
