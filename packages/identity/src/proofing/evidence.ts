import type { MethodCode } from './country.ts'

/** Who checked in person, as what. */
export interface CheckingOfficer {
  readonly account: string
  readonly appointment: string
  readonly agency: string
}

/** That somebody proved who they are. */
export interface Evidence {
  readonly id: string
  readonly account: string
  readonly method: MethodCode
  /** Milliseconds since 1970. */
  readonly at: number
  readonly levelBefore: string
  readonly levelAfter: string
  /** Numbers of the exchanges in which registers were asked. */
  readonly exchanges: readonly string[]
  readonly officer?: CheckingOfficer
}
