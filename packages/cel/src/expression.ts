export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/**
 * What expressions see, by their first names: in definitions of services `answers`, `facts`, `calc`, `applicant`, `tables`,
 * `today`, and, where one is filled in, `item`; in workflows also `application`, `decision` and `effects`. Amounts of money
 * are whole satang, days texts such as `2026-02-28`.
 */
export type Values = Readonly<Record<string, JsonValue>>

/** What an expression says: a value, or that something it reads is not known yet. */
export type Outcome =
  | { readonly known: true; readonly value: JsonValue }
  /** `missing`: what it would need, as paths: `answers.salary`. */
  | { readonly known: false; readonly missing: readonly string[] }

/** A CEL expression, compiled and checked when what it stands in is loaded. */
export interface Expression {
  readonly source: string
  /** Every path that it may read: `answers.salary`, `facts.person.birthDate`, `tables.rates`. */
  readonly reads: readonly string[]
  /** Never throws for what people can fill in: what fails for them (a division by zero) is not known. */
  evaluate(values: Values): Outcome
}
