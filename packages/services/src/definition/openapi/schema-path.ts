import type { JsonValue } from '@sapan/casework'
import { listOf, objectOf, resolve } from './operations.ts'

const DEEPEST = 12

/** A schema and what it is put together of, with references followed. */
function parts(document: JsonValue, schema: JsonValue | undefined, depth = 0): readonly JsonValue[] {
  if (schema === undefined || depth > DEEPEST) return []
  const found = resolve(document, schema)
  const { allOf, oneOf, anyOf } = objectOf(found)
  const within = [allOf, oneOf, anyOf].flatMap((list) => listOf(list))
  return [found, ...within.flatMap((one) => parts(document, one, depth + 1))]
}

/** Lists' entries stand for the lists: paths leave their numbers out. */
function entries(document: JsonValue, schema: JsonValue | undefined, depth = 0): readonly JsonValue[] {
  if (depth > DEEPEST) return []
  return parts(document, schema).flatMap((one) => {
    const { items } = objectOf(one)
    return items === undefined ? [one] : [one, ...entries(document, items, depth + 1)]
  })
}

/** The names that a schema describes below itself. */
export function namesBelow(document: JsonValue, schema: JsonValue | undefined): readonly string[] {
  return entries(document, schema).flatMap((one) => Object.keys(objectOf(objectOf(one).properties)))
}

/** The schema at a path (`children.name`); undefined where the description has no such thing. */
export function schemaAt(
  document: JsonValue,
  schema: JsonValue | undefined,
  path: readonly string[],
): JsonValue | undefined {
  const [name, ...rest] = path
  if (name === undefined) return schema
  for (const one of entries(document, schema)) {
    const properties = objectOf(objectOf(one).properties)
    if (Object.hasOwn(properties, name)) return schemaAt(document, properties[name], rest)
  }
  return undefined
}

/** Paths of the values below a place of an answer, itself where nothing is below it; empty where there is no such place. */
export function leafPaths(
  document: JsonValue,
  schema: JsonValue | undefined,
  path: string,
): readonly string[] {
  const found = schemaAt(document, schema, path.split('.'))
  return found === undefined ? [] : below(document, found, path.split('.'))
}

function below(document: JsonValue, schema: JsonValue, path: readonly string[]): readonly string[] {
  const leaf = [path.join('.')]
  if (path.length > DEEPEST) return leaf
  const inner = entries(document, schema).flatMap((one) =>
    Object.entries(objectOf(objectOf(one).properties)).flatMap(([name, each]) =>
      below(document, each, [...path, name]),
    ),
  )
  return inner.length === 0 ? leaf : [...new Set(inner)]
}

/** A term of the vocabulary at a path of an answer. */
export interface HeldTerm {
  readonly path: string
  readonly term: string
}

/** All terms that a schema holds (`x-sapan-term`), with their paths. */
export function termsOf(
  document: JsonValue,
  schema: JsonValue | undefined,
  path: readonly string[] = [],
): readonly HeldTerm[] {
  if (path.length > DEEPEST) return []
  return entries(document, schema).flatMap((one) => {
    const { 'x-sapan-term': term, properties } = objectOf(one)
    const own = typeof term === 'string' ? [{ path: path.join('.'), term }] : []
    const below = Object.entries(objectOf(properties)).flatMap(([name, each]) =>
      termsOf(document, each, [...path, name]),
    )
    return [...own, ...below]
  })
}

/** Paths (`name.family`) of members that a body must have and that may be null. */
export function requiredNulls(
  document: JsonValue,
  schema: JsonValue | undefined,
  path: readonly string[] = [],
): readonly string[] {
  if (path.length > DEEPEST) return []
  const all = parts(document, schema).map(objectOf)
  const required = new Set(all.flatMap(({ required: names }) => listOf(names)).map(String))
  return all.flatMap(({ properties }) =>
    Object.entries(objectOf(properties)).flatMap(([name, each]) => {
      const at = [...path, name]
      const isNull = required.has(name) && mayBeNull(document, each)
      return [...(isNull ? [at.join('.')] : []), ...requiredNulls(document, each, at)]
    }),
  )
}

function mayBeNull(document: JsonValue, schema: JsonValue): boolean {
  return parts(document, schema).some((one) => {
    const { type } = objectOf(one)
    return type === 'null' || (Array.isArray(type) && type.includes('null'))
  })
}
