import { constants, createZstdCompress, type ZstdCompress } from 'node:zlib'

interface Waiting {
  readonly resolve: (page: Buffer) => void
  readonly reject: (cause: unknown) => void
}

/**
 * Compresses pages one after another with one Zstandard context, each to a frame of its own (RFC 8878 §3.1), beside the
 * event loop. A context for each page would hold its buffers until the next full garbage collection, and so bring that
 * about every few seconds, for which all pages then wait.
 */
export class ZstdPages {
  #stream: ZstdCompress | undefined
  #parts: Buffer[] = []
  readonly #waiting: Waiting[] = []

  /** The page as one frame. Rejects where zlib refuses; the next page gets a new context. */
  compress(page: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#stream ??= this.#open()
      this.#stream.write(page)
      this.#stream.flush(constants.ZSTD_e_end, () => this.#endFrame())
      this.#waiting.push({ resolve, reject })
    })
  }

  #open(): ZstdCompress {
    const stream = createZstdCompress()
    stream.on('data', (part: Buffer) => this.#parts.push(part))
    stream.once('error', (cause) => this.#fail(cause))
    return stream
  }

  #endFrame(): void {
    const parts = this.#parts
    this.#parts = []
    this.#waiting.shift()?.resolve(Buffer.concat(parts))
  }

  #fail(cause: unknown): void {
    this.#stream = undefined
    this.#parts = []
    for (const { reject } of this.#waiting.splice(0)) reject(cause)
  }
}
