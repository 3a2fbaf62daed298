import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request as a handler of this package takes it, whatever server stands in front. */
export interface HandlerRequest {
  readonly method: string
  /** Below where the handler is mounted, beginning with a slash, without the query. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

export interface HandlerAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Handler {
  (request: HandlerRequest): Promise<HandlerAnswer>
  /** A longer body is not to be read. */
  readonly mostBodyBytes: number
}

/** The handler as a listener of `node:http`, mounted at `prefix` (`''`, or `/ocsp` and the like). Never rejects. */
export function nodeListener(
  handler: Handler,
  { prefix = '', onError }: { prefix?: string; onError?: (error: unknown) => void } = {},
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      const answer = await answerOf(handler, request, prefix)
      response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length })
      response.end(answer.body)
    } catch (error) {
      onError?.(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    }
  }
}

const empty = new Uint8Array()

async function answerOf(handler: Handler, request: IncomingMessage, prefix: string): Promise<HandlerAnswer> {
  const [path = '/'] = (request.url ?? '/').split('?', 1)
  const announced = Number(request.headers['content-length'] ?? 0)
  const body = announced > handler.mostBodyBytes ? undefined : await readBody(request, handler.mostBodyBytes)
  if (!body) return { status: 413, headers: { connection: 'close' }, body: empty }
  const below = path.slice(prefix.length)
  if (!path.startsWith(prefix) || !/^(\/|$)/.test(below)) return { status: 404, headers: {}, body: empty }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
  )
  return handler({ method: request.method ?? 'GET', path: below || '/', headers, body })
}

async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    length += part.length
    if (length > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
