import { type IncomingMessage, request as plainly } from 'node:http'
import { request as overTls } from 'node:https'
import { Problem } from '@sapan/kernel'
import { answerUnusable, connectProblems } from '../problems.ts'
import { LARGEST_ANSWER, LONGEST_CALL_MS } from './remote-service.ts'

export interface ServiceCall {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface ServiceAnswer {
  readonly status: number
  /** Media type in lower case, without its parameters. */
  readonly type: string
  readonly charset: string | undefined
  readonly body: Buffer
}

/**
 * Asks a service once; redirects are not followed. Throws `connector-source-slow`, `connector-source-down`, and
 * `connector-answer-unusable` where the answer is larger than `LARGEST_ANSWER` or packed.
 */
export async function callService({ method, url, headers, body }: ServiceCall): Promise<ServiceAnswer> {
  const signal = AbortSignal.timeout(LONGEST_CALL_MS)
  try {
    const answer = await sent(
      url,
      { method, signal, headers: { ...headers, 'accept-encoding': 'identity' } },
      body,
    )
    const { 'content-type': contentType = '', 'content-encoding': packed = 'identity' } = answer.headers
    if (packed !== 'identity') throw answerUnusable(packedAnswer)
    return {
      status: answer.statusCode ?? 0,
      type: contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '',
      charset: /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1],
      body: await bodyOf(answer),
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem(connectProblems[signal.aborted ? 'connector-source-slow' : 'connector-source-down'], {
      cause,
    })
  }
}

function sent(url: string, options: Parameters<typeof plainly>[1], body?: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = (url.startsWith('https:') ? overTls : plainly)(url, options ?? {}, resolve)
    asking.once('error', reject).end(body)
  })
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > LARGEST_ANSWER) throw answerUnusable(tooLarge)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** What a status says that is no answer; undefined where it is one. */
export function refusalOf({ status }: ServiceAnswer): Problem | undefined {
  if (status >= 200 && status < 300) return undefined
  const cause = new Error(`the service answered ${status}`)
  if ([401, 403, 429].includes(status) || status >= 500)
    return new Problem(connectProblems['connector-source-down'], { cause })
  if (status >= 400) return new Problem(connectProblems['connector-service-refused'], { cause })
  return answerUnusable({ th: `บริการตอบสถานะ ${status}`, en: `the service answered with status ${status}` })
}

const packedAnswer = { th: 'คำตอบถูกบีบอัด', en: 'the answer is packed' }
const tooLarge = { th: 'คำตอบใหญ่เกิน 10 MiB', en: 'the answer is larger than 10 MiB' }
