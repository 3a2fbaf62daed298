import { memberOf } from '../address.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { exchangeProblem } from '../problems.ts'
import { calledBack } from './call-back.ts'
import { checkReceipt } from './check-receipt.ts'
import type { OutgoingMessage } from './message.ts'
import { type MessageReceipt, readReceipt } from './receipt.ts'
import { findSent, settleOutgoing } from './store/outgoing.ts'

/**
 * Takes what a receiver's gateway tells of a message of ours. `members`: those for whom that gateway speaks. Taking it twice
 * changes nothing. Throws Problem `message-receipt-invalid`, or `message-unknown` to whoever has no part in the message;
 * `gateway-not-ready` and `peer-not-for-member` where a member has moved, and not everybody knows it yet.
 */
export async function takeOutcome(
  ground: GatewayGround,
  members: readonly string[],
  jws: string,
): Promise<void> {
  const { receipt: claimed } = readReceipt(jws)
  const sender = memberOf(claimed.sender)
  ground.signers.checkStays(sender)
  if (!ground.signers.hosts(sender)) throw exchangeProblem('gateway-not-ready')
  const message = await findSent(ground.pool, claimed.sender, claimed.message)
  if (!message) throw exchangeProblem('message-unknown')
  const speaks = members.includes(memberOf(message.service))
  const settled = settledBy(genuine(ground, { message, jws, speaks }))
  if (!speaks) throw exchangeProblem('peer-not-for-member')
  await settleOutgoing(ground.pool, message.number, { ...settled, receipt: jws }, calledBack(ground))
  ground.queues.outgoing.nudge()
  ground.queues.callbacks.nudge()
}

/** Who does not speak for the receiver learns that there is such a message only where it brings the receiver's own word. */
function genuine(
  ground: GatewayGround,
  { message, jws, speaks }: { message: OutgoingMessage; jws: string; speaks: boolean },
): MessageReceipt {
  try {
    return checkReceipt(ground, message, jws)
  } catch (error) {
    throw speaks ? error : exchangeProblem('message-unknown')
  }
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
