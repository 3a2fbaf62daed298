import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'

export type JsonRecord = { readonly [key: string]: JsonValue }

export function isRecord(value: JsonValue | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Values as they would be if one of them were not known: `answers.income`. Pure. */
export function withoutPath(values: Values, path: string): Values {
  return without(values, path.split('.'))
}

function without(value: JsonRecord, [name, ...rest]: readonly string[]): JsonRecord {
  if (name === undefined || !Object.hasOwn(value, name)) return value
  const { [name]: found, ...others } = value
  if (rest.length === 0) return others
  return isRecord(found) ? { ...others, [name]: without(found, rest) } : value
}
