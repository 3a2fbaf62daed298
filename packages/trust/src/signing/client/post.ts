import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'

/** Posts JSON; rejects when no answer comes in time. For connections of the house's own kind (client certificates, …). */
export type JsonPost = (request: {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
}) => Promise<{ readonly status: number; readonly body: Uint8Array }>

/** An answer is no longer than this: certificates and a hundred signatures have less. */
const mostAnswerBytes = 4 * 1024 * 1024

/**
 * Posts over https, or http on this machine. The server's certificate is checked whatever the environment says: PINs go
 * this way. `authorities`: those that are trusted instead of the usual ones, PEM. No redirection is followed.
 */
export function directPost(authorities?: readonly string[]): JsonPost {
  const trusted = authorities === undefined ? {} : { ca: [...authorities] }
  return ({ url, headers, body, timeoutMs }) =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.from(body)
      const options = {
        method: 'POST',
        headers: { ...headers, 'content-length': String(bytes.length) },
        signal: AbortSignal.timeout(timeoutMs),
      }
      const isSecure = new URL(url).protocol === 'https:'
      const sent = isSecure
        ? secureRequest(url, { ...options, ...trusted, rejectUnauthorized: true })
        : plainRequest(url, options)
      sent.on('error', reject)
      sent.on('response', (answer) => {
        readBounded(answer).then((read) => resolve({ status: answer.statusCode ?? 0, body: read }), reject)
      })
      sent.end(bytes)
    })
}

async function readBounded(answer: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer) {
    length += part.length
    if (length > mostAnswerBytes) throw new Error('the answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
