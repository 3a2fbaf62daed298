import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type CenterConnection,
  createDirectoryClient,
  createRenewal,
  DirectoryView,
  type GatewayCredentials,
  keyFolderLock,
  loadMembership,
  publishGrants,
  readDirectory,
} from '../../src/index.ts'
import { state } from '../../src/membership/statements.ts'
import { quiet, refusal, startCenter, type TestCenter, testClock } from './fixture.ts'

const minute = 60_000
let home: TestCenter

beforeAll(async () => {
  home = await startCenter({ certificateSeconds: 30 * 60 }, quiet, testClock())
})
afterAll(() => home.close())

async function view(): Promise<DirectoryView> {
  const { body } = await home.connection.request({ method: 'GET', path: '/v1/directory' })
  return new DirectoryView(readDirectory(body, home.center.rootFingerprint, home.clock()), body)
}

async function renewing(member: string, settleSeconds = 60) {
  const gateway = await home.join(member)
  const changes: GatewayCredentials[] = []
  const renewal = createRenewal({
    keys: gateway.keys,
    center: home.connection,
    clock: home.clock,
    log: quiet,
    settleSeconds,
    onChange: (credentials) => void changes.push(credentials),
  })
  const first = await renewal.start()
  return { gateway, renewal, changes, first }
}

test('a revoked certificate leaves the directory at once, with the reason in its place', async () => {
  const gateway = await home.join('TH/GOV/DOPA')
  const { fingerprint } = gateway.credentials.tls
  const before = await view()
  expect(before.certificate(fingerprint)?.holder).toBe('TH/GOV/DOPA/gateway-1')
  await home.admin('POST', `/v1/certificates/${fingerprint}/revoke`, { reason: 'key-compromise' })
  const after = await view()
  expect(after.version).toBe(before.version + 1)
  expect(after.certificate(fingerprint)).toBeUndefined()
  expect(after.revocation(fingerprint)?.reason).toBe('key-compromise')
  expect(after.gateway('TH/GOV/DOPA/gateway-1')?.tls).toEqual([])
})

test('revoking twice changes nothing, revoking what was never issued is refused', async () => {
  const gateway = await home.join('TH/GOV/RD')
  const url = `/v1/certificates/${gateway.credentials.tls.fingerprint}/revoke`
  await home.admin('POST', url, { reason: 'superseded' })
  const { version } = await view()
  expect((await home.admin('POST', url, { reason: 'key-compromise' })).status).toBe(200)
  expect((await view()).version).toBe(version)
  const unknown = await home.admin('POST', `/v1/certificates/${'0'.repeat(64)}/revoke`, {
    reason: 'superseded',
  })
  expect(unknown.json.code).toBe('certificate-unknown')
})

test('the center’s own certificate in use is not revoked under its feet', async () => {
  const { json } = await home.admin('GET', `/v1/certificates?holder=${encodeURIComponent('TH center')}`)
  const own = (json.certificates as { fingerprint: string; use: string }[]).map(
    ({ fingerprint }) => fingerprint,
  )
  expect(own).toHaveLength(3)
  for (const fingerprint of own) {
    const answer = await home.admin('POST', `/v1/certificates/${fingerprint}/revoke`, {
      reason: 'superseded',
    })
    expect(answer.json.code).toBe('certificate-in-use')
  }
})

test('a gateway asks the directory client, and a revocation reaches it with the next poll', async () => {
  const gateway = await home.join('TH/GOV/DBD')
  const seen: number[] = []
  const client = createDirectoryClient({
    center: home.connection,
    rootFingerprint: home.center.rootFingerprint,
    instance: 'TH',
    store: forgetful,
    clock: home.clock,
    log: quiet,
    onChange: (now) => void seen.push(now.version),
  })
  await client.start()
  const { fingerprint } = gateway.credentials.tls
  expect(client.current().isRevoked(fingerprint)).toBe(false)
  await home.admin('POST', `/v1/certificates/${fingerprint}/revoke`, { reason: 'unspecified' })
  expect(await client.refresh()).toBe(true)
  expect(client.current().isRevoked(fingerprint)).toBe(true)
  expect(await client.refresh()).toBe(false)
  expect(seen).toHaveLength(2)
  await client.stop()
})

const forgetful = {
  load: async () => undefined,
  save: async () => {},
  touch: async () => {},
  knownPeers: async () => [],
  addKnownPeer: async () => {},
  documentAt: async () => undefined,
}

test('certificates are renewed with new keys when two thirds of their life are over, and not before', async () => {
  const { gateway, renewal, changes, first } = await renewing('TH/GOV/OCSC')
  home.clock.now += 19 * minute
  expect(await renewal.look()).toBe(false)
  expect((await loadMembership(gateway.keys))?.tls).toHaveLength(1)
  home.clock.now += 2 * minute
  expect(await renewal.look()).toBe(false)
  const pending = await loadMembership(gateway.keys)
  expect(pending?.tls).toHaveLength(2)
  expect(changes).toEqual([])
  home.clock.now += minute
  expect(await renewal.look()).toBe(true)
  const [now] = changes
  expect(now?.tls.fingerprint).not.toBe(first.tls.fingerprint)
  expect(now?.tls.signer.publicKey.equals(first.tls.signer.publicKey)).toBe(false)
  const listed = await view()
  for (const held of [first.tls, now?.tls, now?.signing.get('TH/GOV/OCSC')]) {
    expect(listed.certificate(held?.fingerprint ?? '')).toBeDefined()
  }
  await renewal.stop()
})

test('the renewed signing key signs statements, and the next renewal', async () => {
  const { renewal, changes } = await renewing('TH/GOV/DGA', 0)
  for (const round of [1, 2]) {
    home.clock.now += 21 * minute
    expect(await renewal.look()).toBe(true)
    const signing = changes[round - 1]?.signing.get('TH/GOV/DGA')
    if (!signing) throw new Error('no signing credential')
    const speaker = {
      center: home.connection,
      rootFingerprint: home.center.rootFingerprint,
      signing,
      clock: home.clock,
    }
    await publishGrants(speaker, { publish: [String(round).repeat(64)] })
  }
  await renewal.stop()
})

test('an operator renews at once, before anything is due, and two renewals do not meet', async () => {
  const { gateway, renewal, changes } = await renewing('TH/GOV/ONCE', 0)
  await Promise.all([renewal.renewNow(), renewal.renewNow()])
  expect(await renewal.look()).toBe(true)
  expect(changes).toHaveLength(1)
  expect((await loadMembership(gateway.keys))?.tls.at(-1)?.key).toMatch(/\.n2$/)
  await renewal.stop()
})

test('of two processes on one key folder one renews, what both write stays, and both use the same', async () => {
  const gateway = await home.join('TH/GOV/TWO', ['TH/GOV/TWOA', 'TH/GOV/TWOB'])
  const used: GatewayCredentials[][] = [[], []]
  const processes = used.map((seen) =>
    createRenewal({
      keys: gateway.keys,
      center: home.connection,
      clock: home.clock,
      log: quiet,
      settleSeconds: 0,
      lock: keyFolderLock(home.pool, 'TH/GOV/TWO/gateway-1'),
      onChange: (credentials) => void seen.push(credentials),
    }),
  )
  for (const each of processes) await each.start()
  home.clock.now += 21 * minute
  const [one, two] = processes
  await Promise.all([
    one?.look(),
    two?.look(),
    two?.change(async (held) => ({ ...held, peer: 'https://moved.test' })),
  ])
  for (const each of processes) await each.look()
  const held = await loadMembership(gateway.keys)
  expect(held?.peer).toBe('https://moved.test')
  const names = [held?.tls, ...(held?.members ?? []).map(({ signing }) => signing)]
  expect(names.map((list) => list?.at(-1)?.key.slice(-3))).toEqual(['.n1', '.n1', '.n1', '.n1'])
  const certified = await home.admin('GET', '/v1/certificates?holder=TH%2FGOV%2FTWOB')
  expect(certified.json.certificates).toHaveLength(2)
  const last = used.map((seen) => seen.at(-1)?.signing.get('TH/GOV/TWOB')?.fingerprint)
  expect(last[0]).toBeDefined()
  expect(last[1]).toBe(last[0])
  for (const each of processes) await each.stop()
})

test('while a center hangs, another process waits for one certificate to be asked for, not for all of them', async () => {
  const gateway = await home.join('TH/GOV/HANG', ['TH/GOV/HANGA', 'TH/GOV/HANGB'])
  const hanging: ((error: Error) => void)[] = []
  const request: CenterConnection['request'] = async (wanted) =>
    hanging.length === 2
      ? await home.connection.request(wanted)
      : await new Promise((_, reject) => hanging.push(reject))
  const process = (center: CenterConnection) =>
    createRenewal({
      keys: gateway.keys,
      center,
      clock: home.clock,
      log: quiet,
      settleSeconds: 0,
      lock: keyFolderLock(home.pool, 'TH/GOV/HANG/gateway-1'),
      onChange: () => {},
    })
  const one = process({ ...home.connection, request })
  const two = process(home.connection)
  for (const each of [one, two]) await each.start()
  home.clock.now += 21 * minute
  const looking = one.look()
  await expect.poll(() => hanging.length).toBe(1)
  const changed = two.change(async (held) => ({ ...held, peer: 'https://moved.test' }))
  await expect.poll(waitingForLock).toBe(1)
  hanging[0]?.(new Error('timed out'))
  await changed
  await expect.poll(() => hanging.length).toBe(2)
  hanging[1]?.(new Error('timed out'))
  await looking
  for (const each of [one, two]) expect(await each.look()).toBe(true)
  const held = await loadMembership(gateway.keys)
  const names = [held?.tls, ...(held?.members ?? []).map(({ signing }) => signing)]
  expect(held?.peer).toBe('https://moved.test')
  expect(names.map((list) => list?.at(-1)?.key.slice(-3))).toEqual(['.n1', '.n1', '.n1', '.n1'])
  for (const each of [one, two]) await each.stop()
})

async function waitingForLock(): Promise<number> {
  const { rows } = await home.pool.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_locks join pg_database on oid = database
     where locktype = 'advisory' and not granted and datname = current_database()`,
  )
  return rows[0]?.waiting ?? 0
}

test('a renewal that fails is tried again, with the same next key', async () => {
  const { gateway, renewal, changes } = await renewing('TH/COM/SHOP', 0)
  home.clock.now += 21 * minute
  const request = home.connection.request
  const away = async () => Promise.reject(new Error('away'))
  Object.assign(home.connection, { request: away })
  expect(renewal.failure()).toBeNull()
  expect(await renewal.look()).toBe(false)
  expect(renewal.failure()).toMatchObject({ at: home.clock(), reason: { en: expect.any(String) } })
  Object.assign(home.connection, { request })
  expect(await renewal.look()).toBe(true)
  expect(renewal.failure()).toBeNull()
  expect(changes).toHaveLength(1)
  expect((await loadMembership(gateway.keys))?.tls.at(-1)?.key).toMatch(/\.n1$/)
  await renewal.stop()
})

test('a gateway whose certificates ran out is told to join again', async () => {
  const gateway = await home.join('TH/NGO/LATE')
  home.clock.now += 31 * minute
  expect(await refusal(publishGrants(gateway.speaker('TH/NGO/LATE'), {}))).toBe('statement-invalid')
})

test('no member renews for another’s gateway or in another’s name', async () => {
  const mallory = await home.join('TH/COM/MALLORY')
  await home.join('TH/GOV/VICTIM')
  const { createRequest, generateSigner } = await import('@sapan/trust')
  const request = createRequest(generateSigner('ecdsa-p256-sha256'), { subject: { commonName: 'x' } })
  const renew = (use: string, gateway: string) =>
    state(mallory.speaker('TH/COM/MALLORY'), {
      path: '/v1/renew',
      type: 'sapan-renewal+jws',
      payload: { use, gateway, request },
    })
  expect(await refusal(renew('tls', 'TH/GOV/VICTIM/gateway-1'))).toBe('statement-not-allowed')
  expect(await refusal(renew('signing', 'TH/GOV/VICTIM/gateway-1'))).toBe('statement-not-allowed')
  expect(await refusal(renew('tls', 'TH/GOV/NOBODY/gateway-1'))).toBe('gateway-unknown')
  const { certificate } = (await renew('signing', 'TH/COM/MALLORY/gateway-1')) as { certificate: string }
  const { readCertificate } = await import('@sapan/trust')
  expect(readCertificate(Buffer.from(certificate, 'base64')).extensions.uris).toEqual([
    'sapan:member:TH/COM/MALLORY',
  ])
})

test('a member has so many certificates in force and no more, until some are over', async () => {
  const gateway = await home.join('TH/COM/KEYS')
  const { createRequest, generateSigner } = await import('@sapan/trust')
  const renew = () =>
    state(gateway.speaker('TH/COM/KEYS'), {
      path: '/v1/renew',
      type: 'sapan-renewal+jws',
      payload: {
        use: 'signing',
        gateway: 'TH/COM/KEYS/gateway-1',
        request: createRequest(generateSigner('ed25519'), { subject: { commonName: 'x' } }),
      },
    })
  for (let n = 1; n < 64; n++) await renew()
  expect(await refusal(renew())).toBe('directory-limit-reached')
  expect((await view()).member('TH/COM/KEYS')?.signing).toHaveLength(64)
  const used = gateway.credentials.signing.get('TH/COM/KEYS')?.fingerprint
  const { rows } = await home.pool.query<{ fingerprint: string }>(
    "select fingerprint from center.certificate where holder = 'TH/COM/KEYS' and fingerprint <> $1",
    [used],
  )
  await home.admin('POST', `/v1/certificates/${rows[0]?.fingerprint}/revoke`, { reason: 'superseded' })
  await renew()
})

test('after a revocation, a new token brings a gateway back with new keys', async () => {
  const gateway = await home.join('TH/LOC/TOWN')
  const { tls, signing } = gateway.credentials
  for (const held of [tls, ...signing.values()]) {
    await home.admin('POST', `/v1/certificates/${held.fingerprint}/revoke`, { reason: 'key-compromise' })
  }
  const { joinGateway, loadCredentials } = await import('../../src/index.ts')
  const membership = await joinGateway({
    token: await home.token('TH/LOC/TOWN/gateway-1', []),
    keys: gateway.keys,
    peerAddress: 'https://127.0.0.1:4444',
    clock: home.clock,
    center: home.connection,
  })
  const again = await loadCredentials(gateway.keys, membership, home.clock())
  expect(again.tls.fingerprint).not.toBe(tls.fingerprint)
  expect((await view()).certificate(again.tls.fingerprint)?.use).toBe('tls')
})
