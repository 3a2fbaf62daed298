import { connect, createServer, type Server, type Socket } from 'node:net'
import { freePort } from '../../../kernel/test/ports.ts'

/** Stands between a pool and its database, so that a test can cut the way or make it hang. */
export class DatabaseProxy {
  readonly #target: URL
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #port = 0
  /** While set, bytes towards the database are swallowed. */
  hangs = false

  constructor(target: string) {
    this.#target = new URL(target)
  }

  /** Opens the way, on the same port as before; gives the URL to use. */
  async open(): Promise<string> {
    const server = createServer((client) => this.#forward(client))
    this.#server = server
    // None that the system could give to somebody while the way is cut.
    this.#port ||= await freePort()
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve))
    const url = new URL(this.#target)
    url.host = `127.0.0.1:${this.#port}`
    return url.href
  }

  /** Cuts every connection, and refuses new ones. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #forward(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname)
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        this.#sockets.delete(one)
        other.destroy()
      })
    }
    client.on('data', (data) => {
      if (!this.hangs) server.write(data)
    })
    server.on('data', (data) => client.write(data))
  }
}
