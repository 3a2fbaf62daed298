import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './body.ts'
import type { Handler, HandlerAnswer } from './exchange.ts'

export interface NodeListenerOptions {
  /** Where it is mounted: `''`, or `/ocsp` and the like. */
  readonly prefix?: string
  /** A body that takes longer is given up; 30,000 by default. */
  readonly bodyTimeoutMs?: number
  /** Told of faults; a caller who breaks off is none. */
  readonly onError?: (error: unknown) => void
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** The handler as a listener of `node:http`. Never rejects. */
export function nodeListener(handler: Handler, options: NodeListenerOptions = {}): Listener {
  return async (request, response) => {
    try {
      const answer = await answerOf(handler, request, options)
      if (answer) send(request, response, answer)
    } catch (error) {
      options.onError?.(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    }
  }
}

const empty = new Uint8Array()

/** What ends the exchange: the rest of a body that was not read is not waited for. */
const closing = { connection: 'close' }

/** Undefined: there is nobody to answer any more. */
async function answerOf(
  handler: Handler,
  request: IncomingMessage,
  { prefix = '', bodyTimeoutMs = 30_000 }: NodeListenerOptions,
): Promise<HandlerAnswer | undefined> {
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  const below = path.slice(prefix.length)
  if (!path.startsWith(prefix) || !/^(\/|$)/.test(below)) {
    return { status: 404, headers: closing, body: empty }
  }
  const read = await readBody(request, handler.mostBodyBytes, bodyTimeoutMs)
  if (read.ended === 'gone') return undefined
  if (read.ended !== 'whole') {
    return { status: read.ended === 'too-long' ? 413 : 408, headers: closing, body: empty }
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
  )
  const method = request.method ?? 'GET'
  return handler({ method, path: below || '/', query: query.join('?'), headers, body: read.body })
}

/** Without the body's length where there is no body: with HEAD it would be another's, with 204 it must not be there. */
function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: HandlerAnswer) {
  const hasBody = request.method !== 'HEAD' && status !== 204
  response.writeHead(status, { ...headers, ...(hasBody ? { 'content-length': body.length } : {}) })
  response.end(hasBody ? body : undefined)
}
