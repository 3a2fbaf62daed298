import type { Case, CasePerson, CaseSummary } from '@sapan/casework'
import { inTransaction } from '@sapan/kernel'
import { readWritten, type Written } from '../form/written.ts'
import type { ServicesGround } from '../ground.ts'

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
  /** As it was seen. */
  readonly found: Pick<Case, 'id' | 'caseVersion'>
  readonly text: string
}

/**
 * Withdraws a case, or appeals against its decision, on the pages and in the API alike. Throws `case-not-found` for who may
 * not act, `case-changed`, `case-transition-not-allowed`, `case-appeal-too-late`.
 */
export async function say(
  { cases, pool }: Pick<ServicesGround, 'cases' | 'pool'>,
  saying: Saying,
  { person, found, text }: Said,
): Promise<CaseSummary> {
  const seen = { case: found.id, version: found.caseVersion }
  return await inTransaction(pool, async (client) =>
    saying === 'withdraw'
      ? await cases.withdraw(client, person, seen, text === '' ? undefined : text)
      : await cases.appeal(client, person, seen, text),
  )
}
