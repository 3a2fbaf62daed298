import { createHash, hash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem, type ProblemType } from '@sapan/kernel'
import { exchangeProblem, exchangeProblems } from '../../problems.ts'

/** A whole message body: in memory while small, in a spill file when large. */
export interface Body {
  readonly bytes: number
  /** SHA-256 of the content (RFC 9530 `sha-256`). */
  readonly sha256: Buffer
  /** The content, or null when it was spilled. */
  readonly memory: Buffer | null
  /** SHA-512 of the content, which only X-Road's hash of a request needs. */
  sha512(): Promise<Buffer>
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

class MemoryBody implements Body {
  readonly memory: Buffer
  readonly sha256: Buffer

  constructor(content: Buffer) {
    this.memory = content
    this.sha256 = hash('sha256', content, 'buffer')
  }

  get bytes(): number {
    return this.memory.length
  }

  async sha512(): Promise<Buffer> {
    return hash('sha512', this.memory, 'buffer')
  }

  open(): Buffer {
    return this.memory
  }

  async content(): Promise<Buffer> {
    return this.memory
  }

  async dispose(): Promise<void> {}
}

/** A body from bytes that are in memory already. */
export function memoryBody(content: Buffer): Body {
  return new MemoryBody(content)
}

/** The body of a message without one. */
export const emptyBody: Body = memoryBody(Buffer.alloc(0))

/**
 * Reads a stream to its end. Throws a Problem of type `tooLarge` as soon as `bodyBytes` is passed, `gateway-without-room`
 * where there is no place for a large one, and the Problem `brokenOff` makes of what happened where the stream breaks
 * off. Nothing is left on disk after a failure.
 */
export async function readBody(
  stream: Readable,
  limits: BodyLimits,
  { tooLarge, brokenOff }: BodyProblems,
): Promise<Body> {
  try {
    const { chunks, bytes, ended } = await gather(stream, Math.min(limits.memoryBytes, limits.bodyBytes))
    if (bytes > limits.bodyBytes) throw tooLargeProblem(tooLarge, limits)
    if (!ended) return await spill(stream, chunks, limits, tooLarge)
    const only = chunks[0]
    if (only === undefined) return emptyBody
    return memoryBody(chunks.length === 1 ? only : Buffer.concat(chunks, bytes))
  } catch (error) {
    throw error instanceof Problem ? error : brokenOff(error)
  }
}

interface Gathered {
  readonly chunks: Buffer[]
  readonly bytes: number
  /** False where more than `most` bytes came: the stream is paused behind them. */
  readonly ended: boolean
}

/** Listens for the chunks itself: for the small bodies that most are, an iterator costs more than the reading. */
function gather(stream: Readable, most: number): Promise<Gathered> {
  if (stream.destroyed && !stream.readableEnded) return Promise.reject(stream.errored ?? new Error('closed'))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const finish = (ended: boolean) => {
      stream.off('data', take).off('end', end).off('error', fail).off('close', fail)
      resolve({ chunks, bytes, ended })
    }
    const take = (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes <= most) return
      stream.pause()
      finish(false)
      // What breaks off before the spill reads on is met there; unheard, it would end the process.
      stream.on('error', () => {})
    }
    const end = () => finish(true)
    const fail = (error?: unknown) => reject(error ?? new Error('closed before its end'))
    stream.on('data', take).once('end', end).once('error', fail).once('close', fail)
  })
}

/** How what goes wrong with a body is told: it depends on whose body it is. */
export interface BodyProblems {
  readonly tooLarge: ProblemType
  readonly brokenOff: (cause: unknown) => Problem
}

/** For the body of a request. */
export const requestBodyProblems: BodyProblems = {
  tooLarge: exchangeProblems['body-too-large'],
  brokenOff: (cause) => exchangeProblem('request-incomplete', { cause }),
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
  const sha256 = createHash('sha256')
  let bytes = 0
  const failed = new Promise<never>((_, reject) => {
    file.once('error', (cause) => reject(exchangeProblem('gateway-without-room', { cause })))
  })
  failed.catch(() => file.destroy())
  const take = async (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limits.bodyBytes) throw tooLargeProblem(tooLarge, limits)
    sha256.update(chunk)
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
    sha256: sha256.digest(),
    memory: null,
    sha512: () => hashOfFile(path),
    open: () => createReadStream(path),
    content: () => readFile(path),
    dispose: () => rm(path, { force: true }),
  }
}

async function hashOfFile(path: string): Promise<Buffer> {
  const sha512 = createHash('sha512')
  await pipeline(createReadStream(path), sha512)
  return sha512.digest()
}

/** Breaks a stream off with `problem` when its time is up: a sender that drips must not hold an exchange for ever. */
export function endWithin(stream: Readable, milliseconds: number, problem: () => Problem): void {
  const timer = setTimeout(() => stream.destroy(problem()), milliseconds)
  stream.once('close', () => clearTimeout(timer))
}
