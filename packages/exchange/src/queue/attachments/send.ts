import { Problem } from '@sapan/kernel'
import type { GatewayGround } from '../../gateway/ground.ts'
import type { PeerQuestions } from '../../gateway/peer/questions.ts'
import { memberOf } from '../../identifier.ts'
import { exchangeProblem } from '../../problems.ts'
import type { OutgoingMessage } from '../message.ts'
import { attachmentsOf, readPiece } from '../store/attachments.ts'
import { holdOutgoing } from '../store/outgoing.ts'
import { type Attachment, pieceBytes, placeOf } from './attachment.ts'
import { manifestOf } from './manifest.ts'
import { openPiece } from './sealed.ts'

/**
 * Brings a message's attachments to the receiver's gateway before the message itself, from where that has come: piece by piece, while
 * the message is held under its lease. Throws the Problem with which the other gateway refuses.
 */
export async function sendAttachments(
  ground: GatewayGround,
  questions: PeerQuestions,
  message: OutgoingMessage,
): Promise<void> {
  const { client, service, operation } = message
  const attachments = await attachmentsOf(ground.pool, message.number)
  if (attachments.length !== message.attachments) throw exchangeProblem('attachment-unknown')
  const member = memberOf(service)
  const places = await questions.announceAttachments(member, {
    client,
    service,
    operation,
    message: message.message,
    attachments: manifestOf(ground.sealer, attachments),
  })
  for (const attachment of attachments) {
    const place = places.get(attachment.id)
    if (!place) throw exchangeProblem('gateway-answer-invalid')
    for (let at = place.received; at < attachment.length; at += pieceBytes) {
      if (at % pieceBytes !== 0) throw exchangeProblem('gateway-answer-invalid')
      if (!(await holdOutgoing(ground.pool, message, ground.settings.queue.lease)))
        throw exchangeProblem('message-taken-over')
      const piece = await pieceOf(ground, attachment, at)
      await questions.attachmentPiece(member, place.key, at, piece).catch(notThereAnyMore)
    }
  }
}

/** What was announced is gone there: it is announced anew with the next try. */
function notThereAnyMore(error: unknown): never {
  if (error instanceof Problem && error.code === 'attachment-unknown')
    throw exchangeProblem('attachments-missing')
  throw error
}

async function pieceOf({ pool, sealer }: GatewayGround, { id }: Attachment, at: number): Promise<Buffer> {
  const { number } = placeOf(at)
  const sealed = await readPiece(pool, id, number)
  if (!sealed) throw exchangeProblem('attachment-unknown')
  return openPiece(sealer, id, number, sealed)
}
