import { exchangeProblem } from '../../problems.ts'
import { completeAttachment, findUploaded } from '../store/attachments.ts'
import type { Attachment } from './attachment.ts'
import { type AttachmentStore, digestOf } from './receive.ts'

/** For which queue of which service they were uploaded. */
interface For {
  readonly client: string
  readonly service: string
  readonly operation: string
}

/**
 * The attachments that a message names, each here as a whole and uploaded for the message's queue. Throws Problem
 * `attachment-unknown`, `attachment-incomplete`.
 */
export async function uploaded(
  store: AttachmentStore,
  { client, service, operation }: For,
  ids: readonly string[],
): Promise<Attachment[]> {
  const found = await findUploaded(store.pool, client, ids)
  const missing = ids.find(
    (id) => !found.some((one) => one.id === id && one.service === service && one.operation === operation),
  )
  if (missing !== undefined)
    throw exchangeProblem('attachment-unknown', { extensions: { attachment: missing } })
  const whole: Attachment[] = []
  for (const attachment of found) whole.push(await settled(store, attachment))
  return whole
}

/** With its digest, which a gateway that ended between the last byte and the digest has left to be made. */
export async function settled(store: AttachmentStore, attachment: Attachment): Promise<Attachment> {
  const { id, length, received, digest } = attachment
  if (digest) return attachment
  if (received < length) throw exchangeProblem('attachment-incomplete', { extensions: { attachment: id } })
  const made = await digestOf(store, id, length)
  await completeAttachment(store.pool, id, made)
  return { ...attachment, digest: made }
}
