import { memberOf } from '../address.ts'
import type { GatewayGround } from '../gateway/ground.ts'
import { memberKey } from '../gateway/member-key.ts'
import { exchangeProblem } from '../problems.ts'
import type { OutgoingMessage } from './message.ts'
import { type MessageReceipt, readReceipt } from './receipt.ts'

/**
 * What the receiver's receipt says of a message of ours: it must be signed by the member to which the message went, and be
 * of this message, its body and its attachments. Throws Problem `jws-malformed` or `message-receipt-invalid`.
 */
export function checkReceipt(
  { directory, settings }: Pick<GatewayGround, 'directory' | 'settings'>,
  message: OutgoingMessage,
  jws: string,
): MessageReceipt {
  const { receipt, chain, verify } = readReceipt(jws)
  const key = memberKey(directory.current(), {
    root: settings.center.rootFingerprint,
    member: memberOf(message.service),
    chain,
  })
  const isOfMessage =
    receipt.message === message.message &&
    receipt.sender === message.client &&
    receipt.service === message.service &&
    receipt.operation === message.operation &&
    receipt.digest === message.digest.toString('hex') &&
    receipt.attachments === message.manifest?.toString('hex')
  if (!key || !verify(key) || !isOfMessage || receipt.state === 'queued') {
    throw exchangeProblem('message-receipt-invalid')
  }
  return receipt
}
