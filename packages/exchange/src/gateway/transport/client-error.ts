import {
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { Duplex } from 'node:stream'
import { type Problem, problemDocument } from '@sapan/kernel'
import { exchangeProblem } from '../../problems.ts'

const byCode: Readonly<Record<string, 'headers-too-large' | 'request-timeout' | 'request-smuggling'>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'request-smuggling',
  HPE_INVALID_CHUNK_SIZE: 'request-smuggling',
  HPE_INVALID_CONTENT_LENGTH: 'request-smuggling',
  HPE_INVALID_EOF_STATE: 'request-smuggling',
  HPE_INVALID_TRANSFER_ENCODING: 'request-smuggling',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'request-smuggling',
}

/** The problem behind a parser's error: what is not one clear HTTP/1.1 request is never guessed at. */
export function parserProblem(code: string): Problem {
  return exchangeProblem(byCode[code] ?? 'request-malformed')
}

/**
 * Lets a server answer with our problems also where node would answer by itself, or not at all: requests that its parser
 * refuses, without one Host, with an expectation that nobody knows, or that want a tunnel.
 */
export function answerInOurWords(server: Server, handler: RequestListener, problemBase: string): void {
  // Headers are bounded by their bytes; node would drop those beyond a number without a word.
  server.maxHeadersCount = 0
  const answering = new WeakMap<Duplex, ServerResponse>()
  server.on('request', (request, response) => {
    answering.set(request.socket, response)
    if (hasOneHost(request)) handler(request, response)
    else refuse(response, exchangeProblem('request-malformed'), problemBase)
  })
  server.on('checkExpectation', (_request, response) => {
    refuse(response, exchangeProblem('header-malformed', { extensions: { header: 'expect' } }), problemBase)
  })
  server.on('connect', (_request, socket) => {
    socket.end(rawAnswer(exchangeProblem('method-not-supported'), problemBase))
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // What was begun can't be followed by another answer.
    if (!socket.writable || error.code === 'ECONNRESET' || answering.get(socket)?.headersSent) {
      socket.destroy()
      return
    }
    socket.end(rawAnswer(parserProblem(error.code ?? ''), problemBase))
  })
}

/** RFC 9112 §3.2. */
function hasOneHost({ rawHeaders, httpVersionMinor }: IncomingMessage): boolean {
  let hosts = 0
  for (let n = 0; n < rawHeaders.length; n += 2) if (rawHeaders[n]?.toLowerCase() === 'host') hosts++
  return hosts === 1 || (hosts === 0 && httpVersionMinor === 0)
}

function refuse(response: ServerResponse, problem: Problem, problemBase: string): void {
  response
    .writeHead(problem.type.status, { 'content-type': 'application/problem+json', connection: 'close' })
    .end(JSON.stringify(problemDocument(problem, problemBase, 'en')))
}

function rawAnswer(problem: Problem, problemBase: string): string {
  const { status } = problem.type
  const body = JSON.stringify(problemDocument(problem, problemBase, 'en'))
  return (
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/problem+json\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
  )
}
