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

/** A request's body as JSON. */
export function asJson(value: unknown): Pick<HttpRequest, 'headers' | 'body'> {
  return { body: JSON.stringify(value), headers: { 'content-type': 'application/json' } }
}

/**
 * One request on a connection of its own. The path goes out as it stands in `target`, never normalised: what a
 * gateway has to judge is what was typed. Throws `not-running` where nobody listens, `misuse` where no request
 * can be made of what was typed, else as node:http fails.
 */
export async function http(origin: string, target: string, options: HttpRequest = {}): Promise<HttpAnswer> {
  const { method = 'GET', headers = {}, body, onPiece } = options
  const { protocol, hostname, port } = originOf(origin)
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

function originOf(origin: string): URL {
  if (URL.canParse(origin) && /^https?:$/.test(new URL(origin).protocol)) return new URL(origin)
  throw new Problem(problems.misuse, {
    detail: {
      th: `${origin} ไม่ใช่ที่อยู่แบบ http:// หรือ https://`,
      en: `${origin} is not an address with http:// or https://`,
    },
  })
}

const notReached = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
])

function problemOfConnecting(error: Error, origin: string): Error {
  if (!notReached.has(errno(error) ?? '')) return error
  return new Problem(problems['not-running'], { detail: { th: origin, en: origin }, cause: error })
}
