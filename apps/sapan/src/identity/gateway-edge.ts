import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { Problem, registeredProblems } from '@sapan/kernel'
import { problems } from '../problems.ts'

/** The edge of the operator's own gateway, as one of its member's systems sees it. */
export interface GatewayEdge {
  /** Throws the problem with which a gateway refuses, `agency-unreachable` where none answers. */
  send(request: EdgeRequest): Promise<EdgeAnswer>
  close(): void
}

export interface EdgeRequest {
  readonly method: string
  /** Path and query. Personal data may stand here: it is never logged. */
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
}

export interface EdgeAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly content: Buffer
}

export interface EdgeOptions {
  /** `http://127.0.0.1:4101` */
  readonly edge: string
  /** The subsystem that asks: `TH/GOV/DGA/identity`. */
  readonly subsystem: string
  /** For a whole answer; 10,000 by default. */
  readonly timeoutMs?: number
}

/** What another agency says is never long; a proof may be. */
const mostBytes = 32 * 2 ** 20

export function gatewayEdge(options: EdgeOptions): GatewayEdge {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return {
    send: async (asked) => {
      const answer = await send(asked, options, agent)
      refuse(answer)
      return answer
    },
    close: () => agent.destroy(),
  }
}

/** JSON where it is JSON, else the text. */
export function jsonOf({ content }: EdgeAnswer): unknown {
  const text = content.toString('utf8')
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

function send(asked: EdgeRequest, options: EdgeOptions, agent: Agent): Promise<EdgeAnswer> {
  const { method, target, headers, body } = asked
  const content = body === undefined ? undefined : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(unreachable(cause))
    const sent = request(
      options.edge + target,
      {
        agent,
        method,
        headers: {
          accept: 'application/json, application/problem+json;q=0.9, */*;q=0.5',
          'x-road-client': options.subsystem,
          ...headers,
          ...(content === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(content)) }),
        },
        signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
      },
      (answer) => {
        const pieces: Buffer[] = []
        let length = 0
        answer.on('data', (piece: Buffer) => {
          length += piece.length
          if (length > mostBytes) answer.destroy(new Error('the answer is too long'))
          pieces.push(piece)
        })
        answer.on('error', fail)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            content: Buffer.concat(pieces),
          }),
        )
      },
    )
    sent.on('error', fail)
    sent.end(content)
  })
}

/** A refusal of a gateway, in the words of the house where it knows them; what the register itself answers passes. */
function refuse(answer: EdgeAnswer): void {
  const { headers, status } = answer
  const isOwn = String(headers['content-type'] ?? '').startsWith('application/problem+json')
  const code = headers['x-road-error']
  if (code === undefined && !(isOwn && status >= 400 && headers['sapan-exchange'] === undefined)) return
  const body = jsonOf(answer)
  const named = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : String(code)
  const type = registeredProblems().get(named)
  throw type ? new Problem(type) : unreachable(new Error(named))
}

/** The cause goes to the log: an address in it may hold a person's number, so only its kind is kept. */
function unreachable(cause: unknown): Problem {
  const kind = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'
  return new Problem(problems['agency-unreachable'], { cause: new Error(kind) })
}
