import { createHash } from 'node:crypto'
import { exchangeProblem } from '../../problems.ts'
import { pieceBytes } from './attachment.ts'
import type { Checksum } from './upload-headers.ts'

/**
 * What has a checksum is looked at whole before any of it is kept, so it is no longer than a piece.
 * Throws Problem `attachment-checksum-mismatch` or `body-too-large`.
 */
export async function* checked(
  stream: AsyncIterable<Buffer>,
  { algorithm, digest }: Checksum,
): AsyncGenerator<Buffer> {
  const parts: Buffer[] = []
  const hash = createHash(algorithm)
  let bytes = 0
  for await (const part of stream) {
    bytes += part.length
    if (bytes > pieceBytes) throw exchangeProblem('body-too-large')
    hash.update(part)
    parts.push(part)
  }
  if (!hash.digest().equals(digest)) throw exchangeProblem('attachment-checksum-mismatch')
  yield* parts
}
