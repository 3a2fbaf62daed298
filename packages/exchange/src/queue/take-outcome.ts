import { memberOf } from '../address.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { exchangeProblem } from '../problems.ts'
import { checkReceipt } from './check-receipt.ts'
import { type MessageReceipt, readReceipt } from './receipt.ts'
import { findSent, settleOutgoing } from './store/outgoing.ts'

/**
 * Takes what a receiver's gateway tells of a message of ours. `members`: those for whom that gateway speaks. Taking it twice
 * changes nothing. Throws Problem `message-receipt-invalid`, or `message-unknown` to whoever has no part in the message.
 */
export async function takeOutcome(
  ground: GatewayGround,
  members: readonly string[],
  jws: string,
): Promise<void> {
  const { receipt: claimed } = readReceipt(jws)
  ground.signers.checkStays(memberOf(claimed.sender))
  const message = await findSent(ground.pool, claimed.sender, claimed.message)
  if (!message || !members.includes(memberOf(message.service))) throw exchangeProblem('message-unknown')
  const settled = settledBy(checkReceipt(ground, message, jws))
  await settleOutgoing(ground.pool, message.number, { ...settled, receipt: jws })
  ground.queues.outgoing.nudge()
}

function settledBy({ state, reason }: MessageReceipt) {
  switch (state) {
    case 'accepted':
      return { state, problem: null, reason: null } as const
    case 'rejected':
      return { state, problem: null, reason: reason ?? null } as const
    case 'expired':
      return { state: 'dead', problem: 'message-not-taken', reason: null } as const
    default:
      throw exchangeProblem('message-receipt-invalid')
  }
}
