import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** RD's own system: what its gateway told it of its messages, and handed it of events, each time that it did. */
export interface OwnSystem {
  readonly url: string
  /** Messages of which it was told that they were accepted. */
  readonly told: string[]
  /** Ids of events. */
  readonly handed: string[]
  close(): Promise<void>
}

interface Said {
  readonly message?: string
  readonly state?: string
  readonly events?: readonly { readonly message: string }[]
}

/** It lives as long as the test; a tenth of what it takes it answers with an error, and so gets again. */
export async function startOwnSystem(): Promise<OwnSystem> {
  const told: string[] = []
  const handed: string[] = []
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const { message, state, events = [] } = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Said
    if (message !== undefined && state === 'accepted') told.push(message)
    handed.push(...events.map((event) => event.message))
    response.writeHead(Math.random() < 0.1 ? 503 : 204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told,
    handed,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
