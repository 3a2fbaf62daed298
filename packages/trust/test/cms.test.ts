import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fingerprint,
  generateSigner,
  type SignatureAlgorithm,
  signDetached,
  verifyDetached,
} from '../src/index.ts'
import { day, flipped, now, TestAuthority } from './authority.ts'

const algorithms: SignatureAlgorithm[] = ['ecdsa-p256-sha256', 'ed25519']
const content = Buffer.from('<manifest>หลักฐาน</manifest>')

describe.each(algorithms)('a detached signature with %s', (algorithm) => {
  const ca = new TestAuthority(algorithm)
  const { signer, certificate } = ca.issue()
  const sign = (bytes: Uint8Array) =>
    signDetached(bytes, { signer, certificate, chain: ca.chain, signingTime: now })
  const signature = sign(content)
  const options = { roots: ca.roots, profile: 'signing', at: now } as const

  it('tells who signed and when they say they did', () => {
    const verified = verifyDetached(signature, content, options)
    expect(verified.signer.fingerprint).toBe(fingerprint(certificate))
    expect(verified.signer.uris).toEqual(['sapan:member:TH/GOV/DOPA'])
    expect(verified.signingTime).toBe(now)
  })

  it('signs any content, and no other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 2000 }), fc.nat(), (bytes, at) => {
        const made = sign(bytes)
        expect(() => verifyDetached(made, bytes, options)).not.toThrow()
        const altered = flipped(bytes, at % bytes.length)
        expect(() => verifyDetached(made, altered, options)).toThrow(/^signature-container-invalid/)
      }),
      { numRuns: 30 },
    )
  })

  it('cut off, lengthened or replaced by rubbish is malformed', () => {
    for (const bytes of [
      Buffer.alloc(0),
      signature.subarray(0, -1),
      Buffer.concat([signature, Buffer.of(0)]),
      Buffer.from('rubbish'),
      certificate,
    ]) {
      expect(() => verifyDetached(bytes, content, options)).toThrow(/^signature-container-malformed/)
    }
  })

  it('needs a valid certificate for signing', () => {
    const check = (more: object) => () => verifyDetached(signature, content, { ...options, ...more })
    expect(check({ at: now + 200 * day })).toThrow(/^certificate-expired/)
    expect(check({ revoked: new Set([fingerprint(certificate)]) })).toThrow(/^certificate-revoked/)
    expect(check({ roots: new TestAuthority().roots })).toThrow(/^certificate-untrusted/)
    expect(check({ profile: 'timestamping' })).toThrow(/^certificate-wrong-purpose/)
  })

  it('finds certificates that came beside it', () => {
    const bare = signDetached(content, { signer, certificate, chain: [], signingTime: now })
    expect(() => verifyDetached(bare, content, options)).toThrow(/^certificate-untrusted/)
    const intermediates = ca.chain
    expect(() => verifyDetached(bare, content, { ...options, intermediates })).not.toThrow()
  })

  it('carries no certificate that is not on its path', () => {
    const stranger = new TestAuthority(algorithm).issue().certificate
    const stuffed = signDetached(content, {
      signer,
      certificate,
      chain: [...ca.chain, stranger],
      signingTime: now,
    })
    expect(() => verifyDetached(stuffed, content, options)).toThrow(/^signature-container-invalid/)
  })

  it('is bound to its certificate: another one for the same key does not take it over', () => {
    const serial = 77n
    const { certificate: one } = ca.issue({ publicKey: signer.publicKey, serial })
    const { certificate: two } = ca.issue({
      publicKey: signer.publicKey,
      serial,
      uris: ['sapan:member:TH/GOV/RD'],
    })
    const made = signDetached(content, { signer, certificate: one, chain: [], signingTime: now })
    const swapped = Buffer.from(
      made.toString('latin1').replace(one.toString('latin1'), () => two.toString('latin1')),
      'latin1',
    )
    // Certificates of the same length keep every length field right.
    expect(two.length - one.length).toBe(swapped.length - made.length)
    expect(() => verifyDetached(swapped, content, { ...options, intermediates: ca.chain })).toThrow(
      /^signature-container-/,
    )
  })

  it('is not made with another signer’s certificate', () => {
    const other = generateSigner(algorithm)
    const attempt = () => signDetached(content, { signer: other, certificate, chain: [], signingTime: now })
    expect(attempt).toThrow(TypeError)
  })
})
