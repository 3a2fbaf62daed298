import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a stand-in service answers: bytes, a status, or nothing at all for so long. */
export type Answer = Uint8Array | number | { readonly after: number; readonly bytes: Uint8Array }

/** A service on loopback for one test, and how often it was asked. */
export class StandIn {
  readonly #server: Server
  calls = 0

  constructor(server: Server) {
    this.#server = server
  }

  static async start(answer: (body: Buffer, path: string) => Answer | Promise<Answer>): Promise<StandIn> {
    const server = createServer(async (request, response) => {
      standIn.calls++
      const found = await answer(await bodyOf(request), request.url ?? '/')
      if (typeof found === 'number') response.writeHead(found).end()
      else if (found instanceof Uint8Array) response.end(found)
      else setTimeout(() => response.end(found.bytes), found.after).unref()
    })
    const standIn = new StandIn(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return standIn
  }

  get url(): string {
    const address = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${address.port}`
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}
