import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

export const fileBytes = 100_000_000
const piece = Buffer.alloc(100_000, 'sapan ')

/** Pieces of a file of 100 MB, one after the other. */
export function filePieces(): Readable {
  return Readable.from(
    (function* () {
      for (let sent = 0; sent < fileBytes; sent += piece.length) yield piece
    })(),
  )
}

/** A provider's system with one file; takes another, and says how many bytes came. */
export async function startFileServer(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    let bytes = 0
    for await (const part of request) bytes += (part as Buffer).length
    response.setHeader('content-type', 'application/octet-stream')
    if (request.method === 'PUT') response.end(String(bytes))
    else filePieces().pipe(response.setHeader('content-length', fileBytes))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
