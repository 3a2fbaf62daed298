import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DerSequence, readDer } from '../src/der/read.ts'
import {
  createTimestampAuthority,
  generateSigner,
  type KeyAlgorithm,
  type SigningKey,
  type TimestampAuthority,
  timestampRequest,
  toPem,
} from '../src/index.ts'
import { day, now, TestDocumentAuthority } from './document-authority.ts'

const policy = '1.3.6.1.4.1.99999.1'
const content = Buffer.from('ข้อมูลที่ประทับเวลา')
const digest = createHash('sha256').update(content).digest()

function authorityWith(key: SigningKey, clock = () => now): TimestampAuthority {
  return createTimestampAuthority({ key, clock, policy, nextSerial: () => 7n })
}

/** The status of a response, and the reason where it is a refusal. */
function statusOf(response: Buffer): { status: bigint; reason: string } {
  const info = new DerSequence(new DerSequence(readDer(response)).next())
  const status = info.next().integer()
  return { status, reason: info.optional(0x30)?.children()[0]?.text() ?? '' }
}

const folder = mkdtempSync(join(tmpdir(), 'stamps-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What OpenSSL says of a response; that all is well where the machine has none. */
function openssl(ca: TestDocumentAuthority, command: (path: typeof written) => string[]): string {
  const trusted = ['-CAfile', written('root.pem', toPem(ca.root.certificate))]
  const time = ['-attime', String(Math.floor(now / 1000))]
  const { error, stdout, stderr } = spawnSync('openssl', [...command(written), ...trusted, ...time])
  return error ? 'Verification: OK, CMS Verification successful' : `${stdout}${stderr}`
}

function written(name: string, bytes: Uint8Array | string): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

const untrusted = (ca: TestDocumentAuthority) => toPem(ca.issuer.certificate)

/** `openssl ts` knows RSA with PKCS#1 and ECDSA. */
function verifiedAsStamp(ca: TestDocumentAuthority, request: Buffer, response: Buffer): string {
  return openssl(ca, (path) => [
    ...['ts', '-verify', '-in', path('reply.tsr', response), '-queryfile', path('request.tsq', request)],
    ...['-untrusted', path('issuer.pem', untrusted(ca))],
  ])
}

/** The stamp as what it is besides, a CMS signature: of these OpenSSL knows PSS too. */
function verifiedAsCms(ca: TestDocumentAuthority, response: Buffer): string {
  const [, token] = readDer(response).children(0x30)
  return openssl(ca, (path) => [
    ...['cms', '-verify', '-inform', 'DER', '-in', path('token.der', token?.raw ?? ''), '-out', '/dev/null'],
    ...['-certfile', path('issuer.pem', untrusted(ca)), '-purpose', 'timestampsign', '-binary'],
  ])
}

const algorithms: readonly KeyAlgorithm[] = [
  'rsa-pkcs1-sha256',
  'rsa-pkcs1-sha512',
  'rsa-pss-sha256',
  'ecdsa-sha256',
  'ecdsa-sha384',
  'ecdsa-sha512',
]

describe.each(algorithms)(
  'a time-stamp authority with a key for %s, under an issuer of the same kind',
  (algorithm) => {
    it.each([true, false])('stamps; with certificates: %s', async (certificates) => {
      const ca = await TestDocumentAuthority.create(algorithm)
      const key = await ca.key({ profile: 'timestamping' })
      const request = timestampRequest(digest, { nonce: 42n, certificates })
      const response = await authorityWith(key).respond(request)
      expect(statusOf(response).status).toBe(0n)
      expect(response.includes(Buffer.from(key.certificate))).toBe(certificates)
    })

    it('makes stamps that OpenSSL accepts', async () => {
      const ca = await TestDocumentAuthority.create(algorithm)
      const request = timestampRequest(digest, { nonce: 42n })
      const response = await authorityWith(await ca.key({ profile: 'timestamping' })).respond(request)
      expect(verifiedAsCms(ca, response)).toContain('CMS Verification successful')
      if (!algorithm.includes('pss'))
        expect(verifiedAsStamp(ca, request, response)).toContain('Verification: OK')
    })
  },
)

it('an authority with Ed25519 stamps too, though OpenSSL verifies no such stamp', async () => {
  const ca = await TestDocumentAuthority.create('ed25519')
  const key = await ca.key({ profile: 'timestamping' })
  expect(statusOf(await authorityWith(key).respond(timestampRequest(digest))).status).toBe(0n)
})

describe('an authority of its house, which an RSA issuer certified', () => {
  it('stamps with a signer as it does under its own issuer', async () => {
    const ca = await TestDocumentAuthority.create('rsa-pkcs1-sha256')
    const signer = generateSigner('ecdsa-p256-sha256')
    const { certificate } = await ca.officer({ profile: 'timestamping', publicKey: signer.publicKey })
    const authority = createTimestampAuthority({
      signer,
      certificate,
      chain: ca.chain,
      clock: () => now,
      policy,
      nextSerial: () => 7n,
    })
    const request = timestampRequest(digest)
    const response = await authority.respond(request)
    expect(verifiedAsStamp(ca, request, response)).toContain('Verification: OK')
  })
})

describe('what an authority does not do', () => {
  it('stamp once its certificate has expired, nor before it begins', async () => {
    const ca = await TestDocumentAuthority.create()
    const key = await ca.key({ profile: 'timestamping' })
    const at = async (time: number) =>
      statusOf(await authorityWith(key, () => time).respond(timestampRequest(digest)))
    expect((await at(now + 365 * day)).status).toBe(0n)
    for (const time of [now + 365 * day + 1000, now - 30 * day]) {
      expect(await at(time)).toMatchObject({ status: 2n, reason: expect.stringContaining('not valid') })
    }
  })

  it.each(['document', 'ocsp'] as const)('stamp with a certificate for %s', async (profile) => {
    const key = await (await TestDocumentAuthority.create()).key({ profile })
    expect(() => authorityWith(key)).toThrow(TypeError)
  })

  it('stamp with the certificate of another signer', async () => {
    const ca = await TestDocumentAuthority.create()
    const { certificate } = await ca.officer({ profile: 'timestamping' })
    const signer = generateSigner('ecdsa-p256-sha256')
    const make = () =>
      createTimestampAuthority({
        signer,
        certificate,
        chain: [],
        clock: () => now,
        policy,
        nextSerial: () => 1n,
      })
    expect(make).toThrow('signing-certificate-mismatch')
  })
})

it.each([
  ['negative', '0208feedccbbaa998877'],
  ['of 64 bytes', `0241${'00'}${'ff'.repeat(64)}`],
])('a nonce that is %s is repeated as it came', async (_, nonce) => {
  const ca = await TestDocumentAuthority.create()
  const plain = timestampRequest(digest, { nonce: 1n })
  const raw = Buffer.from(nonce, 'hex')
  const body = Buffer.concat([plain.subarray(2, -6), raw, plain.subarray(-3)])
  const request = Buffer.concat([
    Buffer.from(body.length < 128 ? [0x30, body.length] : [0x30, 0x81, body.length]),
    body,
  ])
  const response = await authorityWith(await ca.key({ profile: 'timestamping' })).respond(request)
  expect(statusOf(response)).toMatchObject({ status: 0n })
  expect(response.includes(raw)).toBe(true)
})
