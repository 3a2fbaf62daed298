import { inTransaction, type PoolClient, Problem } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import { paymentsProblems } from '../problems.ts'
import { type Confirmed, confirmTransfer } from '../refund/confirm.ts'
import { type Credited, credit } from './credit.ts'
import { readBankMessage } from './message.ts'
import { type SignatureCheck, signatureCheck } from './signature.ts'

/** What a message of the bank's led to, as it is answered. */
export type Taken =
  | ({ readonly transaction: string } & Credited)
  | ({ readonly transaction: string } & Confirmed)

/** Takes messages of the bank's. */
export interface BankDoor {
  /**
   * `body` as it came, `signature` the header `Bank-Signature`. What it answers is stored by then. Throws
   * `bank-signature-invalid`, `bank-message-stale`, `bank-message-replayed`, `bank-message-malformed` and
   * `bank-transaction-contradicted`.
   */
  take(body: Uint8Array, signature: string | undefined): Promise<Taken>
}

export function bankDoor(ground: PaymentsOptions): BankDoor {
  const check = signatureCheck(ground.bankKeys)
  return {
    async take(body, signature) {
      const taken = await takeOnce(ground, check, body, signature).catch(async (error: unknown) => {
        if (error instanceof Problem) await countRefusal(ground, error.code)
        throw error
      })
      if ('outcome' in taken && taken.outcome === 'contradicted') {
        throw new Problem(paymentsProblems['bank-transaction-contradicted'])
      }
      return taken
    },
  }
}

async function takeOnce(
  ground: PaymentsOptions,
  check: SignatureCheck,
  body: Uint8Array,
  signature: string | undefined,
): Promise<Taken> {
  const now = ground.clock()
  const { nonce, expiresAt } = await check(body, signature, now)
  const message = readBankMessage(body, now)
  return await inTransaction(ground.pool, async (client) => {
    await refuseReplay(client, nonce, expiresAt)
    const { transaction } = message
    return message.kind === 'payment'
      ? { transaction, ...(await credit(ground, client, message)) }
      : { transaction, ...(await confirmTransfer(ground, client, message)) }
  })
}

async function refuseReplay(client: PoolClient, nonce: string, expiresAt: number): Promise<void> {
  const { rowCount } = await client.query(
    'insert into payments.nonce (nonce, expires_at) values ($1, $2) on conflict (nonce) do nothing',
    [nonce, new Date(expiresAt)],
  )
  if (rowCount === 0) throw new Problem(paymentsProblems['bank-message-replayed'])
}

/** A count for each day and reason: whoever sends rubbish fills no table, and is seen all the same. */
async function countRefusal({ pool, clock, days, log }: PaymentsOptions, reason: string): Promise<void> {
  const at = clock()
  log.warn({ reason }, 'message of the bank refused')
  await pool.query(
    `insert into payments.refusal (day, reason, count, last_at) values ($1, $2, 1, $3)
     on conflict (day, reason) do update set count = payments.refusal.count + 1, last_at = $3`,
    [days.dateOf(at), reason, new Date(at)],
  )
}
