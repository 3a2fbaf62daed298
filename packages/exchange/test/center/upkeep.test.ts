import { createHash } from 'node:crypto'
import { readCertificate, timestampFromResponse, timestampRequest, verifyTimestamp } from '@sapan/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Center, createCenter, readDirectory } from '../../src/index.ts'
import { quiet, startCenter, type TestCenter } from './fixture.ts'

const day = 86_400_000
const digest = createHash('sha256').update('a checkpoint').digest()
let home: TestCenter

beforeAll(async () => {
  home = await startCenter()
})
afterAll(() => home.close())

/** The commits of one start: whose center it is, the certificates, the directory. */
const commits = { certificates: 2, directory: 3 }

/** A center that loses the connection at one commit. */
async function losingCenter() {
  let committed = 0
  let lost = 0
  const connect = async () => {
    const client = await home.pool.connect()
    const query = async (text: string, values?: unknown[]) => {
      if (text !== 'commit' || ++committed !== lost) return client.query(text, values)
      await client.query('rollback')
      throw new Error('Connection terminated unexpectedly')
    }
    return Object.assign(Object.create(client), { query, release: () => client.release() })
  }
  const center = await createCenter({
    pool: Object.assign(Object.create(home.pool), { connect, query: home.pool.query.bind(home.pool) }),
    keys: home.keys,
    clock: home.clock,
    log: quiet,
    config: { instance: 'TH', publicUrl: 'https://center.test:4000' },
  })
  await center.start()
  const lose = (commit: number) => {
    committed = 0
    lost = commit
  }
  return { center, lose }
}

/** What was published last, however long ago that is. */
async function published() {
  const { body } = await home.connection.request({ method: 'GET', path: '/v1/directory' })
  return readDirectory(body, home.center.rootFingerprint)
}

async function isStampOfListed(center: Center): Promise<boolean> {
  const request = timestampRequest(digest)
  const headers = { 'content-type': 'application/timestamp-query' }
  const answer = await center.publicApp.inject({ method: 'POST', url: '/tsa', payload: request, headers })
  const token = timestampFromResponse(answer.rawPayload, request)
  const { signer } = verifyTimestamp(token, digest, [home.center.rootFingerprint])
  const { timestamping } = await published()
  const listed = timestamping.map(({ certificate }) => readCertificate(Buffer.from(certificate, 'base64')))
  return listed.some(({ fingerprint }) => fingerprint === signer.fingerprint)
}

test('a center never stamps with a certificate whose issue was not committed', async () => {
  const { center, lose } = await losingCenter()
  const renewed: unknown[] = []
  center.onTlsRenewed(({ cert }) => void renewed.push(cert))
  home.clock.now += 4 * 365 * day
  lose(commits.certificates)
  await expect(center.start()).rejects.toThrow('terminated')
  expect(await isStampOfListed(center)).toBe(true)
  await center.start()
  expect(await isStampOfListed(center)).toBe(true)
  expect(renewed).toHaveLength(1)
  await center.stop()
})

test('a stamping certificate that no directory lists yet is published with the next look', async () => {
  const { center, lose } = await losingCenter()
  await home.center.start()
  home.clock.now += 4 * 365 * day
  lose(commits.directory)
  await expect(center.start()).rejects.toThrow('terminated')
  await center.stop()
  // Not yet due by its age alone.
  const { rowCount } = await home.pool.query(
    `update center.directory set valid_until = to_timestamp(($1::float8 + 599000) / 1000.0)
      where version = (select max(version) from center.directory)`,
    [home.clock()],
  )
  expect(rowCount).toBe(1)
  await home.center.start()
  expect(await isStampOfListed(home.center)).toBe(true)
})

test('after the clock was ahead and is right again, nothing from the future stays in use', async () => {
  const right = home.clock.now
  home.clock.now += 365 * day
  await home.center.start()
  home.clock.now = right
  await home.center.start()
  const { validUntil } = await published()
  expect(Date.parse(validUntil)).toBe(right + 600_000)
  const tls = readCertificate(Buffer.from(pemBody(String(home.center.tls().cert)), 'base64'))
  expect(tls.notBefore).toBeLessThanOrEqual(right)
  expect(await isStampOfListed(home.center)).toBe(true)
  const [version, again] = [(await published()).version, await home.standby()]
  await again.start()
  expect((await published()).version).toBe(version)
})

function pemBody(pem: string): string {
  return pem.split('-----')[2]?.replaceAll('\n', '') ?? ''
}
