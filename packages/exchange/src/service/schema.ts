import type { Field } from './description.ts'
import {
  asArray,
  asObject,
  invalid,
  isObject,
  type JsonObject,
  type Places,
  resolve,
  termOf,
  textOf,
} from './openapi.ts'

const combining = ['allOf', 'oneOf', 'anyOf'] as const
const deepest = 32

interface Walk {
  readonly document: JsonObject
  readonly places: Places
  readonly fields: Map<string, Field>
  /** References that are being followed, so that a schema which contains itself ends. */
  readonly following: readonly string[]
}

/**
 * The leaves of a schema as dotted paths, arrays transparent. A place where the schema contains itself, or where
 * names are free (`additionalProperties`), is a leaf. Every leaf needs Thai and English. `places` counts over the whole
 * document.
 */
export function fieldsOf(document: JsonObject, schema: unknown, at: string, places: Places): Field[] {
  const fields = new Map<string, Field>()
  walk({ document, places, fields, following: [] }, schema, '', at)
  return [...fields.values()]
}

function walk(state: Walk, schema: unknown, path: string, at: string): void {
  state.places.enter(at)
  const reference = isObject(schema) && typeof schema.$ref === 'string' ? schema.$ref : null
  const part = resolve(state.document, schema, at)
  const again = reference !== null && state.following.includes(reference)
  const inner = reference === null ? state : { ...state, following: [...state.following, reference] }
  if (again || inner.following.length > deepest || !walkInside(inner, part, path, at))
    leaf(state, part, path, at)
}

/** Walks what is inside a schema; false when nothing is. */
function walkInside(state: Walk, part: JsonObject, path: string, at: string): boolean {
  const alternatives = combining.flatMap((name) =>
    part[name] === undefined ? [] : [...asArray(part[name], `${at}/${name}`)],
  )
  const structured = alternatives.filter((alternative) => hasStructure(state, alternative, at))
  for (const alternative of structured) walk(state, alternative, path, at)
  const items: unknown[] = part.items === undefined ? [] : [part.items]
  if (part.prefixItems !== undefined) items.push(...asArray(part.prefixItems, `${at}/prefixItems`))
  const structuredItems = items.filter((item) => hasStructure(state, item, at))
  for (const item of structuredItems) walk(state, item, path, `${at}/items`)
  const properties = part.properties === undefined ? [] : Object.entries(asObject(part.properties, at))
  for (const [name, property] of properties) {
    if (name === '' || /[.*]/.test(name))
      throw invalid(`${at}/properties/${name}`, 'must not have “.” or “*”', 'ต้องไม่มี “.” หรือ “*”')
    walk(state, property, path === '' ? name : `${path}.${name}`, `${at}/properties/${name}`)
  }
  return structured.length + structuredItems.length + properties.length > 0
}

/** Whether a schema has fields inside, rather than being a plain value. */
function hasStructure(state: Walk, schema: unknown, at: string, depth = 0): boolean {
  if (depth > deepest || typeof schema === 'boolean') return false
  state.places.enter(at)
  const part = resolve(state.document, schema, at)
  if (part.properties !== undefined) return true
  const inside = combining.flatMap((name) => (part[name] === undefined ? [] : [...asArray(part[name], at)]))
  if (part.items !== undefined) inside.push(part.items)
  return inside.some((inner) => hasStructure(state, inner, at, depth + 1))
}

function leaf({ fields }: Walk, part: JsonObject, path: string, at: string): void {
  const name = path === '' ? '*' : path
  if (!fields.has(name)) fields.set(name, { path: name, text: textOf(part, at), term: termOf(part) })
}
