import { createPublicKey, ECDH, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameDer } from '../src/certificates/subject.ts'
import { signatureAlgorithmDer, signatureDer } from '../src/der/signature.ts'
import { bits, integer, octets, oid, retagged, sequence, setOf } from '../src/der/write.ts'
import {
  type CertificateProfile,
  createIssuer,
  createRequest,
  createRoot,
  fingerprint,
  fromPem,
  generateSigner,
  issueCertificate,
  readCertificate,
  readRequest,
  type SignatureAlgorithm,
  toPem,
  verifyPath,
} from '../src/index.ts'
import { day, flipped, now, TestAuthority } from './authority.ts'

const algorithms: SignatureAlgorithm[] = ['ecdsa-p256-sha256', 'ed25519']
const profiles: CertificateProfile[] = ['tls', 'signing', 'timestamping', 'directory']
const unrevoked: ReadonlySet<string> = new Set()
const ca = new TestAuthority()

describe.each(algorithms)('certificates with %s', (algorithm) => {
  const authority = new TestAuthority(algorithm)
  const { certificate } = authority.issue({
    dns: ['gateway.example'],
    ips: ['127.0.0.1', '2001:db8::1', '::'],
  })

  it('are what OpenSSL reads and verifies', () => {
    const [leaf, issuer, root] = [certificate, ...authority.chain].map((der) => new X509Certificate(der))
    if (!leaf || !issuer || !root) throw new Error('a certificate is missing')
    expect(leaf.verify(issuer.publicKey)).toBe(true)
    expect(leaf.checkIssued(issuer)).toBe(true)
    expect(issuer.verify(root.publicKey)).toBe(true)
    expect(issuer.checkIssued(root)).toBe(true)
    expect(root.verify(root.publicKey)).toBe(true)
    expect([leaf.ca, issuer.ca, root.ca]).toEqual([false, true, true])
    expect(leaf.subject).toBe('C=TH\nO=กระทรวงมหาดไทย\nCN=กรมการปกครอง')
    expect(leaf.subjectAltName).toBe(
      'URI:sapan:member:TH/GOV/DOPA, DNS:gateway.example, IP Address:127.0.0.1, ' +
        'IP Address:2001:DB8:0:0:0:0:0:1, IP Address:0:0:0:0:0:0:0:0',
    )
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.36'])
    expect(leaf.validToDate.getTime()).toBe(now + 90 * day)
    expect(leaf.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(fingerprint(certificate))
  })

  it('are read back', () => {
    const verified = verifyPath(certificate, authority.chain, authority.roots, {
      profile: 'signing',
      at: now,
      revoked: unrevoked,
    })
    expect(verified).toMatchObject({
      fingerprint: fingerprint(certificate),
      algorithm,
      subject: { commonName: 'กรมการปกครอง', organization: 'กระทรวงมหาดไทย', country: 'TH' },
      uris: ['sapan:member:TH/GOV/DOPA'],
      dns: ['gateway.example'],
      ips: ['127.0.0.1', '2001:db8::1', '::'],
      notAfter: now + 90 * day,
    })
    expect(verified.chain).toEqual(authority.chain)
  })

  it('with any bit changed are refused', () => {
    fc.assert(
      fc.property(fc.nat(certificate.length - 1), fc.nat(7), (at, bit) => {
        expect(() => check(flipped(certificate, at, bit))).toThrow(/^certificate-untrusted/)
        const [issuer, root] = authority.chain
        if (!issuer || !root) throw new Error('no chain')
        const broken = flipped(issuer, at % issuer.length, bit)
        expect(() => check(certificate, [broken, root])).toThrow(/^certificate-untrusted/)
      }),
    )
  })

  function check(der: Buffer, chain = authority.chain) {
    return verifyPath(der, chain, authority.roots, { profile: 'signing', at: now, revoked: unrevoked })
  }
})

describe('the path', () => {
  const { certificate } = ca.issue()
  const [issuer = Buffer.alloc(0), root = Buffer.alloc(0)] = ca.chain
  const options = { profile: 'signing', at: now, revoked: unrevoked } as const

  it('may come in any order, with strangers and rubbish in it', () => {
    const pool = [root, Buffer.from('rubbish'), ...new TestAuthority().chain, issuer]
    expect(verifyPath(certificate, pool, ca.roots, options).chain).toEqual([issuer, root])
  })

  it('must reach a pinned root', () => {
    const stranger = new TestAuthority()
    const untrusted = [
      () => verifyPath(certificate, [issuer], ca.roots, options),
      () => verifyPath(certificate, [root], ca.roots, options),
      () => verifyPath(certificate, [], ca.roots, options),
      () => verifyPath(certificate, ca.chain, stranger.roots, options),
      () => verifyPath(certificate, ca.chain, [], options),
      () => verifyPath(stranger.issue().certificate, stranger.chain, ca.roots, options),
      () => verifyPath(stranger.issue().certificate, ca.chain, ca.roots, options),
      () => verifyPath(Buffer.from('rubbish'), ca.chain, ca.roots, options),
      () => verifyPath(Buffer.alloc(0), ca.chain, ca.roots, options),
    ]
    for (const attempt of untrusted) expect(attempt).toThrow(/^certificate-untrusted/)
  })

  it('does not take an end certificate for an authority', () => {
    const { signer, certificate: leaf } = ca.issue()
    const below = issueCertificate(
      { certificate: leaf, signer },
      { publicKey: signer.publicKey, profile: 'signing', subject: { commonName: 'x' }, now, days: 1 },
    )
    expect(() => verifyPath(below, [leaf, ...ca.chain], ca.roots, options)).toThrow(/^certificate-untrusted/)
  })

  it('does not take an issuer under an issuer', () => {
    const signer = generateSigner('ecdsa-p256-sha256')
    const second = createIssuer(ca.issuer, { subject: { commonName: 'second' }, signer, now, years: 1 })
    const below = issueCertificate(second, {
      publicKey: signer.publicKey,
      profile: 'signing',
      subject: { commonName: 'x' },
      now,
      days: 1,
    })
    const chain = [second.certificate, ...ca.chain]
    expect(() => verifyPath(below, chain, ca.roots, options)).toThrow(/^certificate-untrusted/)
  })

  it('does not take a root of the same name with another key', () => {
    const impostor = createRoot({
      subject: { commonName: 'Test root' },
      signer: generateSigner('ecdsa-p256-sha256'),
      now,
      years: 30,
    })
    const attempt = () => verifyPath(certificate, [issuer, impostor.certificate], ca.roots, options)
    expect(attempt).toThrow(/^certificate-untrusted/)
  })

  it('holds from a little before it was issued to its last second', () => {
    const at = (moment: number) => () =>
      verifyPath(certificate, ca.chain, ca.roots, { ...options, at: moment })
    expect(at(now - 5 * 60_000)).not.toThrow()
    expect(at(now - 5 * 60_000 - 1)).toThrow(/^certificate-not-yet-valid/)
    expect(at(now + 90 * day + 999)).not.toThrow()
    expect(at(now + 90 * day + 1000)).toThrow(/^certificate-expired/)
  })

  it('ends with its issuer', () => {
    const { certificate: long } = ca.issue({ days: 10_000 })
    const { notAfter } = readCertificate(long)
    expect(notAfter).toBe(readCertificate(issuer).notAfter)
    const late = { ...options, at: notAfter + 1000 }
    expect(() => verifyPath(long, ca.chain, ca.roots, late)).toThrow(/^certificate-expired/)
  })

  it('is revoked rather than expired where it is both, whichever certificate is', () => {
    const both = { ...options, at: now + 91 * day, revoked: new Set([fingerprint(issuer)]) }
    expect(() => verifyPath(certificate, ca.chain, ca.roots, both)).toThrow('certificate-revoked')
  })

  it('is broken by revoking the certificate, its issuer or the root', () => {
    for (const der of [certificate, issuer, root]) {
      const revoked = new Set([fingerprint(der)])
      const attempt = () => verifyPath(certificate, ca.chain, ca.roots, { ...options, revoked })
      expect(attempt).toThrow(/^certificate-revoked/)
    }
  })
})

describe('a profile', () => {
  it.each(profiles)('%s does not stand in for another', (issued) => {
    const { certificate } = ca.issue({ profile: issued })
    for (const profile of profiles) {
      const attempt = () =>
        verifyPath(certificate, ca.chain, ca.roots, { profile, at: now, revoked: unrevoked })
      if (profile === issued) expect(attempt).not.toThrow()
      else expect(attempt).toThrow(/^certificate-wrong-purpose/)
    }
  })

  it('never fits an authority', () => {
    const attempt = () =>
      verifyPath(ca.issuer.certificate, ca.chain, ca.roots, { profile: 'tls', at: now, revoked: unrevoked })
    expect(attempt).toThrow(/^certificate-wrong-purpose/)
  })

  it('of the directory carries its URI', () => {
    const { certificate } = ca.issue({ profile: 'directory', uris: [] })
    expect(readCertificate(certificate).extensions.uris).toEqual(['sapan:directory'])
    const { certificate: posing } = ca.issue({ uris: ['sapan:member:TH/GOV/DOPA', 'sapan:directory'] })
    const attempt = () =>
      verifyPath(posing, ca.chain, ca.roots, { profile: 'signing', at: now, revoked: unrevoked })
    expect(attempt).toThrow(/^certificate-wrong-purpose/)
  })
})

describe('serial numbers', () => {
  it('are random unless given', () => {
    const serials = Array.from({ length: 20 }, () => readCertificate(ca.issue().certificate).serial)
    expect(new Set(serials).size).toBe(20)
    expect(readCertificate(ca.issue({ serial: 255n }).certificate).serial).toBe(255n)
    expect(() => ca.issue({ serial: 0n })).toThrow(TypeError)
    expect(() => ca.issue({ serial: 1n << 159n })).toThrow(TypeError)
  })
})

describe('names that cannot be written', () => {
  it('are refused', () => {
    expect(() => ca.issue({ ips: ['localhost'] })).toThrow(TypeError)
    expect(() => ca.issue({ uris: ['sapan:member:ไทย'] })).toThrow(TypeError)
    expect(() => ca.issue({ dns: ['a b'] })).toThrow(TypeError)
    expect(() => ca.issue({ subject: { commonName: 'x', country: 'Thailand' } })).toThrow(TypeError)
  })
})

describe.each(algorithms)('a request with %s', (algorithm) => {
  const signer = generateSigner(algorithm)
  const names = { uris: ['sapan:gateway:TH/GOV/DOPA/gateway-1'], dns: ['localhost'], ips: ['::1'] }
  const subject = { commonName: 'gateway-1', organization: 'กรมการปกครอง' }
  const csr = createRequest(signer, { subject, ...names })

  it('is read back, with its maker holding the key', () => {
    const request = readRequest(csr)
    expect(request).toMatchObject({ algorithm, subject, ...names })
    expect(request.publicKey.equals(signer.publicKey)).toBe(true)
    expect(readRequest(createRequest(signer, { subject })).uris).toEqual([])
  })

  it('gives the certificate its key and nothing else', () => {
    const { certificate } = ca.issue({ csr, uris: ['sapan:member:TH/GOV/RD'], subject: { commonName: 'RD' } })
    const read = readCertificate(certificate)
    expect(read.publicKey.equals(signer.publicKey)).toBe(true)
    expect(read.subject).toEqual({ commonName: 'RD' })
    expect(read.extensions.uris).toEqual(['sapan:member:TH/GOV/RD'])
    expect(read.extensions.dns).toEqual([])
  })

  it('with any bit changed is refused', () => {
    const [der = Buffer.alloc(0)] = fromPem(csr, 'CERTIFICATE REQUEST')
    for (let at = 0; at < der.length; at++) {
      expect(() => readRequest(flipped(der, at, at % 8))).toThrow(/^certificate-request-refused/)
    }
  })
})

describe('requests', () => {
  it.each([
    ['nothing', ''],
    ['no PEM', 'rubbish'],
    ['a certificate', toPem(ca.issuer.certificate)],
    ['a certificate that calls itself a request', toPem(ca.issuer.certificate, 'CERTIFICATE REQUEST')],
    ['an RSA key', rsaRequest()],
    ['megabytes', toPem(Buffer.alloc(1_000_000, 0x30), 'CERTIFICATE REQUEST')],
  ])('of %s are refused', (_, csr) => {
    expect(() => readRequest(csr)).toThrow(/^certificate-request-refused/)
  })
})

/** Made with `openssl req -new -newkey rsa:1024`. */
function rsaRequest(): string {
  return `-----BEGIN CERTIFICATE REQUEST-----
MIIBTTCBtwIBADAOMQwwCgYDVQQDDANyc2EwgZ8wDQYJKoZIhvcNAQEBBQADgY0A
MIGJAoGBANgIyIVfAOprITGo6DUiBI0P7G2ei81u1IalrEZzAgdmwdzO1ElfHaad
o4o+DbdGbesiGqfrGADRmt+LMzAvToajPXH4QY0EQuynsR84+35JPAJQpsXimWqC
JO5YL9l/TUht7dOOA4Ml2+agYBoadQkD+GiVj+9847YUbwgYs851AgMBAAGgADAN
BgkqhkiG9w0BAQsFAAOBgQALxKqwToebhvGwWmfalcTHF5CZx0uI15DwHn7B57DN
pGKr4NWu1OGEnY98hJFne3gyELdoSpVfwJtLpIJQIHhwByIFPEdAZY7Gt4iPwFzp
6IWJt/iOt7Y/EAMSqPpfl3SGvMwkHVcmjM7nkBZARhaKRJSYn5MQImHoHW0c7nZA
Dg==
-----END CERTIFICATE REQUEST-----
`
}

describe('a public key in another form than the plain one', () => {
  const signer = generateSigner('ecdsa-p256-sha256')
  const point = signer.publicKey.export({ type: 'spki', format: 'der' }).subarray(-65)
  const compressed = Buffer.from(ECDH.convertKey(point, 'prime256v1', undefined, undefined, 'compressed'))
  const hex = (text: string) => Buffer.from(text, 'hex')
  /** ECParameters with version, field, curve, base point, order and cofactor (SEC 1 §C.2). */
  const writtenOut = sequence(
    integer(1),
    sequence(oid('1.2.840.10045.1.1'), integer(2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n)),
    sequence(
      octets(hex('ffffffff00000001000000000000000000000000fffffffffffffffffffffffc')),
      octets(hex('5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b')),
    ),
    octets(
      hex(
        '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
          '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
      ),
    ),
    integer(2n ** 256n - 2n ** 224n + 2n ** 192n - 0x4319055258e8617b0c46353d039cdaafn),
    integer(1),
  )
  const named = oid('1.2.840.10045.3.1.7')
  const algorithm = (parameters: Buffer) => sequence(oid('1.2.840.10045.2.1'), parameters)

  /** A request for that key, signed by it. */
  function request(spki: Buffer): Buffer {
    const body = sequence(integer(0), nameDer({ commonName: 'x' }), spki, retagged(0xa0, setOf()))
    const signature = bits(signatureDer(signer.algorithm, signer.sign(body)))
    return sequence(body, signatureAlgorithmDer(signer.algorithm), signature)
  }

  it('is not certified: it would pass for another key', () => {
    expect(readRequest(request(sequence(algorithm(named), bits(point)))).publicKey).toEqual(signer.publicKey)
    for (const spki of [
      sequence(algorithm(named), bits(compressed)),
      sequence(algorithm(writtenOut), bits(point)),
    ]) {
      // The very same key to OpenSSL.
      const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
      expect(key.equals(signer.publicKey)).toBe(true)
      expect(() => readRequest(request(spki))).toThrow('another form')
    }
  })
})
