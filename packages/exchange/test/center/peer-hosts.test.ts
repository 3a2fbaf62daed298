import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { joinGateway, loadCredentials, publishGateway } from '../../src/index.ts'
import { state } from '../../src/membership/statements.ts'
import { refusal, startCenter, type TestCenter, type TestGateway, testFolder } from './fixture.ts'

let home: TestCenter

beforeAll(async () => {
  home = await startCenter()
})
afterAll(() => home.close())

/** A join token of the member's first gateway, as an operator makes it. */
async function token(member: string, hosts?: readonly string[]): Promise<string> {
  const [, memberClass, code] = member.split('/')
  await home.admin('POST', '/v1/members', { class: memberClass, code, name: { th: 'ก', en: 'A' } })
  const { json } = await home.admin('POST', '/v1/tokens', {
    gateway: `${member}/gateway-1`,
    ...(hosts ? { hosts } : {}),
  })
  return String(json.token)
}

async function join(member: string, peerAddress: string, hosts?: readonly string[], keys = testFolder()) {
  const folder = await keys
  const membership = await joinGateway({
    token: await token(member, hosts),
    keys: folder,
    peerAddress,
    clock: home.clock,
    center: home.connection,
  })
  return { membership, credentials: await loadCredentials(folder, membership, home.clock()) }
}

function speakerOf(member: string, credentials: TestGateway['credentials']) {
  const signing = credentials.signing.get(member)
  if (!signing) throw new Error('no signing credential')
  return { center: home.connection, rootFingerprint: home.center.rootFingerprint, signing, clock: home.clock }
}

async function move(member: string, credentials: TestGateway['credentials'], peer: string): Promise<void> {
  const gateway = `${member}/gateway-1`
  await publishGateway(speakerOf(member, credentials), { gateway, peer, algorithms: ['ed25519'] })
}

async function renewTls(member: string, credentials: TestGateway['credentials']): Promise<X509Certificate> {
  const { createRequest, generateSigner } = await import('@sapan/trust')
  const request = createRequest(generateSigner('ecdsa-p256-sha256'), { subject: { commonName: 'x' } })
  const payload = { use: 'tls', gateway: `${member}/gateway-1`, request }
  const options = { path: '/v1/renew', type: 'sapan-renewal+jws', payload }
  const { certificate } = (await state(speakerOf(member, credentials), options)) as { certificate: string }
  return new X509Certificate(Buffer.from(certificate, 'base64'))
}

async function listed(gateway: string) {
  return (await home.directory()).gateways.find(({ id }) => id === gateway)
}

test('a token that names hosts lets its gateway join under one of them only, and stays unused otherwise', async () => {
  const text = await token('TH/GOV/NAMED', ['GW.named.test', '2001:db8::1'])
  const joinAt = async (peerAddress: string) =>
    joinGateway({
      token: text,
      keys: await testFolder(),
      peerAddress,
      clock: home.clock,
      center: home.connection,
    })
  for (const peer of ['https://login.bank.test:4444', 'https://named.test:4444', 'https://127.0.0.1:4444']) {
    expect(await refusal(joinAt(peer))).toBe('peer-host-not-allowed')
  }
  expect(await listed('TH/GOV/NAMED/gateway-1')).toBeUndefined()
  const { peer } = await joinAt('https://gw.NAMED.test:4444')
  expect(peer).toBe('https://gw.named.test:4444')
})

test('an address of IPv6 is named with brackets or without', async () => {
  const { credentials } = await join('TH/GOV/SIX', 'https://[2001:db8::6]:4444', ['[2001:DB8:0:0::6]'])
  await move('TH/GOV/SIX', credentials, 'https://[2001:db8::6]:5555')
  expect((await listed('TH/GOV/SIX/gateway-1'))?.peer).toBe('https://[2001:db8::6]:5555')
})

test.each([
  '*.named.test',
  'https://named.test',
  'named.test:4444',
  'named.test/x',
  'u@named.test',
  'a b',
  '..',
  'a..b',
  'named.test.',
  '-named.test',
  '[::1',
  'a,b',
  '',
])('a token is not made for %j, which is no host', async (host) => {
  const { json } = await home.admin('POST', '/v1/tokens', {
    gateway: 'TH/GOV/NAMED/gateway-1',
    hosts: [host],
  })
  expect(json.code).toBe('request-invalid')
})

test('without hosts in the token, the first address binds: the port may change, the host may not', async () => {
  const { credentials } = await join('TH/GOV/FIRST', 'https://first.test:4444')
  await move('TH/GOV/FIRST', credentials, 'https://FIRST.test:5555')
  expect((await listed('TH/GOV/FIRST/gateway-1'))?.peer).toBe('https://first.test:5555')
  for (const peer of ['https://login.bank.test:5555', 'https://127.0.0.1:5432', 'https://center.test:4000']) {
    expect(await refusal(move('TH/GOV/FIRST', credentials, peer))).toBe('peer-host-not-allowed')
  }
  expect((await listed('TH/GOV/FIRST/gateway-1'))?.peer).toBe('https://first.test:5555')
})

test('among the hosts of its token a gateway moves by itself, and is certified for the one where it is', async () => {
  const { credentials } = await join('TH/GOV/TWO', 'https://one.two.test:1', [
    'one.two.test',
    'other.two.test',
  ])
  await move('TH/GOV/TWO', credentials, 'https://other.two.test:1')
  expect((await renewTls('TH/GOV/TWO', credentials)).subjectAltName).toContain('DNS:other.two.test')
  expect(await refusal(move('TH/GOV/TWO', credentials, 'https://two.test:1'))).toBe('peer-host-not-allowed')
})

test('a new token without hosts lets the gateway join again elsewhere, and binds it there', async () => {
  const keys = testFolder()
  await join('TH/GOV/MOVED', 'https://old.test:1', undefined, keys)
  const { credentials } = await join('TH/GOV/MOVED', 'https://new.test:1', undefined, keys)
  expect(credentials.tls.certificate.includes('new.test')).toBe(true)
  expect(await refusal(move('TH/GOV/MOVED', credentials, 'https://old.test:1'))).toBe('peer-host-not-allowed')
})

test('a new token without hosts does not narrow what the operator named before', async () => {
  const keys = testFolder()
  await join('TH/GOV/KEPT', 'https://a.kept.test:1', ['a.kept.test', 'b.kept.test'], keys)
  const { credentials } = await join('TH/GOV/KEPT', 'https://a.kept.test:2', undefined, keys)
  await move('TH/GOV/KEPT', credentials, 'https://b.kept.test:1')
})

test('the center’s operator changes the hosts of a gateway; what left the list is certified no more', async () => {
  const gateway = 'TH/GOV/CHANGED/gateway-1'
  const { credentials } = await join('TH/GOV/CHANGED', 'https://before.test:1')
  const answer = await home.admin('POST', '/v1/gateways/hosts', { gateway, hosts: ['After.test'] })
  expect([answer.status, answer.json]).toEqual([200, { gateway, hosts: ['after.test'] }])
  expect(await refusal(renewTls('TH/GOV/CHANGED', credentials))).toBe('peer-host-not-allowed')
  await move('TH/GOV/CHANGED', credentials, 'https://after.test:1')
  expect((await renewTls('TH/GOV/CHANGED', credentials)).subjectAltName).toContain('DNS:after.test')
  const { json } = await home.admin('GET', '/v1/gateways')
  expect(JSON.stringify(json)).toContain('"hosts":["after.test"]')
  const unknown = { gateway: 'TH/GOV/CHANGED/gateway-9', hosts: ['after.test'] }
  expect((await home.admin('POST', '/v1/gateways/hosts', unknown)).json.code).toBe('gateway-unknown')
})

test('a key that was certified for one host is certified anew for another', async () => {
  const { createRequest, generateSigner } = await import('@sapan/trust')
  const { openJoinToken } = await import('../../src/index.ts')
  const request = () => createRequest(generateSigner('ecdsa-p256-sha256'), { subject: { commonName: 'x' } })
  const tls = request()
  const joinWith = async (peer: string) => {
    const { secret, gateway, members } = openJoinToken(await token('TH/GOV/SAME'))
    const payload = { secret, gateway, peer, algorithms: ['ed25519'], tls }
    const signing = members.map((id) => ({ id, signing: request() }))
    const options = { method: 'POST', url: '/v1/join', payload: { ...payload, members: signing } } as const
    const { tls: certificate } = (await home.center.publicApp.inject(options)).json()
    return new X509Certificate(Buffer.from(certificate, 'base64')).subjectAltName
  }
  expect(await joinWith('https://here.test:1')).toContain('DNS:here.test')
  expect(await joinWith('https://there.test:1')).toContain('DNS:there.test')
})
