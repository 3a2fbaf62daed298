import type { JsonValue } from '@sapan/casework'

/** What came of asking an agency for a piece of evidence. Times are milliseconds since 1970. */
export interface Fact {
  readonly state: 'fetched' | 'none' | 'unavailable'
  readonly askedAt: number
  /** The exchange's number, by which its evidence is found. */
  readonly exchange?: string
  /** Cut to the definition's fields. */
  readonly data?: JsonValue
  /** Whether the applicant let it be used; it is not before they say so. */
  readonly agreed?: boolean
}

/** By the ids of evidence. */
export type Facts = Readonly<Record<string, Fact>>

/** Where the value of a field comes from. */
export interface FieldMark {
  readonly origin: 'register' | 'applicant'
  /** The evidence that it came from, or that would have known it. */
  readonly evidence?: string
  /** What the register said, where the applicant wrote something else. */
  readonly was?: JsonValue
  /** A register knows it, but could not be asked. */
  readonly unverified?: boolean
  /** The applicant says that the register is wrong: the task at its owner. */
  readonly dispute?: string
}

/** By the ids of fields; in repeated pages `children.0.birthDate`. */
export type FieldMarks = Readonly<Record<string, FieldMark>>
