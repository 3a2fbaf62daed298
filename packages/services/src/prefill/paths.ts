import type { JsonValue } from '@sapan/casework'

/** What lies at a place of data, where all its numbers are named. */
export interface Leaf {
  /** With numbers of lists: `children.1.birthDate`. */
  readonly path: string
  readonly value: JsonValue
}

type JsonObject = { readonly [key: string]: JsonValue }

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** What a register said, of the fields that the definition takes and nothing else. Lists are transparent. Pure. */
export function cutToFields(data: JsonValue, fields: readonly string[]): JsonValue {
  const paths = fields.map((field) => field.split('.'))
  return cut(data, paths)
}

function cut(data: JsonValue, paths: readonly (readonly string[])[]): JsonValue {
  if (isList(data)) return data.map((one) => cut(one, paths))
  if (!isObject(data)) return data
  const kept: [string, JsonValue][] = []
  for (const [name, value] of Object.entries(data)) {
    const below = paths.filter(([first]) => first === name).map((path) => path.slice(1))
    if (below.length === 0) continue
    if (below.some((path) => path.length === 0)) kept.push([name, value])
    else if (typeof value === 'object' && value !== null) kept.push([name, cut(value, below)])
  }
  return Object.fromEntries(kept)
}

/** Every value of a field (`children.birthDate`), in its order; none where there is nothing. Pure. */
export function leavesOf(data: JsonValue | undefined, field: string): readonly Leaf[] {
  return field === '' ? leaves(data, [], []) : leaves(data, field.split('.'), [])
}

function leaves(data: JsonValue | undefined, names: readonly string[], path: readonly string[]): Leaf[] {
  if (data === undefined || data === null) return []
  if (isList(data) && (names.length > 0 || data.some(isObject)))
    return data.flatMap((one, at) => leaves(one, names, [...path, String(at)]))
  const [name, ...rest] = names
  if (name === undefined) return [{ path: path.join('.'), value: data }]
  if (!isObject(data) || !Object.hasOwn(data, name)) return []
  return leaves(data[name], rest, [...path, name])
}

/** What lies at a path with numbers: `children.1.birthDate`. Pure. */
export function valueAt(data: JsonValue | undefined, path: string): JsonValue | undefined {
  let at = data
  for (const name of path === '' ? [] : path.split('.')) {
    if (isList(at)) at = /^\d+$/.test(name) ? at[Number(name)] : undefined
    else at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined
  }
  return at
}

/** A path without its lists' numbers, as grants name fields: `children.1.birthDate` is `children.birthDate`. */
export function fieldOf(path: string): string {
  return path
    .split('.')
    .filter((name) => !/^\d+$/.test(name))
    .join('.')
}

/** Of `facts.person.birthDate`: the evidence and what of it; undefined for what is no fact. */
export function factRead(read: string): { readonly evidence: string; readonly field: string } | undefined {
  const [root, evidence, ...rest] = read.split('.')
  return root === 'facts' && evidence !== undefined ? { evidence, field: rest.join('.') } : undefined
}
