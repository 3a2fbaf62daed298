import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { exchangeProblem } from '../../problems.ts'
import type { Body } from './body.ts'

/** A body too large for memory on its way into a file: what is held of it at a time stays bounded, whatever its size. */
export class Spill {
  readonly #path: string
  readonly #file: WriteStream
  readonly #sha256 = createHash('sha256')
  readonly #failed: Promise<never>
  #bytes = 0

  constructor(directory: string) {
    this.#path = join(directory, randomUUID())
    this.#file = createWriteStream(this.#path, { flags: 'wx', mode: 0o600 })
    this.#failed = new Promise<never>((_, reject) => {
      this.#file.once('error', (cause) => reject(exchangeProblem('gateway-without-room', { cause })))
    })
    this.#failed.catch(() => this.#file.destroy())
  }

  /** Takes the next piece. False where the disk is behind: what follows should wait for `drained`. */
  write(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    this.#sha256.update(chunk)
    return this.#file.write(chunk)
  }

  /** Resolves when the disk has caught up. Throws Problem `gateway-without-room`. */
  async drained(): Promise<void> {
    if (!this.#file.writableNeedDrain && !this.#file.destroyed) return
    await Promise.race([new Promise((resolve) => this.#file.once('drain', resolve)), this.#failed])
  }

  /** The whole body, once all of it is written. Throws Problem `gateway-without-room`, and leaves no file then. */
  async end(): Promise<Body> {
    try {
      await Promise.race([new Promise<void>((resolve) => this.#file.end(resolve)), this.#failed])
    } catch (error) {
      await this.discard()
      throw error
    }
    return spilledBody(this.#path, this.#bytes, this.#sha256.digest())
  }

  /** Removes what there is of the file. It is closed first: what is still being opened would come into being later. */
  async discard(): Promise<void> {
    const file = this.#file
    if (!file.closed) await new Promise((resolve) => file.once('close', resolve).destroy())
    await rm(this.#path, { force: true })
  }
}

function spilledBody(path: string, bytes: number, sha256: Buffer): Body {
  return {
    bytes,
    sha256,
    memory: null,
    sha512: () => sha512OfFile(path),
    open: () => createReadStream(path),
    content: () => readFile(path),
    dispose: () => rm(path, { force: true }),
  }
}

async function sha512OfFile(path: string): Promise<Buffer> {
  const sha512 = createHash('sha512')
  await pipeline(createReadStream(path), sha512)
  return sha512.digest()
}
