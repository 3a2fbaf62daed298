import type { Text } from '@sapan/kernel'

/** On what ground one person acts for another. */
export type MandateSource = 'company' | 'child' | 'person' | 'helper'

/** A place in a status list (IETF Token Status List §6). */
export interface StatusPlace {
  readonly uri: string
  readonly index: number
}

/** A kind of act under a mandate: alone, with the company's seal, or only jointly with others. */
export interface ScopeUse {
  readonly code: string
  readonly how: 'alone' | 'sealed' | 'jointly'
  /** Milliseconds since 1970; where it ends before the mandate does. */
  readonly till?: number
}

/** What narrows a mandate that a person gave. */
export interface Limits {
  /** The most that one act may be about, in whole baht. */
  readonly amount?: number
  /** Member ids of the agencies where it holds; everywhere where absent. */
  readonly agencies?: readonly string[]
}

/** What lies sealed with a mandate. */
export interface MandateContent {
  /** The number of the company or child; absent where a person gave it, whose account says who they are. */
  readonly number?: string
  readonly name: Text
  readonly scopes: readonly string[]
  readonly limits: Limits
  /** Of a helper: what for, at which agency, under which appointment. */
  readonly case?: string
  readonly agency?: string
  readonly appointment?: string
}

/** A mandate as it lies in the database. Times are milliseconds since 1970. */
export interface MandateRecord {
  readonly id: string
  readonly source: MandateSource
  /** The account that acts. */
  readonly holder: string
  /** The account that is acted for, where it gave the mandate itself. */
  readonly giver?: string
  readonly content: MandateContent
  readonly from: number
  readonly till?: number
  readonly endedAt?: number
  readonly suspended: boolean
  readonly status: StatusPlace
}

/** A mandate as it is now. */
export interface Mandate extends MandateRecord {
  readonly name: Text
  readonly scopes: readonly ScopeUse[]
  /** Others who hold the same authority: co-directors, the other parent. */
  readonly others: readonly Text[]
  /** Who may sign, in the register's words. */
  readonly condition?: Text
}

/** Why a mandate cannot be used at a moment; undefined where it can. */
export function obstacle(
  record: Pick<MandateRecord, 'from' | 'till' | 'endedAt' | 'suspended'>,
  now: number,
): 'ended' | 'early' | 'suspended' | undefined {
  if (record.endedAt !== undefined || (record.till !== undefined && now >= record.till)) return 'ended'
  if (record.suspended) return 'suspended'
  return now < record.from ? 'early' : undefined
}
