import type { JsonValue } from '@sapan/casework'

/** What came of asking an agency for a piece of evidence. Times are milliseconds since 1970. */
export interface Fact {
  /** `none`: the register knows of nothing; `declined`: the applicant did not want it to be asked, and types. */
  readonly state: 'fetched' | 'none' | 'unavailable' | 'declined'
  readonly askedAt: number
  /** The exchange's number, by which its evidence is found. */
  readonly exchange?: string
  /** Cut to the definition's fields. Not kept where the applicant did not agree to its use. */
  readonly data?: JsonValue
  /** Whether the applicant let it be used; it is not before they say so. Absent: they have not said yet. */
  readonly agreed?: boolean
  /** What the applicant agreed to before, where it was asked again and says something else. */
  readonly before?: AgreedBefore
  /**
   * Why it is unavailable: no answer in time; refused by a gateway or the register; not asked, for it cannot be known
   * now whether the applicant may be acted for; anything else.
   */
  readonly problem?: 'late' | 'refused' | 'failed' | 'unasked'
  /** What the applicant says is wrong: the register's value (`children.1.birthDate`) and the task at its owner. */
  readonly disputes?: Readonly<Record<string, string>>
}

export interface AgreedBefore {
  readonly askedAt: number
  readonly exchange?: string
  readonly data: JsonValue
}

/** By the ids of evidence. */
export type Facts = Readonly<Record<string, Fact>>

/** Where the value of a field comes from. */
export interface FieldMark {
  /** `applicant`: they typed it or wrote something else than the register says. */
  readonly origin: 'register' | 'applicant'
  /** The evidence that it came from, or that would have known it. */
  readonly evidence?: string
  /** What the register says. With `origin: 'applicant'` and another answer: what the applicant changed. */
  readonly was?: JsonValue
  /** A register knows it, but was not or could not be asked. */
  readonly unverified?: boolean
  /** The applicant says that the register is wrong: the task at its owner. */
  readonly dispute?: string
  /** What other registers say of the same, where they contradict. */
  readonly others?: readonly { readonly evidence: string; readonly value: JsonValue }[]
}

/** By the ids of fields; in repeated pages `children.0.birthDate`, and `children` of the list as a whole. */
export type FieldMarks = Readonly<Record<string, FieldMark>>
