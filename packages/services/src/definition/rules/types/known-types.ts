import type { JsonValue } from '@sapan/casework'
import type { FieldType } from '../../form.ts'
import { listOf as jsonList, objectOf, resolve } from '../../openapi/operations.ts'
import { schemaAt } from '../../openapi/schema-path.ts'
import type { ReadDefinition } from '../../read/read-definition.ts'
import { APPLICANT, APPLICATION, OUTPUT } from '../../read/roots.ts'
import { any, date, listOf, money, objectOfTypes, text, type ValueType, whole, yesNo } from './type.ts'

interface Typed {
  readonly id: string
  readonly type: FieldType
  readonly options?: readonly { readonly value: string }[] | undefined
}

const decimal: ValueType = { kind: 'decimal' }
const texts = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, text]))
const ofObject: Partial<Record<FieldType, ValueType>> = {
  address: objectOfTypes(
    texts([
      ...['houseNumber', 'moo', 'village', 'lane', 'road', 'subdistrictCode', 'subdistrict', 'district'],
      ...['province', 'postalCode'],
    ]),
  ),
  'person-name': objectOfTypes(texts(['title', 'givenName', 'middleName', 'familyName'])),
  file: objectOfTypes({ ...texts(['id', 'name', 'mediaType', 'sha256']), bytes: whole }),
}

/** What an answer to a field is. */
export function typeOfField({ type, options = [] }: Typed): ValueType {
  const chosen: ValueType =
    options.length === 0 ? text : { kind: 'choice', values: options.map(({ value }) => value) }
  if (type === 'choice') return chosen
  if (type === 'choices') return listOf(chosen)
  if (type === 'yes-no') return yesNo
  if (type === 'date' || type === 'month' || type === 'money' || type === 'whole') return { kind: type }
  return ofObject[type] ?? text
}

const fieldsOf = (fields: readonly Typed[]): ValueType =>
  objectOfTypes(Object.fromEntries(fields.map((field) => [field.id, typeOfField(field)])))

/** What all that expressions of a definition may read is, by first names; `item` depends on the page. */
export function knownTypes(read: ReadDefinition): Readonly<Record<string, ValueType>> {
  const { definition, form } = read
  const { workflow, evidence, tables } = definition
  const asks = workflow.decisions.flatMap((decision) => decision.asks)
  const days = ['decidedOn', 'on', 'submittedOn', 'receivedOn', 'effectiveOn', 'firstDecidedOn']
  const named = (names: readonly string[]) =>
    Object.fromEntries(
      names.filter((name) => !name.includes('.')).map((name) => [name, days.includes(name) ? date : text]),
    )
  return {
    answers: objectOfTypes(
      Object.fromEntries(
        form.file.pages.flatMap((page): (readonly [string, ValueType])[] =>
          page.repeat === undefined
            ? page.fields.map((field) => [field.id, typeOfField(field)])
            : [[page.id, listOf(fieldsOf(page.fields))]],
        ),
      ),
    ),
    facts: objectOfTypes(
      Object.fromEntries(
        evidence.map(({ id, service, operation }) => [id, answerOf(read, service, operation)]),
      ),
    ),
    calc: objectOfTypes(
      Object.fromEntries(definition.form.calculated.map(({ id, type }) => [id, typeOfCalculated(type)])),
    ),
    applicant: objectOfTypes({ ...named(APPLICANT), name: objectOfTypes(texts(['th', 'en'])) }),
    output: objectOfTypes({ ...named(OUTPUT), signer: objectOfTypes(texts(['name', 'position'])) }),
    tables: objectOfTypes(
      Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, typeOfJson(table)])),
    ),
    today: date,
    paid: money,
    application: objectOfTypes(named(APPLICATION)),
    decision: objectOfTypes({
      ...{ outcome: { kind: 'choice', values: workflow.decisions.map(({ id }) => id) }, words: text },
      decidedOn: date,
      ...Object.fromEntries(asks.map((field) => [field.id, typeOfField(field)])),
    }),
    effects: objectOfTypes(
      Object.fromEntries(
        workflow.effects.map(({ id, service, operation }) => [id, answerOf(read, service, operation)]),
      ),
    ),
  }
}

/** `item` of a repeated page: what is filled in; in `from`, the entry of the register's list. */
export function itemType(
  read: ReadDefinition,
  pointer: string,
  typeOf: (source: string) => ValueType,
): ValueType {
  const [, index, part] = /^\/pages\/(\d+)\/(?:fields\/\d+\/)?(\w+)/.exec(pointer) ?? []
  const page = read.definition.form.pages[Number(index)]
  if (page?.repeat === undefined) return any
  if (part !== 'from') return fieldsOf(page.fields)
  const list = page.repeat.from === undefined ? any : typeOf(page.repeat.from.source)
  return list.kind === 'list' ? list.of : any
}

export function typeOfCalculated(
  type: ReadDefinition['definition']['form']['calculated'][number]['type'],
): ValueType {
  return type === 'list' ? listOf(any) : { kind: type }
}

function answerOf(read: ReadDefinition, service: string, id: string): ValueType {
  const operation = read.names.operation(service, id)
  return operation?.answer === undefined ? any : typeOfSchema(operation.document, operation.answer)
}

/** What a schema of an agency's description says; what it says in several ways is anything. */
export function typeOfSchema(document: JsonValue, schema: JsonValue): ValueType {
  const found = objectOf(resolve(document, schema))
  const isOpen = [found.oneOf, found.anyOf, found.allOf].some((list) => list !== undefined)
  const types = (Array.isArray(found.type) ? jsonList(found.type) : [found.type]).filter(
    (one) => one !== 'null',
  )
  const [type] = types
  if (found.properties !== undefined || (isOpen && type === undefined))
    return found.properties === undefined && !hasObject(document, schema)
      ? any
      : ofProperties(document, schema)
  if (isOpen || types.length !== 1) return any
  if (type === 'array') return listOf(found.items === undefined ? any : typeOfSchema(document, found.items))
  if (type === 'boolean') return yesNo
  if (type === 'integer') return whole
  if (type === 'number') return decimal
  if (type !== 'string') return any
  if (found.format === 'date') return date
  const values = jsonList(found.enum).filter((one) => typeof one === 'string')
  return values.length === 0 ? text : { kind: 'choice', values }
}

function hasObject(document: JsonValue, schema: JsonValue): boolean {
  const found = objectOf(resolve(document, schema))
  return [found.oneOf, found.anyOf, found.allOf]
    .flatMap((list) => jsonList(list))
    .some((one) => objectOf(resolve(document, one)).properties !== undefined)
}

function ofProperties(document: JsonValue, schema: JsonValue): ValueType {
  return {
    kind: 'object',
    below: (name) => {
      const at = schemaAt(document, schema, [name])
      return at === undefined ? any : typeOfSchema(document, at)
    },
  }
}

/** Of a table, as it is written. */
function typeOfJson(value: JsonValue | undefined): ValueType {
  if (typeof value === 'boolean') return yesNo
  if (typeof value === 'number') return Number.isInteger(value) ? whole : decimal
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? date : text
  if (Array.isArray(value)) return listOf(ofEntries(value))
  if (value === undefined || value === null) return any
  return objectOfTypes(
    Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typeOfJson(one)])),
  )
}

/** The entries of a table's list are of one kind; some may lack a part. */
function ofEntries(values: readonly JsonValue[]): ValueType {
  const types = values.map(typeOfJson)
  const [first] = types
  if (first === undefined) return any
  if (first.kind !== 'object') return types.every(({ kind }) => kind === first.kind) ? first : any
  return {
    kind: 'object',
    below: (name) => {
      const one = values
        .map((value) => objectOf(value)[name])
        .find((found) => found !== undefined && found !== null)
      return one === undefined ? any : typeOfJson(one)
    },
  }
}
