import { exchangeProblem } from '../../problems.ts'
import { readPiece } from '../store/attachments.ts'
import { placeOf } from './attachment.ts'
import type { Range } from './range.ts'
import type { AttachmentStore } from './receive.ts'
import { openPiece } from './sealed.ts'

/** These bytes of an attachment, a piece of it in memory at a time. */
export async function* bytesOf(
  { pool, sealer }: AttachmentStore,
  id: string,
  { first, last }: Range,
): AsyncGenerator<Buffer> {
  for (let at = first; at <= last; ) {
    const { number, at: inside } = placeOf(at)
    const sealed = await readPiece(pool, id, number)
    if (!sealed) throw exchangeProblem('attachment-unknown')
    const bytes = openPiece(sealer, id, number, sealed).subarray(inside, inside + last - at + 1)
    if (bytes.length === 0) throw exchangeProblem('attachment-unknown')
    yield bytes
    at += bytes.length
  }
}
