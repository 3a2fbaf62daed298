import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Body } from './body.ts'

/**
 * Writes a whole answer. A reader that goes away in the middle is nothing to report: the evidence is kept, and the
 * connection is closed.
 */
export async function writeAnswer(
  response: ServerResponse,
  status: number,
  headers: readonly (readonly [string, string])[],
  body: Body,
): Promise<void> {
  const bodiless = status === 204 || status === 304 || status < 200
  const flat = headers.flat()
  // Of a HEAD that was answered without a body, nobody knows the length that GET would have (RFC 9110 §8.6).
  const unknown = response.req.method === 'HEAD' && body.bytes === 0
  if (!bodiless && !unknown) flat.push('content-length', String(body.bytes))
  response.writeHead(status, flat)
  if (bodiless || response.req.method === 'HEAD') {
    response.end()
    return
  }
  const content = body.open()
  if (Buffer.isBuffer(content)) response.end(content)
  else await pipeline(content, response).catch(() => response.destroy())
}
