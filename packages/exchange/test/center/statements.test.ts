import { randomBytes } from 'node:crypto'
import { generateSigner, signJws, vkey } from '@sapan/trust'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  publishGateway,
  publishGrants,
  publishLogKey,
  publishServices,
  type Speaker,
} from '../../src/index.ts'
import { refusal, startCenter, type TestCenter, type TestGateway } from './fixture.ts'

let home: TestCenter
let gateway: TestGateway
let dopa: Speaker
let other: Speaker

const openapi = 'a'.repeat(64)
const service = {
  id: 'TH/GOV/DOPA/population/person-v1',
  title: { th: 'บุคคล', en: 'Person' },
  personal: true,
  openapi,
}

beforeAll(async () => {
  home = await startCenter()
  gateway = await home.join('TH/GOV/DOPA')
  dopa = gateway.speaker('TH/GOV/DOPA')
  other = (await home.join('TH/GOV/RD')).speaker('TH/GOV/RD')
  await home.admin('POST', '/v1/subsystems', {
    id: 'TH/GOV/DOPA/population',
    name: { th: 'ทะเบียนราษฎร', en: 'Population' },
  })
})
afterAll(() => home.close())

/** A statement as it is sent, with any part of it changed. */
let frame: { iat: number; jti: string; aud: string }
beforeEach(() => {
  frame = {
    iat: Math.floor(home.clock() / 1000),
    jti: randomBytes(16).toString('base64url'),
    aud: home.center.rootFingerprint,
  }
})

function statement(payload: object, speaker = dopa, type = 'sapan-grants+jws') {
  const { signer, certificate, chain } = speaker.signing
  return signJws(payload, { signer, type, chain: [certificate, ...chain] })
}

async function send(jws: string, path = '/v1/grants') {
  const answer = await home.connection.request({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/jose' },
    body: jws,
  })
  return { status: answer.status, code: JSON.parse(answer.body).code }
}

const nothing = { publish: [], withdraw: [] }

test('services are published and withdrawn by the member to whose subsystem they belong', async () => {
  await publishServices(dopa, { register: [service] })
  expect((await home.directory()).services).toEqual([service])
  await publishServices(dopa, { register: [{ ...service, openapi: 'b'.repeat(64) }] })
  expect((await home.directory()).services[0]?.openapi).toBe('b'.repeat(64))
  await publishServices(dopa, { withdraw: [service.id] })
  expect((await home.directory()).services).toEqual([])
})

test('nobody publishes or withdraws a service of another', async () => {
  await publishServices(dopa, { register: [service] })
  expect(await refusal(publishServices(other, { register: [service] }))).toBe('statement-not-allowed')
  expect(await refusal(publishServices(other, { withdraw: [service.id] }))).toBe('statement-not-allowed')
  expect((await home.directory()).services).toEqual([service])
})

test('a service of a subsystem that is not registered is refused', async () => {
  const elsewhere = { ...service, id: 'TH/GOV/DOPA/nowhere/person-v1' }
  expect(await refusal(publishServices(dopa, { register: [elsewhere] }))).toBe('subsystem-unknown')
})

test('hashes of grants are published under the member that signs, and under no other', async () => {
  await publishGrants(dopa, { publish: ['1'.repeat(64), '2'.repeat(64)] })
  await publishGrants(other, { publish: ['3'.repeat(64)], withdraw: ['1'.repeat(64)] })
  await publishGrants(dopa, { withdraw: ['2'.repeat(64)] })
  expect((await home.directory()).grants).toEqual([
    { provider: 'TH/GOV/DOPA', hashes: ['1'.repeat(64)] },
    { provider: 'TH/GOV/RD', hashes: ['3'.repeat(64)] },
  ])
})

test('a log’s epochs follow one another, and an epoch’s key never changes', async () => {
  const key = generateSigner('ed25519').publicKey
  const epoch = (number: number, publicKey = key, member = 'TH/GOV/DOPA') => {
    const origin = `sapan.example/${member}/${number}`
    return { epoch: number, origin, vkey: vkey(origin, publicKey) }
  }
  await publishLogKey(dopa, epoch(1))
  await publishLogKey(dopa, epoch(1))
  const stranger = generateSigner('ed25519').publicKey
  expect(await refusal(publishLogKey(dopa, epoch(1, stranger)))).toBe('log-key-conflict')
  expect(await refusal(publishLogKey(dopa, epoch(3)))).toBe('log-key-conflict')
  await publishLogKey(dopa, epoch(2))
  expect(await refusal(publishLogKey(other, epoch(1)))).toBe('statement-not-allowed')
  const member = (await home.directory()).members.find(({ id }) => id === 'TH/GOV/DOPA')
  expect(member?.log).toEqual([epoch(1), epoch(2)])
  await expect(home.pool.query("update center.log_key set vkey = 'x'")).rejects.toThrow('not allowed')
})

test('a gateway’s address changes on its owner’s word only', async () => {
  const move = { gateway: 'TH/GOV/DOPA/gateway-1', peer: 'https://127.0.0.1:5555', algorithms: ['ed25519'] }
  expect(await refusal(publishGateway(other, move))).toBe('statement-not-allowed')
  await publishGateway(dopa, move)
  const listed = (await home.directory()).gateways.find(({ id }) => id === move.gateway)
  expect([listed?.peer, listed?.algorithms]).toEqual(['https://127.0.0.1:5555', ['ed25519']])
  const nowhere = { ...move, gateway: 'TH/GOV/DOPA/gateway-9' }
  expect(await refusal(publishGateway(dopa, nowhere))).toBe('gateway-unknown')
  for (const peer of [
    'http://a:1',
    'https://a:1/path',
    'https://u:p@a:1',
    'nonsense',
    'https://*.test:1',
    'https://a.test.:1',
    'https://a..b:1',
    'https://a,b:1',
  ]) {
    expect(await refusal(publishGateway(dopa, { ...move, peer }))).toBe('request-invalid')
  }
})

test('a statement counts once', async () => {
  const jws = statement({ ...frame, ...nothing })
  expect((await send(jws)).status).toBe(200)
  expect(await send(jws)).toEqual({ status: 409, code: 'statement-replayed' })
})

test('sent twice at once, it counts once', async () => {
  const jws = statement({ ...frame, publish: ['9'.repeat(64)], withdraw: [] })
  const answers = await Promise.all(Array.from({ length: 6 }, () => send(jws)))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test.each([
  [-61, 'statement-stale'],
  [-60, undefined],
  [60, undefined],
  [61, 'statement-stale'],
])('a statement signed %i s from now: %s', async (seconds, code) => {
  const jws = statement({ ...frame, iat: frame.iat + seconds, ...nothing })
  expect((await send(jws)).code).toBe(code)
})

test('a statement for another center, of another type, or without its own number is refused', async () => {
  expect((await send(statement({ ...frame, aud: '0'.repeat(64), ...nothing }))).code).toBe(
    'statement-invalid',
  )
  const { jti: _jti, ...unnumbered } = frame
  expect((await send(statement({ ...unnumbered, ...nothing }))).code).toBe('statement-invalid')
  expect((await send(statement({ ...frame, ...nothing }, dopa, 'sapan-services+jws'))).code).toBe(
    'jws-malformed',
  )
  const { iat: _iat, ...undated } = frame
  expect((await send(statement({ ...undated, ...nothing }))).code).toBe('statement-stale')
})

test('a statement that is altered, or signed with a key that is not the certificate’s, is refused', async () => {
  const [header, payload, signature] = statement({ ...frame, ...nothing }).split('.')
  const changed = Buffer.from(JSON.stringify({ ...frame, publish: ['f'.repeat(64)], withdraw: [] }))
  expect(payload).toBeDefined()
  const altered = `${header}.${changed.toString('base64url')}.${signature}`
  expect((await send(altered)).code).toBe('statement-invalid')
  const stranger = { ...dopa, signing: { ...dopa.signing, signer: generateSigner('ecdsa-p256-sha256') } }
  expect((await send(statement({ ...frame, ...nothing }, stranger))).code).toBe('statement-invalid')
})

test('a TLS certificate signs no statement', async () => {
  const asTls = { ...dopa, signing: gateway.credentials.tls }
  expect((await send(statement({ ...frame, ...nothing }, asTls))).code).toBe('statement-invalid')
})

test('a revoked certificate signs no statement', async () => {
  const revoked = await home.join('TH/COM/GONE')
  const speaker = revoked.speaker('TH/COM/GONE')
  await home.admin('POST', `/v1/certificates/${speaker.signing.fingerprint}/revoke`, {
    reason: 'key-compromise',
  })
  expect(await refusal(publishGrants(speaker, {}))).toBe('statement-invalid')
})

test('a member has so many services and no more', async () => {
  const speaker = (await home.join('TH/COM/WIDE')).speaker('TH/COM/WIDE')
  await home.admin('POST', '/v1/subsystems', { id: 'TH/COM/WIDE/all', name: { th: 'ก', en: 'A' } })
  const register = Array.from({ length: 1000 }, (_, n) => ({ ...service, id: `TH/COM/WIDE/all/s${n}-v1` }))
  await publishServices(speaker, { register })
  const another = { ...service, id: 'TH/COM/WIDE/all/another-v1' }
  expect(await refusal(publishServices(speaker, { register: [another] }))).toBe('directory-limit-reached')
  await publishServices(speaker, { register: [another], withdraw: ['TH/COM/WIDE/all/s0-v1'] })
})

test('a member has so many grants in the directory and no more, until it withdraws some', async () => {
  const hashes = (from: number) =>
    Array.from({ length: 10_000 }, (_, n) => (from + n).toString(16).padStart(64, '0'))
  const speaker = (await home.join('TH/COM/MANY')).speaker('TH/COM/MANY')
  await publishGrants(speaker, { publish: hashes(0) })
  await publishGrants(speaker, { publish: hashes(10_000) })
  await publishGrants(speaker, { publish: hashes(10_000) })
  const { version } = await home.directory()
  expect(await refusal(publishGrants(speaker, { publish: ['f'.repeat(64)] }))).toBe('directory-limit-reached')
  expect((await home.directory()).version).toBe(version)
  await publishGrants(speaker, { publish: ['f'.repeat(64)], withdraw: hashes(0) })
  const { grants } = await home.directory()
  expect(grants.find(({ provider }) => provider === 'TH/COM/MANY')?.hashes).toHaveLength(10_001)
})

test('everything that was done is in an audit that cannot be changed', async () => {
  const { json } = await home.admin('GET', '/v1/audit')
  const actions = JSON.stringify(json)
  for (const action of ['member.add', 'token.make', 'gateway.join', 'service.publish', 'grant.publish']) {
    expect(actions).toContain(action)
  }
  for (const sql of [
    'update center.audit set actor = $$x$$',
    'delete from center.audit',
    'truncate center.audit',
  ]) {
    await expect(home.pool.query(sql)).rejects.toThrow('not allowed')
  }
})
