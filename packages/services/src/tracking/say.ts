import { type Case, type CasePerson, type CaseSummary, caseProblems } from '@sapan/casework'
import { inTransaction, Problem } from '@sapan/kernel'
import { readWritten, type Written } from '../form/written.ts'
import type { ServicesGround } from '../ground.ts'
import { bindInCase } from '../submission/act-in-case.ts'
import type { Submitter } from '../submission/who.ts'
import { doingsOf } from './doings.ts'

/** What somebody says of their case in their own words. */
export type Saying = 'withdraw' | 'appeal'

/** Letters of it at most. */
export const longestSaying = 4000

/** Reads what somebody wrote of their case. Nothing is cut off: what is too long they shorten themselves. Pure. */
export function readSaying(raw: string): Written {
  return readWritten(raw, { most: longestSaying, lines: true })
}

/** Why one withdraws is one's own; an appeal has its grounds. */
export const needsWords = { withdraw: false, appeal: true } as const satisfies Record<Saying, boolean>

interface Said {
  readonly person: CasePerson
  readonly who: Submitter
  readonly found: Case
  /** The version that they saw. */
  readonly version: number
  readonly text: string
}

/**
 * Withdraws a case, or appeals against its decision, on the pages and in the API alike: for another by the signing condition
 * under which one hands in for them. Throws `case-not-found` for who may not act, `case-changed`, `case-transition-not-allowed`,
 * `case-appeal-too-late`, and what `bindInCase` throws.
 */
export async function say(
  ground: Pick<ServicesGround, 'cases' | 'pool' | 'rooms' | 'hashKey' | 'definitions' | 'clock'>,
  saying: Saying,
  { person, who, found, version, text }: Said,
): Promise<CaseSummary> {
  const { cases, pool, clock } = ground
  if (version !== found.caseVersion) throw new Problem(caseProblems['case-changed'])
  // Nobody is asked to confirm what cannot be done.
  if (doingsOf(found, clock()).includes(saying)) await bindInCase(ground, who, found, { saying, text })
  const seen = { case: found.id, version }
  return await inTransaction(pool, async (client) =>
    saying === 'withdraw'
      ? await cases.withdraw(client, person, seen, text === '' ? undefined : text)
      : await cases.appeal(client, person, seen, text),
  )
}
