import { createHash } from 'node:crypto'
import type { Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { exchangeProblem } from '../../problems.ts'
import { completeAttachment, keepPiece, readPiece } from '../store/attachments.ts'
import { type Attachment, pieceBytes, piecesOf, placeOf } from './attachment.ts'
import { openPiece, sealPiece } from './sealed.ts'

export interface AttachmentStore {
  readonly pool: Pool
  readonly sealer: Sealer
}

/**
 * Adds what comes to an attachment and says how far it is here then. Never more than a piece is in memory; each is committed
 * before the next is read. Where the stream breaks off, what came until then is kept, and the error thrown.
 * Throws Problem `attachment-offset-conflict` or `attachment-too-long`.
 */
export async function receiveBytes(
  store: AttachmentStore,
  { id, length, received }: Attachment,
  stream: AsyncIterable<Buffer>,
): Promise<number> {
  const piece = new OpenPiece(store, id, received, await begun(store, id, received))
  try {
    for await (const bytes of stream) {
      if (piece.end + bytes.length > length) throw exchangeProblem('attachment-too-long')
      await piece.add(bytes)
    }
  } finally {
    await piece.keep()
  }
  if (piece.end === length) await completeAttachment(store.pool, id, await digestOf(store, id, length))
  return piece.end
}

/** SHA-256 of an attachment that is here as a whole, read piece by piece: a hash that is half done can't be kept in a table. */
export async function digestOf(
  { pool, sealer }: AttachmentStore,
  id: string,
  length: number,
): Promise<Buffer> {
  const hash = createHash('sha256')
  for (let number = 0; number < piecesOf(length); number++) {
    hash.update(await openedPiece({ pool, sealer }, id, number))
  }
  return hash.digest()
}

async function openedPiece({ pool, sealer }: AttachmentStore, id: string, number: number): Promise<Buffer> {
  const sealed = await readPiece(pool, id, number)
  if (!sealed) throw exchangeProblem('attachment-unknown')
  return openPiece(sealer, id, number, sealed)
}

/** What is here of the piece that is not full yet. */
async function begun(store: AttachmentStore, id: string, received: number): Promise<Buffer> {
  const { number, at } = placeOf(received)
  if (at === 0) return Buffer.alloc(0)
  const bytes = await openedPiece(store, id, number)
  // Somebody else has added to it since the attachment was looked at.
  if (bytes.length !== at) throw exchangeProblem('attachment-offset-conflict')
  return bytes
}

/** The piece that grows. What is full is kept at once. */
class OpenPiece {
  readonly #store: AttachmentStore
  readonly #id: string
  #kept: number
  #parts: Buffer[]
  #bytes: number
  /** Behind the last byte that came. */
  end: number

  constructor(store: AttachmentStore, id: string, received: number, begun: Buffer) {
    this.#store = store
    this.#id = id
    this.#kept = received
    this.#parts = begun.length === 0 ? [] : [begun]
    this.#bytes = begun.length
    this.end = received
  }

  async add(bytes: Buffer): Promise<void> {
    for (let rest = bytes; rest.length > 0; ) {
      const part = rest.subarray(0, pieceBytes - this.#bytes)
      rest = rest.subarray(part.length)
      this.#parts.push(part)
      this.#bytes += part.length
      this.end += part.length
      if (this.#bytes === pieceBytes) await this.keep()
    }
  }

  async keep(): Promise<void> {
    if (this.end === this.#kept) return
    const { number } = placeOf(this.end - 1)
    const content = sealPiece(this.#store.sealer, this.#id, number, Buffer.concat(this.#parts, this.#bytes))
    const isKept = await keepPiece(this.#store.pool, {
      id: this.#id,
      from: this.#kept,
      to: this.end,
      number,
      content,
    })
    // What could not be kept is not tried a second time.
    const wasKept = this.#kept
    this.#kept = this.end
    if (this.#bytes === pieceBytes) {
      this.#parts = []
      this.#bytes = 0
    }
    if (!isKept) throw exchangeProblem('attachment-offset-conflict', { extensions: { offset: wasKept } })
  }
}
