import { Problem } from '@sapan/kernel'
import { memberOf } from '../address.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import type { PeerQuestions } from '../gateway/peer/questions.ts'
import { retryDelay } from './backoff.ts'
import type { IncomingMessage } from './message.ts'
import { markTold, retryIncoming } from './store/incoming.ts'

/** Brings the receipt of a message's outcome to its sender's gateway, again and again until it is taken. */
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
    const delay = retryDelay(attempts, ground.settings.queue)
    await retryIncoming(ground.pool, number, { delay, problem: error.code })
  }
}
