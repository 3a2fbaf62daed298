// The register behind the provider's side, the same for both: takes any request with a body, answers 1 KB of JSON. It speaks
// just enough HTTP for that, so that what is measured is the two gateways and not the register.
import { createServer } from 'node:net'
import { MessageReader } from './message-reader.ts'
import { providerAnswer } from './messages.ts'

const body = Buffer.from(providerAnswer)
const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
const answer = Buffer.concat([Buffer.from(head), body])

const server = createServer({ noDelay: true }, (socket) => {
  const reader = new MessageReader()
  socket.on('data', (piece: Buffer) => reader.read(piece, () => socket.write(answer)))
  socket.on('error', () => {})
})
server.listen(Number(process.argv[2]), '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
