import { memberOf } from '../address.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import type { IncomingMessage } from './message.ts'
import { receiptOfAttachments, signReceipt } from './receipt.ts'
import { settleIncoming } from './store/incoming.ts'

/** What became of a message that was kept for a system of ours. */
export interface Outcome {
  readonly state: 'accepted' | 'rejected' | 'expired'
  readonly reason: string | null
}

/** Keeps the outcome with its signed receipt, and brings it on its way to the sender. Whether it was the first. */
export async function settle(
  ground: GatewayGround,
  message: IncomingMessage,
  outcome: Outcome,
): Promise<boolean> {
  const { client, service, operation, digest, manifest } = message
  const receipt = signReceipt(
    {
      state: outcome.state,
      message: message.message,
      sender: client,
      service,
      operation,
      digest: digest.toString('hex'),
      ...receiptOfAttachments(manifest),
      at: new Date(ground.clock()).toISOString(),
      ...(outcome.reason === null ? {} : { reason: outcome.reason }),
    },
    ground.signers.of(memberOf(service)),
  )
  const isFirst = await settleIncoming(ground.pool, message.number, { ...outcome, receipt })
  ground.queues.incoming.nudge()
  return isFirst
}
