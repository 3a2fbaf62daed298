import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { Language, Text } from '@sapan/kernel'
import type { Field } from '../definition/form.ts'
import type { Places } from './places.ts'

/** What came of reading one field. */
export type Reading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'answer'; readonly value: JsonValue }
  /** `part`: of the input at fault, after the field's name: `-year`. */
  | { readonly kind: 'wrong'; readonly text: Text; readonly part?: string }

/** What a field's reader looks at beside the field. */
export interface ReadingContext {
  readonly places: Places
  readonly countries: readonly Country[]
  /** Of the page, which says in which era years are asked for. */
  readonly language: Language
}

/** A country that people can choose. `code`: ISO 3166-1, of two letters or of three. */
export interface Country {
  readonly code: string
  readonly name: Text
}

export type Reader = (field: Field, sent: SentFields, context: ReadingContext) => Reading

/** What must hold of a value beside its form: by the field's limits. Undefined where it does. */
export type LimitCheck = (
  field: Field,
  value: JsonValue,
  values: Values,
  language: Language,
) => Text | undefined

/** The fields of a form as they were sent, of which each is to come once. */
export class SentFields {
  readonly #form: URLSearchParams

  constructor(form: URLSearchParams) {
    this.#form = form
  }

  /** The one value, without being changed; empty where there is none. */
  one(name: string): string {
    return this.#form.get(name) ?? ''
  }

  all(name: string): readonly string[] {
    return this.#form.getAll(name)
  }

  /** Whether one of these came more than once, with values that differ: nobody can know which is meant. */
  isTwofold(...names: readonly string[]): boolean {
    return names.some((name) => new Set(this.#form.getAll(name)).size > 1)
  }

  isSent(name: string): boolean {
    return this.#form.has(name)
  }
}

export const empty: Reading = { kind: 'empty' }

export function answer(value: JsonValue): Reading {
  return { kind: 'answer', value }
}

export function wrong(th: string, en: string, part?: string): Reading {
  return { kind: 'wrong', text: { th, en }, ...(part === undefined ? {} : { part }) }
}
