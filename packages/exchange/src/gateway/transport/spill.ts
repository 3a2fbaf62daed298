import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Problem } from '@sapan/kernel'
import { exchangeProblem } from '../../problems.ts'
import type { Body } from './body.ts'
import { spilledBody } from './spilled-body.ts'

/**
 * A body too large for memory on its way into a file: what is held of it at a time stays bounded, whatever its size.
 * The file has no name, so that nothing of it outlives the process, however that ends.
 */
export class Spill {
  readonly #opened: Promise<FileHandle>
  readonly #file: Writable
  readonly #sha256 = createHash('sha256')
  readonly #failed: Promise<never>
  #bytes = 0

  constructor(directory: string) {
    this.#opened = openNameless(directory)
    this.#file = writingTo(this.#opened)
    this.#failed = new Promise<never>((_, reject) => {
      this.#file.once('error', (cause) => reject(withoutRoom(cause)))
    })
    this.#failed.catch(() => {})
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
      await Promise.race([this.#failed, this.#written()])
    } catch (error) {
      await this.discard()
      throw error
    }
    return spilledBody(await this.#opened, this.#bytes, this.#sha256.digest())
  }

  /** A disk that fails is told here before it is told as an event. */
  #written(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#file.end((error?: Error | null) => (error ? reject(withoutRoom(error)) : resolve()))
    })
  }

  /** Gives the file back: its room is free when this resolves. */
  async discard(): Promise<void> {
    this.#file.destroy()
    const file = await this.#opened.catch(() => undefined)
    await file?.close()
  }
}

function withoutRoom(cause: unknown): Problem {
  return exchangeProblem('gateway-without-room', { cause })
}

/** A new file, private to us, whose name is gone before anything is in it: the system frees it with its last handle. */
async function openNameless(directory: string): Promise<FileHandle> {
  const path = join(directory, randomUUID())
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Writes one piece behind the other; pieces that came meanwhile go together. It leaves the handle open. */
function writingTo(opened: Promise<FileHandle>): Writable {
  const append = (content: Buffer, done: (error?: Error) => void) => {
    opened.then((file) => file.writeFile(content)).then(() => done(), done)
  }
  return new Writable({
    write: (chunk: Buffer, _, done) => append(chunk, done),
    writev: (pieces, done) => append(Buffer.concat(pieces.map(({ chunk }): Buffer => chunk)), done),
  })
}
