import type { JsonValue } from '@sapan/casework'
import type { Evidence } from '../definition.ts'
import type { Finding } from '../finding.ts'
import { listOf, type Operation, objectOf, resolve } from '../openapi/operations.ts'
import { schemaAt } from '../openapi/schema-path.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import type { Source } from '../read/source.ts'
import type { ReferencedGrant, References } from '../references.ts'
import { type Rule, thereIsNo } from './rule.ts'
import { typeOfSchema } from './types/known-types.ts'
import { nameOf, type ValueType } from './types/type.ts'

/** Agencies are asked and told what they offer, with what they take, and within what they granted. */
export const callsAreGranted: Rule = (read, references) => [
  ...read.definition.evidence.flatMap((one, index) =>
    evidenceFits(read, references, one, `/evidence/${index}`),
  ),
  ...read.definition.workflow.effects.flatMap((one, index) => {
    const call = {
      ...one,
      query: {},
      source: read.workflow.source,
      at: `/effects/${index}`,
      methods: ['POST', 'PUT'],
    }
    const written = read.workflow.file.effects?.[index]?.body
    return findingsOf(read, references, call, (operation) =>
      bodyFits(call, objectOf(written as JsonValue), operation),
    )
  }),
]

function evidenceFits(
  read: ReadDefinition,
  references: References,
  one: Evidence,
  at: string,
): readonly Finding[] {
  const own = { ...one, source: read.service.source, at, methods: ['GET'] }
  const others = Object.entries(one.byScheme).map(([scheme, call]) => ({
    ...own,
    ...call,
    at: `${at}/byScheme/${scheme}`,
  }))
  const fitting = (call: Call) =>
    findingsOf(read, references, call, (operation, grant) => [
      ...fieldsThere(call, `${at}/fields`, one.fields, operation, grant),
      ...(call === own ? [] : answersAlike(read, call, own.operation, operation, one.fields)),
    ])
  const shows = one.shows.map(({ field }) => field)
  return [...fitting(own), ...others.flatMap(fitting), ...showsThere(own, shows, one.fields)]
}

/** Whoever applies, a fact is the same: what reads it is checked against the evidence's own operation. */
function answersAlike(
  read: ReadDefinition,
  { source, at, service, operation: asked }: Call,
  own: string,
  other: Operation,
  fields: readonly string[],
): readonly Finding[] {
  const first = read.names.operation(service, own)
  return fields.flatMap((field) => {
    const [one, another] = [first, other].map((each) => typeAt(each, field))
    if (one === undefined || another === undefined || one.kind === another.kind) return []
    const [th, en] = (['th', 'en'] as const).map((language) => nameOf(one)[language])
    return [
      source.note(`${at}/operation`, 'wrong-type', {
        th: `${field} ของ ${asked} ไม่ใช่${th}อย่างของ ${own}`,
        en: `${field} of ${asked} is not ${en}, as that of ${own} is.`,
      }),
    ]
  })
}

function typeAt(operation: Operation | undefined, field: string): ValueType | undefined {
  if (operation?.answer === undefined) return undefined
  const schema = schemaAt(operation.document, operation.answer, field.split('.'))
  return schema === undefined ? undefined : typeOfSchema(operation.document, schema)
}

interface Call {
  readonly source: Source
  readonly at: string
  readonly service: string
  readonly operation: string
  readonly methods: readonly string[]
  readonly path: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly purpose: string
}

function findingsOf(
  read: ReadDefinition,
  references: References,
  call: Call,
  more: (operation: Operation, grant: ReferencedGrant['operations'][string]) => readonly Finding[],
): readonly Finding[] {
  const { source, at } = call
  if (!references.services.has(call.service))
    return [
      source.note(
        `${at}/service`,
        'unknown-operation',
        thereIsNo({ th: 'บริการ', en: 'service' }, call.service, references.services.keys()),
      ),
    ]
  const known = read.names.operations(call.service).filter(({ method }) => call.methods.includes(method))
  const operation = known.find(({ id }) => id === call.operation)
  if (operation === undefined)
    return [
      source.note(
        `${at}/operation`,
        'unknown-operation',
        thereIsNo(
          { th: 'การเรียก', en: 'operation' },
          call.operation,
          known.map(({ id }) => id),
        ),
      ),
    ]
  const grant = grantOf(read, references, call)
  if (grant === undefined) return [...parametersFit(call, operation), noGrant(read, call)]
  return [...parametersFit(call, operation), ...queryGranted(call, grant), ...more(operation, grant)]
}

function grantOf({ definition }: ReadDefinition, references: References, call: Call) {
  const grant = references.grants.find(
    ({ consumer, service, purpose, operations }) =>
      consumer === definition.consumer &&
      service === call.service &&
      purpose === call.purpose &&
      Object.hasOwn(operations, call.operation),
  )
  return grant?.operations[call.operation]
}

function noGrant({ definition }: ReadDefinition, { source, at, service, operation, purpose }: Call): Finding {
  return source.note(`${at}/service`, 'no-grant', {
    th: `${definition.consumer} ไม่มีสิทธิเรียก ${operation} ของ ${service} เพื่อ ${purpose}`,
    en: `${definition.consumer} has no grant for ${operation} of ${service} for ${purpose}.`,
  })
}

function parametersFit(call: Call, { path, parameters }: Operation): readonly Finding[] {
  const { source, at } = call
  const note = (pointer: string, th: string, en: string) =>
    source.note(`${at}${pointer}`, 'parameters', { th, en })
  const braces = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name)
  const asked = parameters.filter((one) => one.in === 'query')
  return [
    ...(call.path === path ? [] : [note('/path', `เส้นทางคือ ${path}`, `The path is ${path}.`)]),
    ...braces
      .filter((name) => !Object.hasOwn(call.parameters, name))
      .map((name) => note('', `ยังไม่มี parameters.${name}`, `parameters.${name} is missing.`)),
    ...Object.keys(call.parameters)
      .filter((name) => !braces.includes(name))
      .map((name) => note(`/parameters/${name}`, `เส้นทางไม่มี {${name}}`, `The path has no {${name}}.`)),
    ...asked
      .filter(({ name, required }) => required && !Object.hasOwn(call.query, name))
      .map(({ name }) => note('', `ยังไม่มี query.${name}`, `query.${name} is missing.`)),
    ...Object.keys(call.query)
      .filter((name) => !asked.some((one) => one.name === name))
      .map((name) => note(`/query/${name}`, `การเรียกนี้ไม่รับ ${name}`, `The operation takes no ${name}.`)),
  ]
}

function queryGranted(
  { source, at, query }: Call,
  grant: ReferencedGrant['operations'][string],
): readonly Finding[] {
  return Object.keys(query)
    .filter((name) => !grant.query.includes(name))
    .map((name) =>
      source.note(`${at}/query/${name}`, 'not-granted', {
        th: `สิทธิไม่ครอบคลุมพารามิเตอร์ ${name}`,
        en: `The grant does not cover the parameter ${name}.`,
      }),
    )
}

/** Whether a path is one of those, or below one. */
export function isWithin(path: string, granted: readonly string[]): boolean {
  return granted.some((one) => one === '*' || path === one || path.startsWith(`${one}.`))
}

function fieldsThere(
  { source, operation: asked }: Call,
  at: string,
  fields: readonly string[],
  { document, answer }: Operation,
  grant: ReferencedGrant['operations'][string],
): readonly Finding[] {
  return fields.flatMap((field, index) => {
    const pointer = `${at}/${index}`
    if (answer !== undefined && schemaAt(document, answer, field.split('.')) === undefined)
      return [
        source.note(pointer, 'unknown-operation', {
          th: `คำตอบของ ${asked} ไม่มี ${field}`,
          en: `The answer of ${asked} has no ${field}.`,
        }),
      ]
    if (isWithin(field, grant.fields)) return []
    return [
      source.note(pointer, 'not-granted', {
        th: `สิทธิไม่ครอบคลุม ${field} ให้ได้: ${grant.fields.join(', ')}`,
        en: `The grant does not cover ${field}, only: ${grant.fields.join(', ')}.`,
      }),
    ]
  })
}

function showsThere(
  { source, at }: Call,
  shows: readonly string[],
  fields: readonly string[],
): readonly Finding[] {
  return shows.flatMap((field, index) =>
    isWithin(field, fields)
      ? []
      : [
          source.note(
            `${at}/shows/${index}/field`,
            'unknown-id',
            thereIsNo({ th: 'ใน fields', en: 'field' }, field, fields),
          ),
        ],
  )
}

function bodyFits(
  { source, at }: Call,
  body: Readonly<Record<string, JsonValue>>,
  operation: Operation,
): readonly Finding[] {
  if (operation.body === undefined || Object.hasOwn(body, 'cel')) return []
  const { properties, required } = objectOf(resolve(operation.document, operation.body))
  const known = Object.keys(objectOf(properties))
  const must = listOf(required).map(String)
  return [
    ...must
      .filter((name) => !Object.hasOwn(body, name))
      .map((name) =>
        source.note(`${at}/body`, 'parameters', {
          th: `ยังไม่มี ${name} ในเนื้อหา`,
          en: `The body lacks ${name}.`,
        }),
      ),
    ...Object.keys(body)
      .filter((name) => known.length > 0 && !known.includes(name))
      .map((name) =>
        source.noteKey(
          `${at}/body/${name}`,
          'parameters',
          thereIsNo({ th: 'ในเนื้อหา', en: 'body field' }, name, known),
        ),
      ),
  ]
}
