import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'

/**
 * A whole message body: in memory while small, in a spill file without a name when large. Whoever has it disposes
 * of it.
 */
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
  /** Gives the spill file back, if there is one; what still reads from it fails. May be called again. */
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
