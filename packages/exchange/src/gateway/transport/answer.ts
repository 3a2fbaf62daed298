import { Readable } from 'node:stream'
import type { ProblemType } from '@sapan/kernel'
import type { Dispatcher } from 'undici'
import type { Body, BodyLimits } from './body.ts'
import { BodyIntake } from './body-intake.ts'
import type { Awaited, Deadlines } from './deadlines.ts'

/** A whole answer. */
export interface Answer {
  readonly status: number
  /** Names, in lower case, and values in turn; duplicates kept. */
  readonly rawHeaders: string[]
  readonly body: Body
}

/** What an answer may take. */
export interface AnswerBounds {
  readonly limits: BodyLimits
  /** The problem of a body beyond `limits`. */
  readonly tooLarge: ProblemType
  /** From when the last of the request was sent to when the answer is there, */
  readonly timeoutMs: number
  /** or only to its head, and as long again for its body. */
  readonly bodyAnew: boolean
}

/** The answer, or the rest of it, did not come in time. */
export class AnswerTooLate extends Error {}

/** What is sent. A stream as its body is used up in any case. */
export interface OutgoingRequest {
  /** Where the dispatcher serves more than one. */
  readonly origin?: string
  readonly path: string
  readonly method: Dispatcher.HttpMethod
  /** Names and values in turn. */
  readonly headers: string[]
  readonly body: Buffer | Readable | null
}

/**
 * Sends a request and takes in the whole answer; informational ones are passed over. Rejects with Problem
 * `gateway-without-room` or one of type `tooLarge`, with `AnswerTooLate`, or with what undici or its connector says.
 * Nothing is left on disk after a failure.
 */
export function receiveAnswer(
  dispatcher: Dispatcher,
  request: OutgoingRequest,
  bounds: AnswerBounds,
  deadlines: Deadlines,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const receiver = new AnswerReceiver(bounds, deadlines, resolve, (error) => {
      if (request.body instanceof Readable) request.body.destroy()
      reject(error)
    })
    // undici hears it only from when a connection is there for the request.
    if (request.body instanceof Readable) {
      request.body.on('error', (error) => receiver.onResponseError(null, error))
    }
    // How long anything may take is the deadlines' business: undici's own timers are many, and end no dripping.
    dispatcher.dispatch({ ...request, headersTimeout: 0, bodyTimeout: 0 }, receiver)
  })
}

/** Takes what comes of an answer straight from undici's parser, without a stream between. */
class AnswerReceiver implements Dispatcher.DispatchHandler, Awaited {
  readonly #bounds: AnswerBounds
  readonly #deadlines: Deadlines
  readonly #resolve: (answer: Answer) => void
  readonly #reject: (error: unknown) => void
  readonly #intake: BodyIntake
  #controller: Dispatcher.DispatchController | undefined
  #status = 0
  #rawHeaders: string[] = []
  deadline = 0
  place = -1

  constructor(
    bounds: AnswerBounds,
    deadlines: Deadlines,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
  ) {
    this.#bounds = bounds
    this.#deadlines = deadlines
    this.#resolve = resolve
    this.#reject = reject
    this.#intake = new BodyIntake(bounds.limits, bounds.tooLarge)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#putOff()
    this.#deadlines.add(this)
  }

  onBodySent(): void {
    this.#putOff()
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return
    this.#status = status
    this.#rawHeaders = flat(headers)
    if (this.#bounds.bodyAnew) this.#putOff()
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // A parser that is resumed hands out an empty piece first, which is not to pause it again.
    if (chunk.length === 0 || this.#intake.take(chunk)) return
    controller.pause()
    this.#intake.room().then(
      () => controller.resume(),
      (error) => controller.abort(error),
    )
  }

  onResponseEnd(): void {
    this.#deadlines.remove(this)
    const body = this.#intake.end()
    if (body instanceof Promise) body.then((spilled) => this.#finish(spilled), this.#reject)
    else this.#finish(body)
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.#deadlines.remove(this)
    const reject = () => this.#reject(error)
    this.#intake.discard().then(reject, reject)
  }

  expire(): void {
    this.#controller?.abort(new AnswerTooLate('no answer in time'))
  }

  #putOff(): void {
    this.deadline = performance.now() + this.#bounds.timeoutMs
  }

  #finish(body: Body): void {
    this.#resolve({ status: this.#status, rawHeaders: this.#rawHeaders, body })
  }
}

/** undici has the names decoded already; that is kept rather than done again. */
function flat(headers: Record<string, string | string[] | undefined>): string[] {
  const list: string[] = []
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (typeof value === 'string') list.push(name, value)
    else for (const one of value ?? []) list.push(name, one)
  }
  return list
}
