import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { type Language, type Problem, problemDocument } from '@sapan/kernel'
import { acceptedPageCoding, compressPage, isCompressible, leastBytes, type Surroundings } from '@sapan/ui'

/** An answer before it is sent. */
export interface Outgoing {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: string | Buffer
}

/** Everything from here; pictures and downloads travel in the page itself. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Of a page, with what its frame brings along. */
export function pageHeaders(language: Language, around: Surroundings | undefined): OutgoingHttpHeaders {
  const { cookies = [], formTargets = [] } = around ?? {}
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-language': language,
    vary: around === undefined ? 'accept-language, accept' : 'accept-language, accept, cookie',
    'content-security-policy': `${policy}; form-action ${["'self'", ...formTargets].join(' ')}`,
    ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
  }
}

/** A problem as RFC 9457 has it. */
export function answerProblem(
  problem: Problem,
  language: Language,
  more: Readonly<Record<string, string>> = {},
): Outgoing {
  const headers = {
    'content-type': 'application/problem+json',
    'content-language': language,
    vary: 'accept-language',
    ...more,
  }
  return {
    status: problem.type.status,
    headers,
    body: JSON.stringify(problemDocument(problem, '', language)),
  }
}

/** Sends it. Results of checks are for one reader: unless an answer says otherwise, nobody keeps it on the way. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Outgoing,
): void {
  const { bytes, coded } = compressed(request, headers, typeof body === 'string' ? Buffer.from(body) : body)
  // What was not read would be taken for the next request.
  const unread = !request.complete
  response.writeHead(status, {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...headers,
    ...coded,
    'content-length': bytes.length,
    ...(unread ? { connection: 'close' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** Pages and reports are text, and long; what a file has compressed already is left. */
function compressed(
  request: IncomingMessage,
  headers: OutgoingHttpHeaders,
  bytes: Buffer,
): { readonly bytes: Buffer; readonly coded: OutgoingHttpHeaders } {
  const mayCompress =
    bytes.length >= leastBytes &&
    headers['content-encoding'] === undefined &&
    isCompressible(String(headers['content-type'] ?? ''))
  if (!mayCompress) return { bytes, coded: {} }
  const vary = [headers.vary, 'accept-encoding'].filter(Boolean).join(', ')
  const coding = acceptedPageCoding(String(request.headers['accept-encoding'] ?? ''))
  if (coding === undefined) return { bytes, coded: { vary } }
  return { bytes: compressPage(bytes, coding), coded: { vary, 'content-encoding': coding } }
}
