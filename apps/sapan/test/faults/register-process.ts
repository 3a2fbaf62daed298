import { appendFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'

/**
 * The register's own program: writes what it does into its journal before it answers, so that what it did is known
 * although it is killed. Arguments: port, journal.
 */
const [port, journal = ''] = process.argv.slice(2)

function carryOut({ method, headers }: IncomingMessage, body: string): number {
  const message = headers['sapan-message']
  if (typeof message === 'string') {
    appendFileSync(journal, `${JSON.stringify({ ...JSON.parse(body), message })}\n`)
    // Some are done and not answered for: they come again.
    return Math.random() < 0.1 ? 503 : 204
  }
  const change = headers['idempotency-key']
  if (method === 'POST' && typeof change === 'string')
    appendFileSync(journal, `${JSON.stringify({ change })}\n`)
  return 200
}

createServer((request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const status = carryOut(request, Buffer.concat(pieces).toString('utf8'))
    if (status !== 200) {
      response.writeHead(status).end()
      return
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ nationalId: request.url?.split('/').pop(), secret: 'not for everyone' }))
  })
}).listen(Number(port), '127.0.0.1')
