import { createServer, type Server } from 'node:http'
import https from 'node:https'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Listening, listen } from '../src/run/listen.ts'

let sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets = []
})

const open = (server: Server) => listen(server, '127.0.0.1:0', 'gateway.yaml')

/** A connection on which nothing was said, as in the middle of a TLS handshake. */
async function silentConnection({ port }: Listening, server: Server): Promise<Socket> {
  const accepted = new Promise((resolve) => server.once('connection', resolve))
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  await accepted
  return socket
}

const ended = (socket: Socket) => new Promise((resolve) => socket.once('close', () => resolve('closed')))

describe('a server that is closed', () => {
  it.each([
    ['plain', () => createServer()],
    // No certificate is needed: no handshake gets that far.
    ['TLS', () => https.createServer({})],
  ])('does not wait for a caller that says nothing (%s)', async (_name, create) => {
    const server = create()
    const listening = await open(server)
    const silent = ended(await silentConnection(listening, server))
    await listening.close(60_000)
    expect(await silent).toBe('closed')
  })

  it('lets a request that runs end, and its caller have the answer', async () => {
    let answer = () => {}
    let reach = () => {}
    const reached = new Promise<void>((resolve) => {
      reach = resolve
    })
    const server = createServer((_request, response) => {
      answer = () => response.end('whole')
      reach()
    })
    const listening = await open(server)
    const asked = fetch(`http://127.0.0.1:${listening.port}`).then((response) => response.text())
    await reached
    const closed = listening.close(60_000)
    answer()
    expect(await asked).toBe('whole')
    await closed
  })

  it('gives up a request that runs beyond the grace', async () => {
    let reach = () => {}
    const reached = new Promise<void>((resolve) => {
      reach = resolve
    })
    const listening = await open(createServer(() => reach()))
    const asked = fetch(`http://127.0.0.1:${listening.port}`).then(
      () => 'answered',
      () => 'cut off',
    )
    await reached
    await listening.close(10)
    expect(await asked).toBe('cut off')
  })
})
