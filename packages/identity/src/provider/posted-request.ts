import type { IncomingMessage, ServerResponse } from 'node:http'
import { routes } from './configuration.ts'

/** As long as the address of a request may be. */
const mostBytes = 8 * 1024

/**
 * An authorization request by form (OpenID Connect Core 1.0 §3.1.2.1) goes on as one by address: a browser that comes
 * from another site keeps back the cookies of a form (SameSite=Lax), and brings them where it is sent on. Whether it was
 * one, and is answered.
 */
export async function sendOnPosted(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const [path] = request.url?.split('?', 1) ?? []
  if (request.method !== 'POST' || path !== routes.authorization) return false
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    response.writeHead(415, { connection: 'close' }).end()
    return true
  }
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request) {
    length += piece.length
    if (length > mostBytes) {
      response.writeHead(413, { connection: 'close' }).end()
      return true
    }
    pieces.push(piece)
  }
  const parameters = new URLSearchParams(Buffer.concat(pieces).toString('utf8'))
  response
    .writeHead(303, { location: `${routes.authorization}?${parameters}`, 'cache-control': 'no-store' })
    .end()
  return true
}
