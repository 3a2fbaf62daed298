import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  createTimestampAuthority,
  fingerprint,
  type KeyAlgorithm,
  keyAlgorithms,
  timestampFromResponse,
  timestampRequest,
  toPem,
  verifyTimestamp,
} from '../src/index.ts'
import { flipped } from './authority.ts'
import { now, TestDocumentAuthority } from './document-authority.ts'

const digest = createHash('sha256').update('a checkpoint').digest()
const folder = mkdtempSync(join(tmpdir(), 'foreign-stamps-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function stampOf(algorithm: KeyAlgorithm) {
  const ca = await TestDocumentAuthority.create(algorithm)
  const key = await ca.key({ profile: 'timestamping' })
  const authority = createTimestampAuthority({
    key,
    clock: () => now + 5000,
    policy: '1.3.6.1.4.1.99999.1',
    nextSerial: () => 7n,
  })
  const request = timestampRequest(digest, { nonce: 42n })
  const token = timestampFromResponse(await authority.respond(request), request)
  return { token, key, roots: [fingerprint(ca.root.certificate)] }
}

describe.each(keyAlgorithms)('a stamp with %s, under an issuer of the same kind', (algorithm) => {
  it('is verified, up to its root', async () => {
    const { token, key, roots } = await stampOf(algorithm)
    const verified = verifyTimestamp(token, digest, roots)
    expect(verified).toMatchObject({ at: now + 5000, nonce: 42n })
    expect(verified.signer.fingerprint).toBe(fingerprint(key.certificate))
    expect(() => verifyTimestamp(token, digest, [fingerprint(key.certificate)])).toThrow(
      /^certificate-untrusted/,
    )
  })

  it('does not hold with another digest, nor with its signature altered, nor once revoked', async () => {
    const { token, key, roots } = await stampOf(algorithm)
    expect(() => verifyTimestamp(token, flipped(digest, 0), roots)).toThrow(/^timestamp-invalid/)
    expect(() => verifyTimestamp(flipped(token, token.length - 1), digest, roots)).toThrow(
      /^timestamp-invalid/,
    )
    const revoked = new Set([fingerprint(key.certificate)])
    expect(() => verifyTimestamp(token, digest, roots, { revoked })).toThrow(/^certificate-revoked/)
  })
})

const configuration = (directory: string) => `
[tsa]
default_tsa = one
[one]
serial = ${directory}/serial
signer_cert = ${directory}/tsa.pem
certs = ${directory}/chain.pem
signer_key = ${directory}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
`

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

/** What `openssl ts -reply` answers; its clock is the machine's. */
function opensslReply(request: Uint8Array): Buffer {
  const written = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const query = written('query.tsq', request)
  const config = written('tsa.cnf', configuration(folder))
  const reply = join(folder, 'reply.tsr')
  const words = ['ts', '-reply', '-queryfile', query, '-config', config, '-out', reply]
  const { status, stderr } = spawnSync('openssl', words)
  if (status !== 0) throw new Error(`${stderr}`)
  return readFileSync(reply)
}

describe.skipIf(!hasOpenssl).each<KeyAlgorithm>(['rsa-pkcs1-sha256', 'ecdsa-sha256'])(
  "OpenSSL's own time-stamp authority, with %s",
  (algorithm) => {
    it('makes stamps that are verified', async () => {
      const ca = await TestDocumentAuthority.create(algorithm)
      const { pem, certificate } = await ca.officer({ profile: 'timestamping' })
      writeFileSync(join(folder, 'tsa.pem'), toPem(certificate))
      writeFileSync(join(folder, 'tsa.key'), pem)
      writeFileSync(join(folder, 'chain.pem'), ca.chain.map((der) => toPem(der)).join(''))
      writeFileSync(join(folder, 'serial'), '01\n')
      const request = timestampRequest(digest, { nonce: 42n })
      const token = timestampFromResponse(opensslReply(request), request)
      const roots = [fingerprint(ca.root.certificate)]
      // Its certificate is of the tests' time.
      expect(verifyTimestamp(token, digest, roots, { at: now }).signer.fingerprint).toBe(
        fingerprint(certificate),
      )
      expect(() => verifyTimestamp(token, flipped(digest, 0), roots, { at: now })).toThrow(
        /^timestamp-invalid/,
      )
    })
  },
)
