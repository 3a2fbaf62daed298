import { connect, type Socket } from 'node:net'
import { type Answer, AnswerReader } from './answer-reader.ts'

export interface Asked {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>
}

/** One HTTP/1.1 connection with one request at a time, which takes as little of the shared cores as it can. */
export class Connection {
  readonly #host: string
  readonly #port: number
  #socket: Socket | undefined
  #reader = new AnswerReader()
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  constructor(origin: string) {
    const { hostname, port } = new URL(origin)
    this.#host = hostname
    this.#port = Number(port)
  }

  ask(asked: Asked): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket ??= this.#open()
      this.#socket.write(requestText(asked, `${this.#host}:${this.#port}`))
    })
  }

  close(): void {
    this.#socket?.destroy()
  }

  #open(): Socket {
    const socket = connect({ host: '127.0.0.1', port: this.#port, noDelay: true })
    this.#reader = new AnswerReader()
    socket.on('data', (piece: Buffer) => {
      for (const answer of this.#reader.read(piece)) this.#answered(answer)
    })
    socket.on('error', (error) => this.#broken(error))
    socket.on('close', () => this.#broken(new Error('the connection was closed')))
    return socket
  }

  #answered(answer: Answer): void {
    if (answer.headers.get('connection')?.[0] === 'close') this.#leave()
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }

  #leave(): void {
    this.#socket?.removeAllListeners('close')
    this.#socket?.destroy()
    this.#socket = undefined
  }

  #broken(error: Error): void {
    this.#socket = undefined
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(error)
  }
}

/** A request as it goes over the wire. */
export function requestText({ method = 'GET', path, headers = {}, form }: Asked, host: string): string {
  const body = form === undefined ? '' : new URLSearchParams({ ...form }).toString()
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(form === undefined
      ? []
      : ['content-type: application/x-www-form-urlencoded', `content-length: ${Buffer.byteLength(body)}`]),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
