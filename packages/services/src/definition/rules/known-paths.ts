import type { JsonValue } from '@sapan/casework'
import type { FieldType } from '../form.ts'
import { listOf, objectOf } from '../openapi/operations.ts'
import { namesBelow, schemaAt } from '../openapi/schema-path.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import { APPLICANT, APPLICATION, DECISION, OUTPUT } from '../read/roots.ts'

/** What can be read below a name: the names that there are, or anything. */
export interface Readable {
  /** Undefined: whatever is below is not known here. */
  readonly names: readonly string[] | undefined
  below(name: string): Readable | undefined
}

const nothing: Readable = { names: [], below: () => undefined }
const anything: Readable = { names: undefined, below: () => anything }

function branches(entries: readonly (readonly [string, Readable])[]): Readable {
  const map = new Map(entries)
  return { names: [...map.keys()], below: (name) => map.get(name) }
}

const leaves = (names: readonly string[]): Readable => branches(names.map((name) => [name, nothing]))

const below: Readonly<Partial<Record<FieldType, Readable>>> = {
  address: leaves([
    'houseNumber',
    'moo',
    'village',
    'lane',
    'road',
    'subdistrictCode',
    'subdistrict',
    'district',
    'province',
    'postalCode',
  ]),
  'person-name': leaves(['title', 'givenName', 'middleName', 'familyName']),
  file: leaves(['id', 'name', 'mediaType', 'bytes', 'sha256']),
}

/** `name.th` and `name.en` as `name` with two below it. */
function ofPaths(paths: readonly string[]): Readable {
  const first = [...new Set(paths.map((path) => path.split('.')[0] ?? ''))]
  const rest = (name: string) =>
    paths.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1))
  return branches(first.map((name) => [name, leaves(rest(name))]))
}

interface Typed {
  readonly id: string
  readonly type: FieldType
}

const fieldsOf = (fields: readonly Typed[]): Readable =>
  branches(fields.map(({ id, type }) => [id, below[type] ?? nothing]))

/** All that expressions of a definition may read, by first names; `item` depends on the page. */
export function readables(read: ReadDefinition): Readonly<Record<string, Readable>> {
  const { definition, service, form } = read
  const decisions = definition.workflow.decisions.flatMap(({ asks }) => asks)
  return {
    answers: branches(
      form.file.pages.flatMap((page) =>
        page.repeat === undefined
          ? page.fields.map(({ id, type }) => [id, below[type] ?? nothing] as const)
          : [[page.id, fieldsOf(page.fields)] as const],
      ),
    ),
    facts: branches(definition.evidence.map(({ id }) => [id, factOf(read, id)])),
    calc: branches(
      definition.form.calculated.map(({ id, type }) => [id, type === 'list' ? anything : nothing]),
    ),
    applicant: ofPaths(APPLICANT),
    output: ofPaths(OUTPUT),
    tables: branches(
      Object.keys(service.file.tables ?? {}).map((name) => {
        const table = definition.tables[name]
        // What stands against a table itself is enough to say.
        return [name, table === undefined ? anything : ofJson(table)]
      }),
    ),
    today: nothing,
    paid: nothing,
    application: leaves(APPLICATION),
    decision: branches([
      ...DECISION.map((one) => [one, nothing] as const),
      ...decisions.map(({ id, type }) => [id, below[type] ?? nothing] as const),
    ]),
    effects: branches(
      definition.workflow.effects.map(({ id, service, operation }) => {
        const known = read.names.operation(service, operation)
        return [id, known?.answer === undefined ? anything : ofSchema(known.document, known.answer)]
      }),
    ),
  }
}

/** `item` of a repeated page: what is filled in; in `from`, the entry of the register's list. */
export function itemOf(read: ReadDefinition, pointer: string): Readable | undefined {
  const [, index, part] = /^\/pages\/(\d+)\/(?:fields\/\d+\/)?(\w+)/.exec(pointer) ?? []
  const page = read.definition.form.pages[Number(index)]
  if (page?.repeat === undefined) return undefined
  if (part !== 'from') return fieldsOf(page.fields)
  const [list] = page.repeat.from?.reads ?? []
  if (list === undefined) return undefined
  return list
    .split('.')
    .reduce<Readable | undefined>(
      (at, name, depth) => (depth === 0 ? readables(read)[name] : at?.below(name)),
      nothing,
    )
}

function factOf(read: ReadDefinition, id: string): Readable {
  const evidence = read.definition.evidence.find((one) => one.id === id)
  const operation = evidence && read.names.operation(evidence.service, evidence.operation)
  if (evidence === undefined || operation?.answer === undefined) return anything
  return within(ofSchema(operation.document, operation.answer), evidence.fields)
}

/** Only what is asked for comes. */
function within(all: Readable, fields: readonly string[]): Readable {
  if (fields.includes('')) return all
  const names = [...new Set(fields.map((field) => field.split('.')[0] ?? ''))]
  return {
    names,
    below: (name) => {
      const inside = all.below(name)
      if (inside === undefined || !names.includes(name)) return undefined
      return within(
        inside,
        fields.flatMap((field) =>
          field === name ? [''] : field.startsWith(`${name}.`) ? [field.slice(name.length + 1)] : [],
        ),
      )
    },
  }
}

function ofSchema(document: JsonValue, schema: JsonValue): Readable {
  const names = namesBelow(document, schema)
  return {
    names,
    below: (name) => {
      const at = schemaAt(document, schema, [name])
      return at === undefined ? undefined : ofSchema(document, at)
    },
  }
}

/** Of a table: what its lists' entries have, and as `*` what an answer chooses. */
function ofJson(value: JsonValue | undefined): Readable {
  return Array.isArray(value) ? ofEntries(listOf(value), true) : ofEntries([value], false)
}

/** Of several of one make. `isList`: one of them is yet to be chosen by its number. */
function ofEntries(entries: readonly (JsonValue | undefined)[], isList: boolean): Readable {
  return {
    names: [...new Set(entries.flatMap((one) => Object.keys(objectOf(one))))],
    below: (name) => {
      if (name === '*') return isList ? ofEntries(entries, false) : chosenOf(entries)
      const inside = entries.map((one) => objectOf(one)[name]).find((one) => one !== undefined)
      return inside === undefined ? undefined : ofJson(inside)
    },
  }
}

/** What lies under the names of groups, whichever is named. */
function chosenOf(groups: readonly (JsonValue | undefined)[]): Readable {
  const values = groups.flatMap((one) => Object.values(objectOf(one)))
  return values.every((one) => Array.isArray(one)) ? ofEntries(values.flat(), true) : ofEntries(values, false)
}
