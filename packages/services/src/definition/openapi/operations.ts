import type { JsonValue } from '@sapan/casework'

/** One operation of an agency's service, as its OpenAPI document describes it. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  /** The schema of the answer with status 200 or 201; absent where it says none. */
  readonly answer?: JsonValue
  /** The schema of the body that it takes. */
  readonly body?: JsonValue
  readonly document: JsonValue
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
}

const METHODS = ['get', 'post', 'put', 'delete'] as const

export function operationsOf(document: JsonValue): readonly Operation[] {
  return Object.entries(objectOf(objectOf(document).paths)).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = objectOf(item)[method]
      return operation === undefined
        ? []
        : [operationOf(document, path, method, objectOf(item), objectOf(operation))]
    }),
  )
}

type Json = Readonly<Record<string, JsonValue>>

function operationOf(
  document: JsonValue,
  path: string,
  method: string,
  item: Json,
  operation: Json,
): Operation {
  const parameters = [...listOf(item.parameters), ...listOf(operation.parameters)].map((one) => {
    const { name, in: place, required } = objectOf(resolve(document, one))
    return { name: String(name), in: String(place), required: required === true }
  })
  const responses = objectOf(operation.responses)
  const answer = jsonSchema(document, responses['200'] ?? responses['201'])
  const body = jsonSchema(document, operation.requestBody)
  return {
    id: String(operation.operationId),
    method: method.toUpperCase(),
    path,
    parameters,
    ...(answer === undefined ? {} : { answer }),
    ...(body === undefined ? {} : { body }),
    document,
  }
}

function jsonSchema(document: JsonValue, holder: JsonValue | undefined): JsonValue | undefined {
  if (holder === undefined) return undefined
  return objectOf(objectOf(objectOf(resolve(document, holder)).content)['application/json']).schema
}

/** What a `$ref` within the document names, however often it leads on; what is no reference, itself. */
export function resolve(document: JsonValue, value: JsonValue): JsonValue {
  let at = value
  for (let step = 0; step < 20; step += 1) {
    const { $ref } = objectOf(at)
    if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return at
    at = $ref
      .slice(2)
      .split('/')
      .reduce<JsonValue>((found, part) => objectOf(found)[part.replaceAll('~1', '/')] ?? null, document)
  }
  return null
}

export function objectOf(value: JsonValue | undefined): Json {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {}
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value !== undefined && isList(value) ? value : []
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
