import { createServer, type Server } from 'node:https'
import {
  type AddressInfo,
  createServer as createPlainServer,
  type Server as PlainServer,
  type Socket,
} from 'node:net'
import { connect } from 'node:tls'
import { exportPem, toPem } from '@sapan/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectCenter, joinGateway, openJoinToken } from '../../src/index.ts'
import { close } from '../gateway/closing.ts'
import { refusal, startCenter, type TestCenter, testClock, testFolder } from './fixture.ts'

let home: TestCenter
let server: Server
let url: string
const servers: Server[] = []

beforeAll(async () => {
  // The certificate names the address, so that comes first.
  home = await startCenter({ publicUrl: 'https://127.0.0.1:4000' }, undefined, testClock(Date.now()))
  server = await listen(createServer(home.center.tls(), home.center.publicHandler))
  url = urlOf(server)
})
afterAll(async () => {
  for (const each of servers) await close(each)
  await home.close()
})

async function listen(one: Server): Promise<Server> {
  servers.push(one)
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
  return one
}

function urlOf(one: PlainServer): string {
  return `https://127.0.0.1:${(one.address() as AddressInfo).port}`
}

async function ask(to: string, rootFingerprint = home.center.rootFingerprint): Promise<number> {
  const connection = connectCenter({ url: to, rootFingerprint, timeoutSeconds: 2 })
  try {
    return (await connection.request({ method: 'GET', path: '/v1/directory' })).status
  } finally {
    await connection.close()
  }
}

test('the fingerprint of the root is enough to reach the center', async () => {
  expect(await ask(url)).toBe(200)
})

test('a gateway joins over the network with nothing but its token', async () => {
  await home.admin('POST', '/v1/members', { class: 'GOV', code: 'DOPA', name: { th: 'ก', en: 'DOPA' } })
  const token = openJoinToken(await home.token('TH/GOV/DOPA/gateway-1', []))
  const here = `sapan-join.${Buffer.from(JSON.stringify({ ...token, center: url })).toString('base64url')}`
  const keys = await testFolder()
  const membership = await joinGateway({ token: here, keys, peerAddress: 'https://127.0.0.1:4444' })
  expect(membership.gateway).toBe('TH/GOV/DOPA/gateway-1')
})

test('another root is refused before anything is sent', async () => {
  expect(await refusal(ask(url, '00'.repeat(32)))).toBe('center-untrusted')
})

test('a server with the center’s chain but not its key is not the center', async () => {
  const foreign = await startCenter({ publicUrl: 'https://127.0.0.1:4000' }, undefined, testClock(Date.now()))
  // Its own leaf and key, with the root of the real one shown behind it.
  const own = foreign.center.tls()
  const realChain = String(home.center.tls().cert)
  const root = realChain.slice(realChain.lastIndexOf('-----BEGIN'))
  const impostor = await listen(
    createServer({ ...own, cert: String(own.cert) + root }, foreign.center.publicHandler),
  )
  let asked = 0
  impostor.on('request', () => {
    asked += 1
  })
  expect(await refusal(ask(urlOf(impostor)))).toBe('center-untrusted')
  expect(asked).toBe(0)
  await foreign.close()
})

test('a gateway’s certificate, of the same root and for the same host, is not the center’s', async () => {
  const gateway = await home.join('TH/COM/MALLORY')
  const { tls } = gateway.credentials
  const cert = [tls.certificate, ...tls.chain].map((der) => toPem(der)).join('')
  const impostor = await listen(createServer({ key: exportPem(tls.signer), cert }, home.center.publicHandler))
  expect(await refusal(ask(urlOf(impostor)))).toBe('center-untrusted')
})

test('a certificate for another host is refused', async () => {
  expect(await refusal(ask(url.replace('127.0.0.1', 'localhost')))).toBe('center-untrusted')
})

test('nobody there, and a server that says nothing, are told apart from an untrusted one', async () => {
  expect(await refusal(ask('https://127.0.0.1:1'))).toBe('center-unreachable')
  const held: Socket[] = []
  const silent = createPlainServer((socket) => void held.push(socket))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  expect(await refusal(ask(urlOf(silent)))).toBe('center-unreachable')
  for (const socket of held) socket.destroy()
  silent.close()
})

test('a plain address is refused', async () => {
  expect(await refusal(() => connectCenter({ url: 'http://center.test', rootFingerprint: '' }))).toBe(
    'center-untrusted',
  )
})

test('TLS 1.2 is not spoken', async () => {
  const port = Number(new URL(url).port)
  const failure = await new Promise<Error>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, maxVersion: 'TLSv1.2', rejectUnauthorized: false })
    socket.on('error', resolve)
    socket.on('secureConnect', () => resolve(new Error('it was spoken')))
  })
  expect(failure.message).not.toBe('it was spoken')
})

test('the center renews its own certificate while it listens', async () => {
  const seen: unknown[] = []
  home.center.onTlsRenewed((options) => {
    seen.push(options)
    server.setSecureContext(options)
  })
  const before = String(home.center.tls().cert)
  home.clock.now += 61 * 86_400_000
  await home.center.start()
  expect(seen).toHaveLength(1)
  expect(String(home.center.tls().cert)).not.toBe(before)
})
