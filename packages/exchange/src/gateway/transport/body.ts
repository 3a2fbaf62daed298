import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Problem, type ProblemType } from '@sapan/kernel'

/** A whole message body: in memory while small, in a spill file when large. */
export interface Body {
  readonly bytes: number
  /** SHA-256 of the content (RFC 9530 `sha-256`). */
  readonly sha256: Buffer
  /** The content, or null when it was spilled. */
  readonly memory: Buffer | null
  /** A fresh reader of the content, for sending on. */
  open(): Buffer | Readable
  /** The whole content in memory; for bodies whose size was looked at first. */
  content(): Promise<Buffer>
  /** Removes the spill file, if there is one. */
  dispose(): Promise<void>
}

export interface BodyLimits {
  readonly bodyBytes: number
  readonly memoryBytes: number
  /** An existing folder for spill files. */
  readonly spillDirectory: string
}

const nothing: readonly Buffer[] = []

/** A body from bytes that are in memory already. */
export function memoryBody(content: Buffer): Body {
  return wholeInMemory(content, createHash('sha256').update(content).digest())
}

/** The body of a message without one. */
export const emptyBody: Body = memoryBody(Buffer.concat(nothing))

function wholeInMemory(content: Buffer, sha256: Buffer): Body {
  return {
    bytes: content.length,
    sha256,
    memory: content,
    open: () => content,
    content: async () => content,
    dispose: async () => {},
  }
}

/**
 * Reads a stream to its end. Throws a Problem of type `tooLarge` as soon as `bodyBytes` is passed;
 * a stream that breaks off rejects with its own error. Nothing is left on disk after a failure.
 */
export async function readBody(stream: Readable, limits: BodyLimits, tooLarge: ProblemType): Promise<Body> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > limits.bodyBytes) throw tooLargeProblem(tooLarge, limits)
    chunks.push(chunk)
    if (bytes > limits.memoryBytes) return spill(stream, chunks, limits, tooLarge)
  }
  const only = chunks[0]
  if (only === undefined) return emptyBody
  return memoryBody(chunks.length === 1 ? only : Buffer.concat(chunks, bytes))
}

function tooLargeProblem(type: ProblemType, limits: BodyLimits): Problem {
  const mebibytes = Math.round((limits.bodyBytes / 1048576) * 10) / 10
  return new Problem(type, {
    detail: {
      th: `เนื้อหาใหญ่กว่าที่รับได้ คือ ${mebibytes} MiB`,
      en: `The body is larger than the ${mebibytes} MiB accepted here`,
    },
  })
}

/** Continues a read into a file, with backpressure, so that memory stays bounded whatever the size. */
async function spill(
  stream: Readable,
  begun: Buffer[],
  limits: BodyLimits,
  tooLarge: ProblemType,
): Promise<Body> {
  const path = join(limits.spillDirectory, randomUUID())
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  const hash = createHash('sha256')
  let bytes = 0
  const failed = new Promise<never>((_, reject) => file.once('error', reject))
  failed.catch(() => file.destroy())
  const take = async (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limits.bodyBytes) throw tooLargeProblem(tooLarge, limits)
    hash.update(chunk)
    if (!file.write(chunk))
      await Promise.race([new Promise((resolve) => file.once('drain', resolve)), failed])
  }
  try {
    for (const chunk of begun) await take(chunk)
    for await (const chunk of stream as AsyncIterable<Buffer>) await take(chunk)
    await Promise.race([new Promise<void>((resolve) => file.end(resolve)), failed])
  } catch (error) {
    file.destroy()
    await rm(path, { force: true })
    throw error
  }
  return {
    bytes,
    sha256: hash.digest(),
    memory: null,
    open: () => createReadStream(path),
    content: () => readFile(path),
    dispose: () => rm(path, { force: true }),
  }
}
