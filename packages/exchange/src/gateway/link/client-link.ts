import { type Duplex, Readable } from 'node:stream'
import type { Answer, AnswerBounds } from '../transport/answer.ts'
import { AnswerTooLate } from '../transport/answer.ts'
import type { Awaited, Deadlines } from '../transport/deadlines.ts'
import { creditOf, headOf } from './contents.ts'
import {
  endsBody,
  type Frame,
  FrameReader,
  frameOf,
  frameType,
  LinkFault,
  mostStreams,
  resetReason,
} from './frame.ts'
import { type AnswerHead, decodeAnswerHead, encodeRequestHead, type RequestHead } from './head.ts'
import { Late } from './late.ts'
import { Outbox } from './outbox.ts'
import { Receiving } from './receiving.ts'
import { Sending } from './sending.ts'

/** Milliseconds. */
const longestSilence = 5_000

/** The other gateway did nothing with the request: it may be sent elsewhere. */
export class LinkRefused extends Error {}

/** A link that this gateway has opened to another: any number of requests at a time over one connection. */
export class ClientLink {
  readonly #socket: Duplex
  readonly #outbox: Outbox
  readonly #deadlines: Deadlines
  readonly #reader = new FrameReader()
  readonly #awaiting = new Map<number, AwaitedAnswer>()
  readonly #silence: Late
  #lastStream = 0
  #seenStream = 0
  #isClosing = false

  constructor(socket: Duplex, deadlines: Deadlines) {
    this.#silence = new Late(() => socket.destroy())
    this.#socket = socket
    this.#outbox = new Outbox(socket)
    this.#deadlines = deadlines
    socket.on('data', (bytes: Buffer) => this.#read(bytes))
    socket.on('error', (error) => this.#end(error))
    socket.once('close', () => this.#end(new Error('the link was closed')))
  }

  /** Whether another request may be sent. */
  get isOpen(): boolean {
    return !this.#isClosing && this.#awaiting.size < mostStreams
  }

  /** Whether its connection is gone, or goes when what is open has ended. */
  get isEnded(): boolean {
    return this.#isClosing
  }

  /** Closes where nothing was asked since the last time that this was called. */
  closeIfUnused(): boolean {
    const isUnused = this.isIdle && this.#lastStream === this.#seenStream
    this.#seenStream = this.#lastStream
    if (isUnused) this.close()
    return isUnused
  }

  get isIdle(): boolean {
    return this.#awaiting.size === 0
  }

  /** Sends no more requests; closes when the last answer is there. */
  close(): void {
    this.#isClosing = true
    if (this.isIdle) this.#socket.end()
  }

  destroy(): void {
    this.#isClosing = true
    this.#socket.destroy()
  }

  /**
   * Sends a request and takes in the whole answer. Rejects with `LinkRefused`, `AnswerTooLate`, `LinkFault`, with what became of
   * the connection, and what `BodyIntake` throws of a large body. A stream as its body is used up in any case.
   */
  request(head: RequestHead, body: Buffer | Readable | null, bounds: AnswerBounds): Promise<Answer> {
    const opening = encodeRequestHead(head)
    const stream = ++this.#lastStream
    return new Promise((resolve, reject) => {
      const sending = new Sending(this.#outbox, stream)
      const over = (reason?: number) => {
        if (!this.#awaiting.delete(stream)) return
        this.#deadlines.remove(awaited)
        sending.stop()
        if (body instanceof Readable) body.destroy()
        if (reason !== undefined) this.#outbox.add(frameOf(frameType.reset, stream, 0, Buffer.of(reason)))
        if (this.#isClosing && this.isIdle) this.#socket.end()
      }
      const awaited = new AwaitedAnswer({
        bounds,
        sending,
        taken: (bytes) => this.#credit(stream, bytes),
        answered: (answer) => {
          over()
          resolve(answer)
        },
        failed: (error, isTold) => {
          over(isTold ? undefined : resetReason.cancelled)
          reject(error)
        },
        onSilence: () => this.#askWhetherThere(),
      })
      this.#awaiting.set(stream, awaited)
      this.#deadlines.add(awaited)
      sending.whole(frameType.request, opening, body).catch((error: Error) => awaited.fail(error))
    })
  }

  #credit(stream: number, bytes: number): void {
    const count = Buffer.allocUnsafe(4)
    count.writeUInt32BE(bytes, 0)
    this.#outbox.add(frameOf(frameType.credit, stream, 0, count))
  }

  /** An answer that is late says nothing of the others; a gateway from which nothing comes at all is not there. */
  #askWhetherThere(): void {
    if (this.#silence.place >= 0) return
    this.#outbox.add(frameOf(frameType.ping, 0, 0))
    this.#deadlines.add(this.#silence.within(longestSilence))
  }

  #read(bytes: Buffer): void {
    this.#deadlines.remove(this.#silence)
    try {
      this.#reader.read(bytes, (frame) => this.#take(frame))
    } catch (error) {
      this.#socket.destroy(error instanceof Error ? error : undefined)
    }
  }

  #take(frame: Frame): void {
    const { type, stream } = frame
    if (type === frameType.ping) this.#outbox.add(frameOf(frameType.pong, 0, 0))
    else if (type === frameType.closing) this.close()
    else if (type !== frameType.pong) {
      if (stream === 0 || stream > this.#lastStream)
        throw new LinkFault('a frame of a stream that nobody opened')
      // Of a stream that is over here, the other side may not know that yet.
      this.#awaiting.get(stream)?.take(frame)
    }
  }

  #end(error: Error): void {
    this.#isClosing = true
    this.#deadlines.remove(this.#silence)
    for (const awaited of this.#awaiting.values()) awaited.fail(error, true)
  }
}

interface AwaitedParts {
  readonly bounds: AnswerBounds
  readonly sending: Sending
  readonly taken: (bytes: number) => void
  readonly answered: (answer: Answer) => void
  /** `isTold`: the other side knows already. */
  readonly failed: (error: unknown, isTold: boolean) => void
  /** Nothing came in time. */
  readonly onSilence: () => void
}

/** The answer to one request of a link. */
class AwaitedAnswer implements Awaited {
  readonly #parts: AwaitedParts
  #receiving: Receiving | undefined
  deadline: number
  place = -1

  constructor(parts: AwaitedParts) {
    this.#parts = parts
    this.deadline = performance.now() + parts.bounds.timeoutMs
  }

  /** Throws `LinkFault`. */
  take({ type, flags, content }: Frame): void {
    const isLast = (flags & endsBody) !== 0
    if (type === frameType.answer) {
      const { head, rest } = headOf(content)
      this.#begin(decodeAnswerHead(head), rest, isLast)
    } else if (type === frameType.data) {
      if (!this.#receiving || this.#receiving.isWhole) throw new LinkFault('more of a body that is not open')
      this.#receiving.take(content, isLast)
    } else if (type === frameType.credit) this.#credit(creditOf(content))
    else if (type === frameType.reset) this.#reset(content[0] ?? 0)
    else throw new LinkFault(`a frame of type ${type}`)
  }

  #begin({ status, headers }: AnswerHead, first: Buffer, isLast: boolean): void {
    if (this.#receiving) throw new LinkFault('a second answer')
    const { bounds, taken, answered, failed } = this.#parts
    const receiving = new Receiving(taken)
    this.#receiving = receiving
    if (bounds.bodyAnew) this.deadline = performance.now() + bounds.timeoutMs
    receiving.take(first, isLast)
    const problems = {
      tooLarge: bounds.tooLarge,
      brokenOff: (cause: unknown) => (cause instanceof Error ? cause : new Error('broken off')),
    }
    receiving.read(bounds.limits, problems).then(
      (body) => answered({ status, rawHeaders: [...headers], body }),
      (error) => failed(error, false),
    )
  }

  #credit(bytes: number): void {
    // While the last of the request is on its way, its answer is not due.
    if (!this.#receiving) this.deadline = performance.now() + this.#parts.bounds.timeoutMs
    this.#parts.sending.credit(bytes)
  }

  #reset(reason: number): void {
    const isRefused = reason === resetReason.refused && !this.#receiving
    this.fail(
      isRefused ? new LinkRefused('the request was refused') : new Error('the request was reset'),
      true,
    )
  }

  fail(error: Error, isTold = false): void {
    if (this.#receiving && !this.#receiving.isWhole) this.#receiving.fail(error)
    else if (!this.#receiving) this.#parts.failed(error, isTold)
  }

  expire(): void {
    this.#parts.onSilence()
    this.fail(new AnswerTooLate('no answer in time'))
  }
}
