import { type CelInput, type CelValue, isCelList, isCelMap } from '@bufbuild/cel'
import type { JsonValue } from './expression.ts'

/** Longer lists are not known: an expression goes through each entry, in two loops at most. */
export const LONGEST_LIST = 500
const LONGEST_TEXT = 20_000
const DEEPEST = 12

/** Told of each path that was read and is not there. */
export type OnMissing = (path: string) => void

/**
 * A JSON object as a CEL map, entry by entry as it is read. What CEL cannot hold exactly (a fraction, an integer that is
 * not safe, a list that is too long) is not there.
 */
export class JsonMap extends Map<string, CelInput> {
  readonly #object: Readonly<Record<string, JsonValue>>
  readonly #path: string
  readonly #onMissing: OnMissing

  constructor(object: Readonly<Record<string, JsonValue>>, path: string, onMissing: OnMissing) {
    super()
    this.#object = object
    this.#path = path
    this.#onMissing = onMissing
  }

  override get(key: string): CelInput | undefined {
    const path = this.#path === '' ? key : `${this.#path}.${key}`
    const json = Object.hasOwn(this.#object, key) ? this.#object[key] : undefined
    const value = json === undefined ? undefined : celOf(json, path, this.#onMissing)
    if (value === undefined) this.#onMissing(path)
    return value
  }

  override has(key: string): boolean {
    return this.get(key) !== undefined
  }

  override get size(): number {
    return Object.keys(this.#object).length
  }

  override keys(): MapIterator<string> {
    return new Map(Object.entries(this.#object)).keys()
  }

  override entries(): MapIterator<[string, CelInput]> {
    return this.#whole().entries()
  }

  override values(): MapIterator<CelInput> {
    return this.#whole().values()
  }

  override [Symbol.iterator](): MapIterator<[string, CelInput]> {
    return this.entries()
  }

  override forEach(callback: (value: CelInput, key: string, map: Map<string, CelInput>) => void): void {
    this.#whole().forEach(callback)
  }

  #whole(): Map<string, CelInput> {
    const entries = Object.keys(this.#object).flatMap((key) => {
      const value = this.get(key)
      return value === undefined ? [] : [[key, value] as const]
    })
    return new Map(entries)
  }
}

/** A JSON value as CEL sees it; undefined where CEL cannot hold it. */
export function celOf(value: JsonValue, path: string, onMissing: OnMissing): CelInput | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined
  if (typeof value !== 'object' || value === null) return value
  if (!isList(value)) return new JsonMap(value, path, onMissing)
  if (value.length > LONGEST_LIST) return undefined
  const entries = value.map((one) => celOf(one, path, onMissing))
  return entries.every((one) => one !== undefined) ? entries : undefined
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** What came out, as JSON; undefined for an integer that is not safe, a fraction, and what JSON has no word for. */
export function jsonOf(value: CelValue, depth = 0): JsonValue | undefined {
  if (depth > DEEPEST) return undefined
  if (typeof value === 'bigint') return safe(value)
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? undefined : value
  if (typeof value === 'boolean' || value === null) return value
  if (isCelList(value)) return whole([...value].map((one) => jsonOf(one, depth + 1)))
  if (!isCelMap(value)) return undefined
  const entries = [...value].map(([key, one]) => [String(key), jsonOf(one, depth + 1)] as const)
  return (
    whole(entries.map(([, one]) => one)) &&
    Object.fromEntries(entries.flatMap(([key, one]) => (one === undefined ? [] : [[key, one]])))
  )
}

function safe(value: bigint): number | undefined {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : undefined
}

function whole(values: readonly (JsonValue | undefined)[]): readonly JsonValue[] | undefined {
  const known = values.filter((one) => one !== undefined)
  return known.length === values.length && known.length <= LONGEST_LIST ? known : undefined
}
