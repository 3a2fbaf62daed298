import type { PoolClient } from '@sapan/kernel'
import type { TransferMessage } from '../callback/message.ts'
import type { PaymentsOptions } from '../ground.ts'
import type { RefundState } from '../payments.ts'
import { lockRefund } from '../store/refunds.ts'
import { settleRefund } from './settle.ts'

/** What became of a message on a transfer. `unknown-order`: we ordered no such thing. */
export interface Confirmed {
  readonly order: 'known' | 'unknown-order' | 'superseded'
  readonly state?: RefundState
}

/** Writes down how a transfer ended, once. It may come before the bank's answer to the order does. */
export async function confirmTransfer(
  ground: PaymentsOptions,
  client: PoolClient,
  { order, transaction, state, why, at }: TransferMessage,
): Promise<Confirmed> {
  const [, id, attempt] = /^([0-9a-f-]{36})\.(\d{1,6})$/.exec(order) ?? []
  const row = id === undefined ? undefined : await lockRefund(client, 'id', id)
  if (row === undefined) {
    ground.log.error({ order, transaction }, 'the bank tells of a transfer that nobody ordered')
    return { order: 'unknown-order' }
  }
  // Of an attempt that failed before: what the bank says of it now changes nothing, and is seen in the day's sums.
  if (row.attempt !== Number(attempt) || row.state === 'done' || row.state === 'failed') {
    return { order: 'superseded', state: row.state }
  }
  const ended = state === 'done' ? { state, transfer: transaction, at } : { state, why: why ?? 'unknown', at }
  await settleRefund(ground, client, row, ended)
  return { order: 'known', state }
}
