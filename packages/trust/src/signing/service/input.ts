import { invalid, missing, type ParameterKind, refusals } from './errors.ts'

/** What a caller sent, read field by field; a field of another type is refused in the words of the CSC API. */
export class Input {
  readonly #fields: ReadonlyMap<string, unknown>

  constructor(body: Uint8Array) {
    this.#fields = readObject(body)
  }

  has(name: string): boolean {
    const value = this.#fields.get(name)
    return value !== undefined && value !== null
  }

  optionalString(name: string, most = 4096): string | undefined {
    if (!this.has(name)) return undefined
    const value = this.#fields.get(name)
    if (typeof value !== 'string') throw missing('string', name)
    if (value.length > most) throw invalid(name)
    return value
  }

  string(name: string, most?: number): string {
    return required('string', name, this.optionalString(name, most))
  }

  /** A text that a person is shown: no control characters, and nothing that turns the writing round (UAX #9). */
  optionalText(name: string, most: number): string | undefined {
    const text = this.optionalString(name, most)
    if (text !== undefined && /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text)) {
      throw invalid(name)
    }
    return text
  }

  optionalInteger(name: string): number | undefined {
    if (!this.has(name)) return undefined
    const value = this.#fields.get(name)
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw missing('integer', name)
    return value
  }

  integer(name: string): number {
    return required('integer', name, this.optionalInteger(name))
  }

  optionalBoolean(name: string): boolean | undefined {
    if (!this.has(name)) return undefined
    const value = this.#fields.get(name)
    if (typeof value !== 'boolean') throw missing('boolean', name)
    return value
  }

  optionalArray(name: string, most: number): readonly unknown[] | undefined {
    if (!this.has(name)) return undefined
    const value: unknown = this.#fields.get(name)
    if (!Array.isArray(value)) throw missing('array', name)
    if (value.length > most) throw invalid(name)
    return value
  }
}

function required<T>(kind: ParameterKind, name: string, value: T | undefined): T {
  if (value === undefined || value === '') throw missing(kind, name)
  return value
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

function readObject(body: Uint8Array): Map<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(strictUtf8.decode(body))
  } catch {
    throw refusals.body()
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusals.body()
  return new Map(Object.entries(value))
}

/** Base64 with its padding (RFC 4648 §4), nothing else; undefined otherwise. */
export function strictBase64(text: unknown): Buffer | undefined {
  if (typeof text !== 'string' || text.length === 0) return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** Bytes that a digest may have: SHA-256, SHA-384, SHA-512. */
const digestLengths = new Set([32, 48, 64])

/** Digests in a request: `hash` of v1, `hashes` of v2. Undefined when there are none and none are needed. */
export function readHashes(input: Input, name: string, most: number): Buffer[] | undefined {
  const list = input.optionalArray(name, most)
  if (!list) return undefined
  if (list.length === 0) throw refusals.emptyHashes()
  return list.map((each) => {
    const hash = strictBase64(each)
    if (!hash) throw refusals.base64Hash()
    if (!digestLengths.has(hash.length)) throw refusals.digestLength()
    return hash
  })
}
