import type { Text } from '@sapan/kernel'

/** A JSON Schema (2020-12), as OpenAPI 3.1 has them. */
export interface Schema {
  readonly [keyword: string]: unknown
}

interface Field<Optional extends boolean> {
  readonly text: Text
  readonly schema: Schema
  readonly isOptional: Optional
}

/** A field for each key of a type, optional where the key is: what is forgotten or too much does not compile. */
type FieldsOf<T> = {
  readonly [Key in keyof T]-?: Field<Record<never, never> extends Pick<T, Key> ? true : false>
}

/** What Thai and English readers are told about a part of the description. */
export const said = (th: string, en: string) => ({ 'x-sapan-text': { th, en } })

export function field(th: string, en: string, schema: Schema): Field<false> {
  return { text: { th, en }, schema, isOptional: false }
}

export function maybe(th: string, en: string, schema: Schema): Field<true> {
  return { text: { th, en }, schema, isOptional: true }
}

export function objectOf<T>(text: Text, fields: FieldsOf<T>): Schema {
  const entries = Object.entries<Field<boolean>>(fields)
  return {
    'x-sapan-text': text,
    type: 'object',
    required: entries.filter(([, { isOptional }]) => !isOptional).map(([name]) => name),
    properties: Object.fromEntries(
      entries.map(([name, one]) => [name, { ...one.schema, 'x-sapan-text': one.text }]),
    ),
  }
}

/** One of the words of a type, all of which have to be named. */
export function wordOf<T extends string>(words: Readonly<Record<T, true>>): Schema {
  return { type: 'string', enum: Object.keys(words) }
}

export const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
export const listOf = (items: Schema): Schema => ({ type: 'array', items })
export const string: Schema = { type: 'string' }
export const count: Schema = { type: 'integer', minimum: 0 }
export const yes: Schema = { type: 'boolean' }
export const time: Schema = { type: 'string', format: 'date-time' }
export const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' }
