import type { Duplex } from 'node:stream'
import type { PeerMessage, TakeMessage } from '../peer/exchange-route.ts'
import type { Body } from '../transport/body.ts'
import type { Deadlines } from '../transport/deadlines.ts'
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
import { decodeRequestHead, encodeAnswerHead } from './head.ts'
import { Late } from './late.ts'
import { Outbox } from './outbox.ts'
import { Receiving } from './receiving.ts'
import { Sending } from './sending.ts'

export interface ServerLinkOptions {
  /** The other gateway's, DER; undefined where it showed none. */
  readonly certificate: Buffer | undefined
  readonly take: TakeMessage
  readonly deadlines: Deadlines
  /** Milliseconds for the rest of a frame that has begun, and for the whole of a request's body. */
  readonly frameTimeout: number
  readonly bodyTimeout: number
  /** What became of a message that could not even be answered. */
  readonly failed: (error: unknown) => void
  /** Tells that a message is being answered; the function it gives, that it was. */
  readonly running: () => () => void
}

/** A request of a link on its way through the pipeline. */
interface Stream {
  readonly receiving: Receiving
  readonly sending: Sending
  readonly late: Late
}

/** A link that another gateway has opened to this one. */
export class ServerLink {
  readonly #socket: Duplex
  readonly #options: ServerLinkOptions
  readonly #outbox: Outbox
  readonly #reader = new FrameReader()
  readonly #streams = new Map<number, Stream>()
  readonly #half: Late
  #lastStream = 0
  #isClosing = false

  constructor(socket: Duplex, options: ServerLinkOptions) {
    this.#socket = socket
    this.#options = options
    this.#outbox = new Outbox(socket)
    this.#half = new Late(() => socket.destroy())
    socket.on('data', (bytes: Buffer) => this.#read(bytes))
    socket.on('error', () => socket.destroy())
    socket.once('close', () => this.#end())
  }

  /** Takes no more requests; the connection is closed behind the last answer. */
  close(): void {
    if (this.#isClosing) return
    this.#isClosing = true
    this.#outbox.add(frameOf(frameType.closing, 0, 0))
    this.#closeWhenIdle()
  }

  #closeWhenIdle(): void {
    // Behind the frames that wait in the outbox.
    if (this.#isClosing && this.#streams.size === 0) setImmediate(() => this.#socket.end())
  }

  #read(bytes: Buffer): void {
    try {
      this.#reader.read(bytes, (frame) => this.#take(frame))
    } catch {
      this.#socket.destroy()
      return
    }
    const { deadlines, frameTimeout } = this.#options
    if (!this.#reader.isInside) deadlines.remove(this.#half)
    else if (this.#half.place < 0) {
      deadlines.add(this.#half.within(frameTimeout))
    }
  }

  #take(frame: Frame): void {
    const { type, stream } = frame
    if (type === frameType.ping) this.#outbox.add(frameOf(frameType.pong, 0, 0))
    else if (type === frameType.request) this.#begin(frame)
    else if (type !== frameType.pong) {
      if (stream === 0 || stream > this.#lastStream)
        throw new LinkFault('a frame of a stream that nobody opened')
      // Of a stream that is over here, the other side may not know that yet.
      const open = this.#streams.get(stream)
      if (open) this.#goOn(frame, open)
    }
  }

  #goOn({ type, flags, stream, content }: Frame, open: Stream): void {
    if (type === frameType.data) {
      const isLast = (flags & endsBody) !== 0
      if (open.receiving.isWhole) throw new LinkFault('more of a body that is over')
      open.receiving.take(content, isLast)
      if (isLast) this.#options.deadlines.remove(open.late)
    } else if (type === frameType.credit) open.sending.credit(creditOf(content))
    else if (type === frameType.reset) this.#over(stream, open, new Error('the request was cancelled'))
    else throw new LinkFault(`a frame of type ${type}`)
  }

  #begin({ stream, flags, content }: Frame): void {
    const isLast = (flags & endsBody) !== 0
    if (stream <= this.#lastStream) throw new LinkFault('a stream that was opened before')
    this.#lastStream = stream
    if (this.#isClosing || this.#streams.size >= mostStreams) {
      this.#outbox.add(frameOf(frameType.reset, stream, 0, Buffer.of(resetReason.refused)))
      return
    }
    const { head, rest } = headOf(content)
    const { method, authority, target, headers } = decodeRequestHead(head)
    const receiving = new Receiving((bytes) => this.#credit(stream, bytes))
    const open: Stream = {
      receiving,
      sending: new Sending(this.#outbox, stream),
      late: new Late(() => receiving.fail(new Error('the body did not come in time'))),
    }
    this.#streams.set(stream, open)
    receiving.take(rest, isLast)
    if (!isLast) {
      this.#options.deadlines.add(open.late.within(this.#options.bodyTimeout))
    }
    const request = {
      method,
      authority,
      rawTarget: target,
      rawHeaders: headers,
      body: receiving,
      connection: { certificate: this.#options.certificate },
    }
    this.#run(stream, open, {
      request,
      answer: (status, answered, body) => this.#answer(stream, open, status, answered, body),
    })
  }

  #run(stream: number, open: Stream, message: PeerMessage): void {
    const ended = this.#options.running()
    this.#options
      .take(message)
      .catch((error: unknown) => {
        this.#options.failed(error)
        if (this.#streams.has(stream))
          this.#outbox.add(frameOf(frameType.reset, stream, 0, Buffer.of(resetReason.fault)))
      })
      .finally(() => {
        this.#over(stream, open, new Error('the exchange is over'))
        ended()
      })
  }

  /** Resolves when the whole body is on its way: whoever has it may dispose of it then. */
  async #answer(
    stream: number,
    { receiving, sending }: Stream,
    status: number,
    headers: readonly (readonly [string, string])[],
    body: Body,
  ): Promise<void> {
    if (!this.#streams.has(stream)) return
    const content = body.bytes === 0 ? null : body.open()
    const head = encodeAnswerHead({ status, headers: headers.flat() })
    await sending.whole(frameType.answer, head, content)
    // What is left of a body that nobody will read need not come.
    if (!receiving.isWhole && this.#streams.has(stream))
      this.#outbox.add(frameOf(frameType.reset, stream, 0, Buffer.of(resetReason.cancelled)))
  }

  #credit(stream: number, bytes: number): void {
    const count = Buffer.allocUnsafe(4)
    count.writeUInt32BE(bytes, 0)
    this.#outbox.add(frameOf(frameType.credit, stream, 0, count))
  }

  #over(stream: number, { receiving, sending, late }: Stream, error: Error): void {
    if (!this.#streams.delete(stream)) return
    this.#options.deadlines.remove(late)
    receiving.fail(error)
    sending.stop()
    this.#closeWhenIdle()
  }

  #end(): void {
    this.#isClosing = true
    this.#options.deadlines.remove(this.#half)
    for (const [stream, open] of this.#streams) this.#over(stream, open, new Error('the link was closed'))
  }
}
