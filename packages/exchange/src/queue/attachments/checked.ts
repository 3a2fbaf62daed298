import { createHash } from 'node:crypto'
import { exchangeProblem } from '../../problems.ts'
import type { Checksum } from './upload-headers.ts'

/** What has a checksum is in memory as a whole. */
const mostChecked = 4 * 1024 * 1024

/**
 * What has a checksum is looked at whole before any of it is kept, so it has 4 MiB at most.
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
    if (bytes > mostChecked) throw tooLongToCheck()
    hash.update(part)
    parts.push(part)
  }
  if (!hash.digest().equals(digest)) throw exchangeProblem('attachment-checksum-mismatch')
  yield* parts
}

function tooLongToCheck() {
  return exchangeProblem('body-too-large', {
    detail: {
      th: 'ส่วนที่มี Upload-Checksum มีได้ไม่เกิน 4 MiB ต่อคำขอ',
      en: 'A part with Upload-Checksum has 4 MiB at most',
    },
    extensions: { bytes: mostChecked },
  })
}
