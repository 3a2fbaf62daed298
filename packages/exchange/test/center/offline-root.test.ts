import { createHash } from 'node:crypto'
import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fromPem, KeyFolder, readCertificate, timestampRequest, verifyPath } from '@sapan/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createCenter,
  createRenewal,
  type GatewayCredentials,
  initialiseCenter,
  renewIssuer,
} from '../../src/index.ts'
import { injected, quiet, refusal, startCenter, type TestCenter, testFolder } from './fixture.ts'

let home: TestCenter

beforeAll(async () => {
  home = await startCenter({ certificateSeconds: 3600 })
})
afterAll(() => home.close())

const offline = () => join(home.keys.directory, 'offline')
const away = () => join(home.keys.directory, '..', 'sapan-offline-away')

test('a center runs, issues, publishes and stamps with the root’s key taken away', async () => {
  await rename(offline(), away())
  try {
    const center = await home.standby()
    await center.start()
    await home.join('TH/GOV/DOPA')
    home.clock.now += 400_000
    await center.start()
    expect((await home.directory()).members).toHaveLength(1)
    const payload = timestampRequest(createHash('sha256').digest())
    const headers = { 'content-type': 'application/timestamp-query' }
    expect(
      (await center.publicApp.inject({ method: 'POST', url: '/tsa', payload, headers })).statusCode,
    ).toBe(200)
  } finally {
    await rename(away(), offline())
  }
})

test('two that make a center of one key folder at once have one root', async () => {
  const keys = await testFolder()
  const make = () => initialiseCenter({ keys, instance: 'TH', now: home.clock() })
  const made = await Promise.all(Array.from({ length: 6 }, make))
  const { rootFingerprint } = await make()
  expect(new Set(made.map((each) => each.rootFingerprint))).toEqual(new Set([rootFingerprint]))
  const center = await createCenter({
    pool: home.pool,
    keys,
    clock: home.clock,
    log: quiet,
    config: { instance: 'TH', publicUrl: 'https://center.test:4000' },
  })
  expect(center.rootFingerprint).toBe(rootFingerprint)
})

test('the next issuer needs the root’s key, and then both issuers are published', async () => {
  const options = { keys: home.keys, instance: 'TH', now: home.clock() }
  await rename(offline(), away())
  expect(await refusal(renewIssuer(options))).toBe('offline-root-missing')
  await rename(away(), offline())
  await renewIssuer(options)
  const center = await home.standby()
  await center.start()
  home.clock.now += 400_000
  const again = await home.standby()
  await again.start()
  expect((await home.directory()).issuers).toHaveLength(2)
})

test('a gateway of the earlier issuer renews under the next one, and each certificate keeps its own path', async () => {
  const [newest] = (await home.directory()).issuers
  const gateway = await home.join('TH/GOV/RD')
  const center = await home.standby()
  await center.start()
  const connection = injected(center)
  const seen: GatewayCredentials[] = []
  const renewal = createRenewal({
    keys: gateway.keys,
    center: connection,
    clock: home.clock,
    log: quiet,
    settleSeconds: 0,
    onChange: (credentials) => void seen.push(credentials),
  })
  const before = await renewal.start()
  await renewal.renewNow()
  await renewal.look()
  await renewal.stop()
  const options = { at: home.clock(), revoked: new Set<string>(), profile: 'tls' } as const
  const roots = [home.center.rootFingerprint]
  for (const held of [before.tls, seen[0]?.tls]) {
    expect(
      verifyPath(held?.certificate ?? Buffer.alloc(0), held?.chain ?? [], roots, options).chain,
    ).toHaveLength(2)
  }
  expect(before.tls.chain[0]?.toString('base64')).not.toBe(newest)
  expect(seen[0]?.tls.chain[0]?.toString('base64')).toBe(newest)
})

test('the issuer issues end certificates only, and the root’s key is in the offline folder alone', async () => {
  const [issuer] = fromPem(await readFile(join(home.keys.directory, 'issuer-1.crt'), 'utf8'))
  expect(readCertificate(issuer ?? Buffer.alloc(0)).extensions.authority?.pathLength).toBe(0)
  expect(await home.keys.load('root')).toBeUndefined()
  expect(await new KeyFolder(offline()).load('root')).toBeDefined()
})

test('initialising twice keeps the first root', async () => {
  const options = { keys: home.keys, instance: 'TH', now: home.clock() }
  expect((await initialiseCenter(options)).rootFingerprint).toBe(home.center.rootFingerprint)
})

test('a center without root or issuer says so', async () => {
  const work = createCenter({
    pool: home.pool,
    keys: await testFolder(),
    clock: home.clock,
    log: quiet,
    config: { instance: 'TH', publicUrl: 'https://center.test' },
  })
  expect(await refusal(work)).toBe('center-not-initialised')
})

test('an issuer whose time is over issues nothing, and health warns long before', async () => {
  const health = async () => (await home.center.adminApp.inject('/health')).json()
  const { json } = await home.admin('GET', '/health')
  const ends = Date.parse(String(json.issuerEnds))
  const now = home.clock.now
  home.clock.now = ends - 100 * 86_400_000
  await (await home.standby()).start()
  expect((await health()).status).toBe('warning')
  home.clock.now = now
})
