import { type IncomingHttpHeaders, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { Problem } from '@sapan/kernel'
import { errno } from '../home/files.ts'
import { problems } from '../problems.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface HttpRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Called with each piece of the answer as it comes; the answer's body is then empty. */
  readonly onPiece?: (piece: Buffer) => void
}

/**
 * One request on a connection of its own. The path goes out as it stands in `target`, never normalised: what a
 * gateway has to judge is what was typed. Throws `not-running` where nobody listens, else as node:http fails.
 */
export async function http(origin: string, target: string, options: HttpRequest = {}): Promise<HttpAnswer> {
  const { method = 'GET', headers = {}, body, onPiece } = options
  const { protocol, hostname, port } = new URL(origin)
  const send = protocol === 'https:' ? overHttps : overHttp
  return new Promise((resolve, reject) => {
    const sent = send(
      {
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        method,
        path: target,
        agent: false,
        headers: {
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      },
      (answer) => {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => (onPiece ? onPiece(piece) : pieces.push(piece)))
        answer.on('error', reject)
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) }),
        )
      },
    )
    sent.on('error', (error) => reject(problemOfConnecting(error, origin)))
    sent.end(body)
  })
}

function problemOfConnecting(error: Error, origin: string): Error {
  const code = errno(error)
  if (code !== 'ECONNREFUSED' && code !== 'ECONNRESET') return error
  return new Problem(problems['not-running'], { detail: { th: origin, en: origin }, cause: error })
}
