import type { Readable } from 'node:stream'
import { endsBody, type FrameType, firstCredit, frameOf, frameType, longestPiece } from './frame.ts'
import type { Outbox } from './outbox.ts'

/** A message on its way out: its head with the beginning of its body, and the rest as the other side takes it. */
export class Sending {
  readonly #outbox: Outbox
  readonly #stream: number
  #credit = firstCredit
  #rest: Buffer | undefined
  #source: Readable | undefined
  #over: (() => void) | undefined
  #isOver = false

  constructor(outbox: Outbox, stream: number) {
    this.#outbox = outbox
    this.#stream = stream
  }

  /** Sends a message; resolves when the last of it is on its way, or `stop` was called. Rejects where its body cannot be read. */
  whole(type: FrameType, head: Buffer, body: Buffer | Readable | null): Promise<void> {
    const length = Buffer.allocUnsafe(4)
    length.writeUInt32BE(head.length, 0)
    if (body !== null && !Buffer.isBuffer(body)) {
      this.#outbox.add(frameOf(type, this.#stream, 0, length, head))
      return this.#sendAll(body)
    }
    const bytes = body ?? empty
    const first = bytes.length <= longestPiece ? bytes : bytes.subarray(0, longestPiece)
    this.#credit -= first.length
    const isLast = first.length === bytes.length
    this.#outbox.add(frameOf(type, this.#stream, isLast ? endsBody : 0, length, head, first))
    if (isLast) {
      this.#isOver = true
      return sent
    }
    this.#rest = bytes.subarray(first.length)
    return new Promise((resolve) => {
      this.#over = resolve
      this.#sendRest()
    })
  }

  /** The other side has taken so much. */
  credit(bytes: number): void {
    this.#credit += bytes
    this.#sendRest()
    this.#sendSource()
  }

  /** Nothing more is sent. */
  stop(): void {
    if (this.#isOver) return
    this.#source?.destroy()
    this.#end()
  }

  #sendAll(source: Readable): Promise<void> {
    this.#source = source
    return new Promise((resolve, reject) => {
      this.#over = resolve
      source.on('readable', () => this.#sendSource())
      source.once('end', () => {
        if (!this.#isOver) this.#data(empty, true)
      })
      source.once('error', (error) => {
        reject(error)
        this.#end()
      })
    })
  }

  #sendRest(): void {
    while (this.#rest !== undefined && this.#credit > 0) {
      const piece = this.#rest.subarray(0, Math.min(longestPiece, this.#credit))
      const isLast = piece.length === this.#rest.length
      this.#rest = isLast ? undefined : this.#rest.subarray(piece.length)
      this.#data(piece, isLast)
    }
  }

  #sendSource(): void {
    const source = this.#source
    while (source && !this.#isOver && this.#credit > 0) {
      const most = Math.min(longestPiece, this.#credit)
      const piece: Buffer | null = source.read(asked(source, most))
      if (piece === null) return
      // A stream of whole pieces gives them whole.
      if (piece.length > most) source.unshift(piece.subarray(most))
      this.#data(piece.subarray(0, most), false)
    }
  }

  #data(piece: Buffer, isLast: boolean): void {
    this.#credit -= piece.length
    this.#outbox.add(frameOf(frameType.data, this.#stream, isLast ? endsBody : 0, piece))
    if (isLast) this.#end()
  }

  #end(): void {
    this.#isOver = true
    this.#rest = undefined
    this.#over?.()
    this.#over = undefined
  }
}

/** A stream of whole pieces would take a number for one of pieces, and hold as many of them ready from then on. */
function asked(source: Readable, most: number): number | undefined {
  return source.readableObjectMode ? undefined : Math.min(most, source.readableLength || most)
}

const empty = Buffer.alloc(0)
const sent = Promise.resolve()
