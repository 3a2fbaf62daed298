import type { PoolClient } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import { stateOf } from '../payment/balance.ts'
import type { PaymentState } from '../payments.ts'
import {
  countRepeat,
  findConfirmation,
  isSame,
  writeConfirmation,
  writeContradiction,
} from '../store/confirmations.ts'
import { append } from '../store/events.ts'
import { lockPayment } from '../store/payments.ts'
import type { PaymentMessage } from './message.ts'
import { type Outcome, outcomeOf } from './outcome.ts'

/** What became of a message. `repeated`: it was known, and nothing changed. */
export interface Credited {
  readonly outcome: Outcome | 'contradicted'
  readonly repeated: boolean
  /** Of the payment, where there is one that it was for. */
  readonly state?: PaymentState
}

/**
 * Writes down money that came in and counts it once, by the bank's number of the transaction. In the caller's
 * transaction: what follows from it (`payments.paid`) happens with it or not at all.
 */
export async function credit(
  ground: PaymentsOptions,
  client: PoolClient,
  message: PaymentMessage,
): Promise<Credited> {
  // Locked before the confirmation is written, as refunds do: two that wait for each other would wait for ever.
  const row = await lockPayment(client, 'bank_reference', message.reference1)
  const outcome = outcomeOf(message, row)
  const isNew = await writeConfirmation(client, {
    message,
    outcome,
    payment: row?.id ?? null,
    payee: payeeWith(ground, message.biller) ?? null,
    bankDay: ground.days.dateOf(message.paidAt),
    at: ground.clock(),
  })
  if (!isNew) return await known(ground, client, message)
  if (outcome !== 'credited' || row === undefined) {
    ground.log.warn({ transaction: message.transaction, outcome }, 'money that belongs to no payment')
    return { outcome, repeated: false }
  }
  const { transaction, amount, paidAt } = message
  const event = { kind: 'received', at: paidAt, amount, transaction } as const
  return { outcome, repeated: false, state: stateOf(await append(ground, client, row, event)) }
}

async function known(
  { log }: PaymentsOptions,
  client: PoolClient,
  message: PaymentMessage,
): Promise<Credited> {
  const { transaction } = message
  const first = await findConfirmation(client, transaction)
  if (first === undefined) throw new Error('a confirmation that is there was not found')
  if (isSame(first, message)) {
    await countRepeat(client, transaction)
    return { outcome: first.outcome, repeated: true }
  }
  await writeContradiction(client, message)
  log.error({ transaction }, 'the bank contradicts itself')
  return { outcome: 'contradicted', repeated: true }
}

/** The member whose account it is. */
export function payeeWith({ billers }: Pick<PaymentsOptions, 'billers'>, biller: string): string | undefined {
  return [...billers].find(([, own]) => own === biller)?.[0]
}
