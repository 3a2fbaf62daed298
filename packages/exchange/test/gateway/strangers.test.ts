import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { linkProtocol } from '../../src/gateway/link/links.ts'
import { type Country, startAgencies } from './agencies.ts'
import { somebody } from './register.ts'

let country: Country
const open: Socket[] = []

beforeAll(async () => {
  country = await startAgencies({ dopa: { settings: { timeouts: { headers: 1 } } } })
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy()
})
afterAll(() => country?.stop())

function port(): number {
  return Number(new URL(country.dopa.peerListens).port)
}

/** The sides of a socket that was opened: whether the other one has ended it. */
function watched<T extends Socket>(socket: T): { socket: T; isOver: () => boolean } {
  let over = false
  socket.on('error', () => {})
  socket.once('close', () => {
    over = true
  })
  socket.resume()
  open.push(socket)
  return { socket, isOver: () => over }
}

async function overTls(protocol: string, identity: object = {}): Promise<{ isOver: () => boolean }> {
  const one = watched<TLSSocket>(
    connectTls({
      ...{ port: port(), host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: [protocol] },
      ...identity,
    }),
  )
  await new Promise<void>((resolve, reject) => {
    one.socket.once('secureConnect', () => resolve())
    one.socket.once('error', reject)
  })
  return one
}

describe('where other gateways are let in, a connection on which nothing is said', () => {
  it('is ended before TLS has begun', async () => {
    const { isOver } = watched(connect(port(), '127.0.0.1'))
    await expect.poll(isOver).toBe(true)
  })

  it('is ended behind it', async () => {
    const { isOver } = await overTls('http/1.1')
    await expect.poll(isOver).toBe(true)
  })

  it('is held as a link for those alone whom the directory vouches for', async () => {
    const stranger = await overTls(linkProtocol)
    const member = await overTls(linkProtocol, country.rd.membership.tls())
    await expect.poll(stranger.isOver).toBe(true)
    await pause(500)
    expect(member.isOver()).toBe(false)
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
  })

  it('of which one half is closed keeps nobody from being served', async () => {
    for (const protocol of ['http/1.1', linkProtocol]) {
      const { isOver } = await overTls(protocol, country.rd.membership.tls())
      open.at(-1)?.end()
      await expect.poll(isOver).toBe(true)
    }
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
  })
})
