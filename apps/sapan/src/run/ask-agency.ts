import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { AgencyAnswer, AgencyQuestion, AskAgency } from '@sapan/identity'
import { Problem, registeredProblems } from '@sapan/kernel'
import { problems } from '../problems.ts'

export interface AskingOptions {
  /** The edge of the operator's own gateway: `http://127.0.0.1:4101`. */
  readonly edge: string
  /** The subsystem that asks: `TH/GOV/DGA/identity`. */
  readonly subsystem: string
  /** For a whole answer; 10,000 by default. */
  readonly timeoutMs?: number
}

/** What another agency's register says is never long. */
const mostBytes = 4 * 2 ** 20

/** Asks other agencies through a gateway's edge (X-Road's REST protocol). `close` lets go of its connections. */
export function askAgencies(options: AskingOptions): { ask: AskAgency; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return { ask: (question) => ask(question, options, agent), close: () => agent.destroy() }
}

async function ask(question: AgencyQuestion, options: AskingOptions, agent: Agent): Promise<AgencyAnswer> {
  const { status, headers, text } = await send(question, options, agent)
  const body = parsed(text)
  if (typeof headers['x-road-error'] === 'string') throw refusalIn(headers['x-road-error'], body)
  return { status, body, exchange: String(headers['sapan-exchange'] ?? '') }
}

interface Received {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

function send(question: AgencyQuestion, options: AskingOptions, agent: Agent): Promise<Received> {
  const { service, method, path, body } = question
  const content = body === undefined ? undefined : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const sent = request(
      `${options.edge}/r1/${service}${path}`,
      {
        agent,
        method,
        headers: headersOf(question, options, content),
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
        answer.on('error', (cause) => reject(unreachable(cause)))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(pieces).toString('utf8'),
          }),
        )
      },
    )
    sent.on('error', (cause) => reject(unreachable(cause)))
    sent.end(content)
  })
}

function headersOf(
  { purpose, consent, actor }: AgencyQuestion,
  { subsystem }: AskingOptions,
  content: string | undefined,
): Record<string, string> {
  return {
    accept: 'application/json, application/problem+json;q=0.9',
    'x-road-client': subsystem,
    'sapan-purpose': purpose,
    ...(consent === undefined ? {} : { 'sapan-consent': consent }),
    ...(actor === undefined ? {} : { 'sapan-actor': actor }),
    ...(content === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(content)) }),
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

/** What a gateway refuses with, in the words of the house where it knows them. */
function refusalIn(code: string, body: unknown): Problem {
  const named = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : code
  const type = registeredProblems().get(named)
  return type ? new Problem(type) : unreachable(new Error(named))
}

/** The cause goes to the log: an address in it may hold a person's number, so only its kind is kept. */
function unreachable(cause: unknown): Problem {
  const kind = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'
  return new Problem(problems['agency-unreachable'], { cause: new Error(kind) })
}
