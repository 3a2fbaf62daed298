import type { IncomingMessage } from 'node:http'
import { Problem } from '@sapan/kernel'
import { portalProblems } from '../problems.ts'

/** Some bytes for the form around the file. */
export const formBytes = 64 * 1024

/**
 * The whole body of a request, of at most so many bytes. Throws `upload-too-large`, as soon as that is known, and
 * `upload-malformed` where the sender went away.
 */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > mostBytes + formBytes) throw tooLarge(mostBytes)
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > mostBytes + formBytes) throw tooLarge(mostBytes)
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem(portalProblems['upload-malformed'], { cause })
  }
  return Buffer.concat(chunks, length)
}

/** Says how large a file may be. */
export function tooLarge(mostBytes: number): Problem {
  const megabytes = Math.floor(mostBytes / 2 ** 20)
  return new Problem(portalProblems['upload-too-large'], {
    detail: { th: `ไฟล์ใหญ่ได้ไม่เกิน ${megabytes} MB`, en: `A file may have ${megabytes} MB at most.` },
  })
}
