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

const byCode: Readonly<
  Record<string, 'headers-too-large' | 'request-timeout' | 'request-incomplete' | 'request-smuggling'>
> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_INVALID_EOF_STATE: 'request-incomplete',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'request-smuggling',
  HPE_INVALID_CHUNK_SIZE: 'request-smuggling',
  HPE_INVALID_CONTENT_LENGTH: 'request-smuggling',
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
    const problem = framingProblem(request)
    if (problem) refuse(response, problem, problemBase)
    else handler(request, response)
  })
  server.on('checkExpectation', (request, response) => {
    answering.set(request.socket, response)
    refuse(response, exchangeProblem('header-malformed', { extensions: { header: 'expect' } }), problemBase)
  })
  server.on('connect', (_request, socket) => {
    socket.end(rawAnswer(exchangeProblem('method-not-supported'), problemBase))
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // Before TLS has begun nothing that is written ever leaves, and node leaves it to us to end such a connection.
    if (!socket.writable || error.code === 'ECONNRESET' || isBeforeTls(socket)) {
      socket.destroy()
      return
    }
    const answer = () => socket.end(rawAnswer(parserProblem(error.code ?? ''), problemBase))
    const last = answering.get(socket)
    if (!last || (last.writableFinished && last.shouldKeepAlive)) answer()
    // In the middle of the body of the request that is being answered.
    else if (!last.req.complete) {
      if (last.headersSent) whenFinished(last, () => socket.end())
      else answer()
    }
    // Behind a whole request: its own answer goes first, and none follows one that closes the connection.
    else whenFinished(last, () => last.shouldKeepAlive && answer())
  })
}

function isBeforeTls(socket: Duplex): boolean {
  return 'secureConnecting' in socket && socket.secureConnecting === true
}

function whenFinished(response: ServerResponse, then: () => void): void {
  if (response.writableFinished) then()
  else response.once('finish', then)
}

/** What node's parser lets pass and RFC 9112 does not: §3.2 (one Host), §6.1 (an encoding that is not chunked alone). */
function framingProblem({ rawHeaders, httpVersionMinor }: IncomingMessage): Problem | undefined {
  let hosts = 0
  const encodings: string[] = []
  for (let n = 0; n + 1 < rawHeaders.length; n += 2) {
    const name = rawHeaders[n] ?? ''
    // Most names are told apart by their length.
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++
    if (name.length === 17 && name.toLowerCase() === 'transfer-encoding')
      encodings.push(rawHeaders[n + 1] ?? '')
  }
  if (hosts > 1 || (hosts === 0 && httpVersionMinor > 0)) return exchangeProblem('request-malformed')
  const plain = encodings.length === 0 || (encodings.length === 1 && /^chunked$/i.test(encodings[0] ?? ''))
  return plain ? undefined : exchangeProblem('request-smuggling')
}

function refuse(response: ServerResponse, problem: Problem, problemBase: string): void {
  const body = JSON.stringify(problemDocument(problem, problemBase, 'en'))
  response
    .writeHead(problem.type.status, {
      'content-type': 'application/problem+json',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    })
    .end(body)
}

function rawAnswer(problem: Problem, problemBase: string): string {
  const { status } = problem.type
  const body = JSON.stringify(problemDocument(problem, problemBase, 'en'))
  return (
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/problem+json\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
  )
}
