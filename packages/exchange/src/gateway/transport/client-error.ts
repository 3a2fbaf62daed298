import { type Server, STATUS_CODES } from 'node:http'
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

/** Answers what node's parser refuses with a problem of ours, and closes the connection. */
export function answerClientErrors(server: Server, problemBase: string): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    const problem = parserProblem(error.code ?? '')
    const { status } = problem.type
    const body = JSON.stringify(problemDocument(problem, problemBase, 'en'))
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/problem+json\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
  })
}
