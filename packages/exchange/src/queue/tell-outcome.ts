import { Problem } from '@sapan/kernel'
import { memberOf } from '../address.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import type { PeerQuestions } from '../gateway/peer/questions.ts'
import { retryDelay } from './backoff.ts'
import type { IncomingMessage } from './message.ts'
import { giveUpTelling, markTold, retryIncoming } from './store/incoming.ts'

/** Refusals of the outcome itself. All others are of the two gateways, whose directories or certificates may be about to change. */
const refusals = new Set(['message-unknown', 'message-receipt-invalid', 'jws-malformed', 'request-invalid'])

/**
 * Brings the receipt of a message's outcome to its sender's gateway, again and again until it is taken; or until there is nobody
 * who could take it.
 */
export async function tellOutcome(
  ground: GatewayGround,
  questions: Pick<PeerQuestions, 'outcome'>,
  message: IncomingMessage,
): Promise<void> {
  const { number, client, receiptOutcome, attempts } = message
  if (receiptOutcome === null) throw new Error('the message has no outcome')
  try {
    ground.signers.checkStays(memberOf(message.service))
    await questions.outcome(memberOf(client), receiptOutcome)
    await markTold(ground.pool, number)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (isGone(ground, memberOf(client)) || refusals.has(error.code)) {
      await giveUpTelling(ground.pool, number, error.code)
      return
    }
    const delay = retryDelay(attempts, ground.settings.queue)
    await retryIncoming(ground.pool, number, { delay, problem: error.code })
  }
}

/** A member that comes back to a gateway has nothing there of what it sent before. */
function isGone({ directory }: GatewayGround, member: string): boolean {
  return directory.current().gatewaysOf(member).length === 0
}
