import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readTimestamp, timestampFromResponse, timestampRequest, toPem, verifyTimestamp } from '@sapan/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCenter, type TestCenter } from './fixture.ts'

let home: TestCenter

beforeAll(async () => {
  home = await startCenter()
})
afterAll(() => home.close())

const digest = createHash('sha256').update('a checkpoint').digest()

const ask = (payload: Buffer | string, type = 'application/timestamp-query', center = home.center) =>
  center.publicApp.inject({ method: 'POST', url: '/tsa', payload, headers: { 'content-type': type } })

async function stamp(center = home.center) {
  const request = timestampRequest(digest, { nonce: BigInt(`0x${randomBytes(8).toString('hex')}`) })
  const answer = await ask(request, undefined, center)
  expect(answer.headers['content-type']).toBe('application/timestamp-reply')
  return timestampFromResponse(answer.rawPayload, request)
}

test('a stamp leads to the root and carries the center’s time', async () => {
  const verified = verifyTimestamp(await stamp(), digest, [home.center.rootFingerprint])
  expect(verified.at).toBe(home.clock())
  const listed = (await home.directory()).timestamping.map(({ certificate }) => certificate)
  expect(verified.certificates.map((der) => der.toString('base64'))).toEqual(expect.arrayContaining(listed))
})

test('no two stamps have one serial number, whichever center stamps and however often it starts', async () => {
  const standby = await home.standby()
  await standby.start()
  const centers = [home.center, standby, home.center, standby, home.center]
  const serials = await Promise.all(centers.map(async (center) => readTimestamp(await stamp(center)).serial))
  expect(new Set(serials).size).toBe(centers.length)
})

test('openssl ts -verify accepts a stamp', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sapan-tsa-'))
  try {
    const root = Buffer.from((await home.join('TH/GOV/DOPA')).membership.root, 'base64')
    await writeFile(join(folder, 'token.der'), await stamp())
    await writeFile(join(folder, 'root.pem'), toPem(root))
    const issuers = (await home.directory()).issuers.map((der) => toPem(Buffer.from(der, 'base64')))
    await writeFile(join(folder, 'issuers.pem'), issuers.join(''))
    const { stdout, stderr } = await promisify(execFile)(
      'openssl',
      [
        ...['ts', '-verify', '-digest', digest.toString('hex'), '-in', 'token.der', '-token_in'],
        ...['-CAfile', 'root.pem', '-untrusted', 'issuers.pem', '-attime', String(home.clock() / 1000)],
      ],
      { cwd: folder },
    )
    expect(stdout + stderr).toContain('Verification: OK')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('stamps name the country’s own policy, once it has one', async () => {
  const policyOf = async (center = home.center) => readTimestamp(await stamp(center)).policy
  expect(await policyOf()).toBe('1.3.6.1.4.1.32473.1')
  const country = await startCenter({ timestampPolicy: '2.16.764.1.4.99' })
  expect(await policyOf(country.center)).toBe('2.16.764.1.4.99')
  await country.close()
})

test('what is not a request is answered by a rejection, as RFC 3161 says', async () => {
  for (const garbage of [Buffer.of(1, 2, 3), Buffer.from('30030201ff', 'hex'), randomBytes(300)]) {
    const answer = await ask(garbage)
    expect(answer.statusCode).toBe(200)
    expect(() => timestampFromResponse(answer.rawPayload, timestampRequest(digest))).toThrow(
      'timestamp-refused',
    )
  }
})

test('other content types and large bodies are refused', async () => {
  expect((await ask('{}', 'application/json')).json().code).toBe('media-type-unsupported')
  expect((await ask('x', 'application/octet-stream')).json().code).toBe('media-type-unsupported')
  expect((await ask(randomBytes(5000))).json().code).toBe('body-too-large')
})
