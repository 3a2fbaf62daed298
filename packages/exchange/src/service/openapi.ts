import type { Problem, Text } from '@sapan/kernel'
import { exchangeProblem } from '../problems.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asObject(value: unknown, at: string): JsonObject {
  if (!isObject(value)) throw invalid(at)
  return value
}

export function asArray(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(at)
  return value
}

/** The Thai and English text of a part; throws Problem `service-text-missing`. */
export function textOf(part: JsonObject, at: string): Text {
  const text = part['x-sapan-text']
  if (!isObject(text) || !isText(text.th) || !isText(text.en)) {
    throw exchangeProblem('service-text-missing', {
      detail: { en: `It is missing at ${at}.`, th: `ขาดที่ ${at}` },
    })
  }
  return { th: text.th, en: text.en }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

export function termOf(part: JsonObject): string | null {
  const term = part['x-sapan-term']
  return typeof term === 'string' && term !== '' ? term : null
}

/** Whether a term of the core vocabulary is about a natural person. */
export function isPersonalTerm(term: string | null): boolean {
  return term?.startsWith('person:') ?? false
}

const deepestReference = 32

/**
 * The part itself, or what its `$ref` points to within the document, with what stands beside the `$ref` on top (as
 * OpenAPI 3.1 allows). Throws Problem `service-reference-unknown`.
 */
export function resolve(document: JsonObject, part: unknown, at: string): JsonObject {
  let value = asObject(part, at)
  for (let depth = 0; value.$ref !== undefined; depth++) {
    if (typeof value.$ref !== 'string' || depth > deepestReference) throw unknownReference(at)
    const { $ref, ...beside } = value
    const target = pointed(document, value.$ref)
    if (!isObject(target)) throw unknownReference(value.$ref)
    value = { ...target, ...beside }
  }
  return value
}

function pointed(document: JsonObject, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined
  let value: unknown = document
  for (const part of reference.slice(2).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) value = value[Number(name)]
    else if (isObject(value) && Object.hasOwn(value, name)) value = value[name]
    else return undefined
  }
  return value
}

/** Places that a description may have once its references are followed: a few kilobytes can unfold without end. */
const mostPlaces = 50_000

/** Counts the places of a description as they are walked. */
export class Places {
  #left = mostPlaces

  /** Throws Problem `service-description-invalid` at the place that is one too many. */
  enter(at: string): void {
    if (this.#left-- > 0) return
    throw invalid(at, 'unfolds into too much', 'ขยายออกมามากเกินไป')
  }
}

function unknownReference(reference: string): Problem {
  const shown = reference.slice(0, 200)
  return exchangeProblem('service-reference-unknown', {
    detail: { en: `It refers to ${shown}.`, th: `อ้างถึง ${shown}` },
  })
}

/** The problem of a part that is not as it must be; `at` is its place in the document. */
export function invalid(at: string, en = 'is not as it must be', th = 'ไม่ถูกต้อง'): Problem {
  const place = at.slice(0, 300)
  return exchangeProblem('service-description-invalid', {
    detail: { en: `${place} ${en}.`, th: `${place} ${th}` },
  })
}
