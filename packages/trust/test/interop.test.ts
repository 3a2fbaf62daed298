import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { CompactSign, compactVerify, importX509 } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  createTimestampAuthority,
  fingerprint,
  fromPem,
  privateKeyOf,
  readCertificate,
  readJws,
  readTimestamp,
  type SignatureAlgorithm,
  signJws,
  timestampFromResponse,
  toPem,
  verifyDetached,
  verifyPath,
  verifyTimestamp,
} from '../src/index.ts'
import { now, TestAuthority } from './authority.ts'

// Independent implementations read what we write, and we read what they write. The other half, OpenSSL reading what
// we write, is in `certificates.test.ts` (Node's X509Certificate) and in the workspace `conformance`.

const algorithms: [SignatureAlgorithm, string][] = [
  ['ecdsa-p256-sha256', 'ES256'],
  ['ed25519', 'Ed25519'],
]

describe.each(algorithms)('with %s', (algorithm, name) => {
  const ca = new TestAuthority(algorithm)
  const { signer, certificate } = ca.issue()
  const type = 'sapan-grant+jws'

  it('jose verifies our JWS, with the key of its own certificate', async () => {
    const jws = signJws({ text: 'ข้อความ' }, { signer, type, chain: [certificate] })
    const key = await importX509(toPem(certificate), name)
    const { payload, protectedHeader } = await compactVerify(jws, key)
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ text: 'ข้อความ' })
    expect(protectedHeader).toMatchObject({ alg: name, typ: type })
  })

  it('we verify a JWS of jose', async () => {
    const jws = await new CompactSign(Buffer.from('{"a":1}'))
      .setProtectedHeader({ alg: name, typ: type })
      .sign(privateKeyOf(signer))
    expect(readJws(jws, { type }).verify(signer.publicKey)).toBe(true)
  })
})

describe('of OpenSSL', () => {
  const file = (name: string) => readFileSync(new URL(`fixtures/openssl/${name}`, import.meta.url))
  const certificate = (name: string) => fromPem(file(name).toString())[0] ?? Buffer.alloc(0)
  const chain = [certificate('issuer.pem'), certificate('root.pem')]
  const roots = [fingerprint(certificate('root.pem'))]
  const at = readCertificate(certificate('signing.pem')).notBefore
  const content = file('content.txt')

  it('we follow a path', () => {
    const options = { profile: 'signing', at, revoked: new Set<string>() } as const
    const verified = verifyPath(certificate('signing.pem'), chain, roots, options)
    expect(verified.uris).toEqual(['sapan:member:TH/GOV/RD'])
    expect(verified.subject).toEqual({ commonName: 'RD', organization: 'Revenue', country: 'TH' })
  })

  it('we verify a CAdES signature', () => {
    const options = { roots, profile: 'signing', at } as const
    const signature = file('content.p7s')
    const verified = verifyDetached(signature, content, options)
    expect(verified.signer.fingerprint).toBe(fingerprint(certificate('signing.pem')))
    expect(Math.abs((verified.signingTime ?? 0) - at)).toBeLessThan(60_000)
  })

  it('we verify a time-stamp', () => {
    const token = timestampFromResponse(file('content.tsr'), file('content.tsq'))
    const digest = createHash('sha256').update(content).digest()
    const stamp = verifyTimestamp(token, digest, roots)
    expect(stamp).toMatchObject({ policy: '1.2.3.4.1', accuracy: 1500 })
    expect(stamp.signer.subject.commonName).toBe('Their time-stamps')
  })

  it('we answer a request for a time-stamp', async () => {
    const ca = new TestAuthority()
    const authority = createTimestampAuthority({
      ...ca.issue({ profile: 'timestamping' }),
      chain: ca.chain,
      clock: () => now,
      policy: '1.2.3',
      nextSerial: () => 1n,
    })
    const request = file('content.tsq')
    expect(readTimestamp(timestampFromResponse(await authority.respond(request), request)).at).toBe(now)
  })
})
