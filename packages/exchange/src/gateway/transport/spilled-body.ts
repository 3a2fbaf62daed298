import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Body } from './body.ts'

/**
 * The body in a file that only its handle leads to. It owns the handle: `dispose` closes it, once what is being read
 * at that moment was read; readers that want more fail. Whoever forgets `dispose` ends the process: Node lets nobody
 * drop a handle that is open.
 */
export function spilledBody(file: FileHandle, bytes: number, sha256: Buffer): Body {
  return {
    bytes,
    sha256,
    memory: null,
    sha512: () => sha512Of(new SpillReader(file, bytes)),
    open: () => new SpillReader(file, bytes),
    content: () => readExactly(file, 0, bytes),
    dispose: () => file.close(),
  }
}

/**
 * Reads by position, so that readers don't disturb one another. It never closes the handle: Node's own reader of a
 * handle does when it is destroyed, whatever `autoClose` says, and HTTP clients destroy what they have sent.
 */
class SpillReader extends Readable {
  readonly #file: FileHandle
  readonly #bytes: number
  #position = 0

  constructor(file: FileHandle, bytes: number) {
    super()
    this.#file = file
    this.#bytes = bytes
  }

  override _read(size: number): void {
    const length = Math.min(size, this.#bytes - this.#position)
    if (length === 0) {
      this.push(null)
      return
    }
    readExactly(this.#file, this.#position, length).then(
      (piece) => {
        this.#position += length
        if (!this.destroyed) this.push(piece)
      },
      (error: Error) => this.destroy(error),
    )
  }
}

/** One read may return less than was asked for. */
async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const content = Buffer.allocUnsafe(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await file.read(content, read, length - read, position + read)
    if (bytesRead === 0) throw new Error('a spill file is shorter than what was written to it')
    read += bytesRead
  }
  return content
}

async function sha512Of(content: Readable): Promise<Buffer> {
  const sha512 = createHash('sha512')
  await pipeline(content, sha512)
  return sha512.digest()
}
