import { X509Certificate } from 'node:crypto'
import { verifyPath } from '@sapan/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { joinGateway, loadMembership } from '../../src/index.ts'
import { openJoinToken, refusal, startCenter, type TestCenter, testFolder } from './fixture.ts'

let home: TestCenter

beforeAll(async () => {
  home = await startCenter()
  for (const code of ['DOPA', 'RD', 'DBD']) {
    await home.admin('POST', '/v1/members', { class: 'GOV', code, name: { th: code, en: code } })
  }
})
afterAll(() => home.close())

const join = async (token: string, keys = testFolder()) =>
  joinGateway({
    token,
    keys: await keys,
    peerAddress: 'https://127.0.0.1:4444',
    clock: home.clock,
    center: home.connection,
  })

test('a joined gateway holds certificates that lead to the pinned root and name it', async () => {
  const gateway = await home.join('TH/GOV/OCSC', ['TH/COM/SHOP'])
  const { tls, signing } = gateway.credentials
  const options = { at: home.clock(), revoked: new Set<string>() }
  const roots = [home.center.rootFingerprint]
  const connection = verifyPath(tls.certificate, tls.chain, roots, { ...options, profile: 'tls' })
  expect(connection.uris).toEqual(['sapan:gateway:TH/GOV/OCSC/gateway-1'])
  expect(connection.ips).toEqual(['127.0.0.1'])
  for (const [member, held] of signing) {
    const path = verifyPath(held.certificate, held.chain, roots, { ...options, profile: 'signing' })
    expect(path.uris).toEqual([`sapan:member:${member}`])
  }
  expect([...signing.keys()]).toEqual(['TH/GOV/OCSC', 'TH/COM/SHOP'])
})

test('the directory lists the gateway, its address and its certificates at once', async () => {
  const gateway = await home.join('TH/GOV/DGA')
  const directory = await home.directory()
  const listed = directory.gateways.find(({ id }) => id === 'TH/GOV/DGA/gateway-1')
  expect(listed?.peer).toBe('https://127.0.0.1:4444')
  expect(listed?.tls).toEqual([gateway.credentials.tls.certificate.toString('base64')])
  const member = directory.members.find(({ id }) => id === 'TH/GOV/DGA')
  expect(member?.gateways).toEqual(['TH/GOV/DGA/gateway-1'])
  expect(member?.signing).toHaveLength(1)
})

test('members may sign with Ed25519', async () => {
  const membership = await joinGateway({
    token: await home.token('TH/GOV/DBD/gateway-1', []),
    keys: await testFolder(),
    peerAddress: 'https://dbd.test:4444',
    clock: home.clock,
    center: home.connection,
    algorithm: 'ed25519',
  })
  const der = Buffer.from(membership.members[0]?.signing[0]?.certificate ?? '', 'base64')
  expect(new X509Certificate(der).publicKey.asymmetricKeyType).toBe('ed25519')
})

test('a token that was used is refused to anyone with other keys', async () => {
  const token = await home.token('TH/GOV/RD/gateway-1', [])
  await join(token)
  expect(await refusal(join(token))).toBe('join-token-used')
})

test('of two that use a token at once, exactly one joins', async () => {
  const token = await home.token('TH/GOV/RD/gateway-2', [])
  const both = await Promise.allSettled(Array.from({ length: 6 }, () => join(token)))
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a joiner that lost the answer gets the same again, and the directory does not change', async () => {
  const token = await home.token('TH/GOV/RD/gateway-3', [])
  const keys = testFolder()
  const first = await join(token, keys)
  const { version } = await home.directory()
  const again = await join(token, keys)
  expect(again).toEqual(first)
  expect((await home.directory()).version).toBe(version)
})

test('a joiner that fell after making its keys joins with the same keys', async () => {
  const token = await home.token('TH/GOV/RD/gateway-4', [])
  const keys = testFolder()
  const broken = { ...home.connection, request: async () => Promise.reject(new Error('fallen')) }
  await expect(
    joinGateway({
      token,
      keys: await keys,
      peerAddress: 'https://127.0.0.1:1',
      clock: home.clock,
      center: broken,
    }),
  ).rejects.toThrow('fallen')
  expect(await loadMembership(await keys)).toBeUndefined()
  expect((await join(token, keys)).gateway).toBe('TH/GOV/RD/gateway-4')
})

test('an expired token is refused, also to who used it before', async () => {
  const token = await home.token('TH/GOV/RD/gateway-5', [], 60)
  const keys = testFolder()
  await join(token, keys)
  home.clock.now += 60_000
  expect(await refusal(join(token, keys))).toBe('join-token-expired')
})

test('a token that the center never gave is refused', async () => {
  const token = openJoinToken(await home.token('TH/GOV/RD/gateway-6', []))
  const forged = { ...token, secret: Buffer.alloc(32, 7).toString('base64url') }
  const text = `sapan-join.${Buffer.from(JSON.stringify(forged)).toString('base64url')}`
  expect(await refusal(join(text))).toBe('join-token-unknown')
})

test.each([
  ['another gateway', { gateway: 'TH/GOV/DOPA/gateway-1' }],
  ['another member', { members: ['TH/GOV/RD', 'TH/GOV/DOPA'] }],
])('a token for one gateway and its members is refused for %s', async (_name, change) => {
  const token = openJoinToken(await home.token('TH/GOV/RD/gateway-7', []))
  const text = `sapan-join.${Buffer.from(JSON.stringify({ ...token, ...change })).toString('base64url')}`
  expect(await refusal(join(text))).toBe('join-token-for-another')
})

test('a key that serves one member is not certified for another', async () => {
  const body = async (token: string) => {
    const { createRequest, generateSigner } = await import('@sapan/trust')
    const shared = createRequest(generateSigner('ecdsa-p256-sha256'), { subject: { commonName: 'x' } })
    const { secret, gateway, members } = openJoinToken(token)
    return {
      secret,
      gateway,
      peer: 'https://127.0.0.1:1',
      algorithms: ['ed25519'],
      tls: shared,
      members: members.map((id) => ({ id, signing: shared })),
    }
  }
  const payload = await body(await home.token('TH/GOV/RD/gateway-8', ['TH/GOV/DOPA']))
  const answer = await home.center.publicApp.inject({ method: 'POST', url: '/v1/join', payload })
  expect(answer.statusCode).toBe(409)
  expect(answer.json().code).toBe('key-taken')
})

test('only a hash of a token’s secret is in the database', async () => {
  const { secret } = openJoinToken(await home.token('TH/GOV/RD/gateway-9', []))
  const { rows } = await home.pool.query('select row_to_json(t)::text as text from center.join_token t')
  expect(rows.length).toBeGreaterThan(0)
  const all = rows.map((row) => String(row.text)).join()
  expect(all).not.toContain(secret)
  const { json } = await home.admin('GET', '/v1/tokens')
  expect(JSON.stringify(json)).toContain('TH/GOV/RD/gateway-9')
  expect(JSON.stringify(json)).not.toContain(secret)
  expect(all).not.toContain(Buffer.from(secret, 'base64url').toString('hex'))
})

test.each([
  '',
  'sapan-join.',
  'sapan-join.!!!',
  `sapan-join.${Buffer.from('{}').toString('base64url')}`,
  'x',
])('a token that is none is refused before anything is sent: %j', async (text) => {
  expect(await refusal(() => openJoinToken(text))).toBe('join-token-malformed')
})

test('a new token for some of its members renews these, and leaves the gateway the others', async () => {
  await home.admin('POST', '/v1/members', { class: 'COM', code: 'SHOP2', name: { th: 'x', en: 'x' } })
  const keys = testFolder()
  const both = ['TH/GOV/RD', 'TH/COM/SHOP2']
  const first = await join(await home.token('TH/GOV/RD/gateway-9', both), keys)
  const again = await join(await home.token('TH/GOV/RD/gateway-9', ['TH/GOV/RD']), keys)
  const signing = ({ members }: typeof first, of: string) => members.find(({ id }) => id === of)?.signing
  expect(again.members.map(({ id }) => id)).toEqual(both)
  expect(signing(again, 'TH/COM/SHOP2')).toEqual(signing(first, 'TH/COM/SHOP2'))
  expect(signing(again, 'TH/GOV/RD')).not.toEqual(signing(first, 'TH/GOV/RD'))
})
