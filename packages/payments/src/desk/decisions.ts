import { inTransaction, type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import { paymentsProblems } from '../problems.ts'
import type { PaymentsOfficer } from './officer.ts'

/** What an officer decided. */
export type DecisionKind = 'accept' | 'give-back' | 'note' | 'return' | 'book' | 'again'

export interface Decision {
  readonly what: DecisionKind
  /** The payment, transaction, refund or difference. */
  readonly subject: string
  readonly why: string
}

const longest = 2_000

/**
 * Does something for an officer and writes down who did it and why, in one transaction. Throws
 * `settlement-reason-missing`, and what `deed` throws.
 */
export async function decide(
  ground: PaymentsOptions,
  officer: PaymentsOfficer,
  { what, subject, why }: Decision,
  deed: (client: PoolClient) => Promise<void>,
): Promise<void> {
  const reason = why.trim()
  if (reason === '' || reason.length > longest) {
    throw new Problem(paymentsProblems['settlement-reason-missing'])
  }
  await inTransaction(ground.pool, async (client) => {
    await deed(client)
    const at = ground.clock()
    const id = uuidv7(at)
    const sealed = ground.sealer.seal(Buffer.from(reason), Buffer.from(`decision.why ${id}`))
    await client.query(
      `insert into payments.decision (id, at, officer, agency, what, subject, why_sealed)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, new Date(at), officer.account, officer.agency, what, subject, sealed],
    )
  })
}

/** Thrown for what is not there, is another agency's, or was settled already. */
export function notFound(): Problem {
  return new Problem(paymentsProblems['settlement-not-found'])
}
