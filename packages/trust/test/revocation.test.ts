import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readCertificateParts } from '../src/certificates/certificate.ts'
import * as oids from '../src/der/oids.ts'
import { DerSequence, readDer } from '../src/der/read.ts'
import { integer } from '../src/der/write.ts'
import { createCrl, crlHandler, fileKey, issueDocumentCertificate, verifyKeySignature } from '../src/index.ts'
import { day, now, TestDocumentAuthority } from './document-authority.ts'
import { codeOf } from './test-keys.ts'

// That OpenSSL accepts all of this is shown in the workspace `conformance`.

const ca = await TestDocumentAuthority.create('ecdsa-sha256')
const issuer = readCertificateParts(ca.issuer.certificate)
const { publicKey: issuerKey } = new X509Certificate(ca.issuer.certificate)

describe('a certificate for documents', () => {
  it('says what it is for, and where its revocation is found', async () => {
    const addresses = { ocsp: ['http://ocsp.example/'], crl: ['http://crl.example/1.crl'] }
    const { certificate } = await ca.officer({ ...addresses, issuers: ['http://ca.example/issuer.cer'] })
    const read = new X509Certificate(certificate)
    expect(read.keyUsage).toEqual([oids.documentSigning])
    expect(read.infoAccess).toContain('OCSP - URI:http://ocsp.example/')
    expect(read.infoAccess).toContain('CA Issuers - URI:http://ca.example/issuer.cer')
    expect(Buffer.from(certificate).includes('http://crl.example/1.crl')).toBe(true)
    expect(read.subject).toContain('title=นายทะเบียน')
    expect(read.checkIssued(new X509Certificate(ca.issuer.certificate))).toBe(true)
    expect(read.verify(issuerKey)).toBe(true)
  })

  it('never outlives its issuer', async () => {
    const { certificate } = await ca.officer({ days: 100_000 })
    const end = (der: Uint8Array) => new X509Certificate(der).validToDate.getTime()
    expect(end(certificate)).toBe(end(ca.issuer.certificate))
  })

  it('takes no address that is not of the web', async () => {
    await expect(ca.officer({ ocsp: ['ldap://x'] })).rejects.toThrow(TypeError)
    await expect(ca.officer({ crl: ['http://x/ ข'] })).rejects.toThrow(TypeError)
  })

  it('of a responder is not asked about', async () => {
    const { certificate } = await ca.officer({ profile: 'ocsp', ocsp: ['http://ocsp.example/'] })
    expect(new X509Certificate(certificate).keyUsage).toEqual([oids.ocspSigning])
    expect(Buffer.from(certificate).includes('ocsp.example')).toBe(false)
  })

  it('is not issued by what is no authority certificate', async () => {
    const { pem } = await ca.officer()
    expect(await codeOf(() => fileKey({ pem, certificate: Buffer.of(1) }))).toBe(
      'signing-certificate-unreadable',
    )
    const broken = { ...ca.issuer, certificate: Buffer.of(1) }
    const options = { publicKey: issuerKey, subject: { commonName: 'x' }, now, days: 1 }
    expect(await codeOf(() => issueDocumentCertificate(broken, options))).toBe(
      'signing-certificate-unreadable',
    )
  })
})

describe('a list of revocations', () => {
  const times = { now, nextUpdate: now + day }

  it('is signed by the authority, and lists each certificate with its reason', async () => {
    const revoked = [
      { serial: 5n, at: now - day, reason: 'keyCompromise', invalidSince: now - 2 * day },
      { serial: 6n, at: now - day },
    ] as const
    const crl = new DerSequence(readDer(await createCrl(ca.issuer, { revoked, number: 9, ...times })))
    const body = crl.next()
    crl.next()
    const signature = crl.next().bits()
    expect(verifyKeySignature('ecdsa-sha256', issuerKey, body.raw, signature)).toBe(true)
    const parts = new DerSequence(body)
    expect(parts.next().integer()).toBe(1n)
    parts.next()
    expect(parts.next().raw).toEqual(issuer.subject.raw)
    expect([parts.next().time(), parts.next().time()]).toEqual([now, now + day])
    const [first, second] = parts.next().children(0x30)
    expect(first?.children().length).toBe(3)
    expect(second?.children().map((each) => each.tag)).toEqual([0x02, 0x17])
    expect(first?.children()[0]?.integer()).toBe(5n)
  })

  it('without revocations has no list at all', async () => {
    const crl = await createCrl(ca.issuer, { revoked: [], number: 1, ...times })
    const [body] = readDer(crl).children(0x30)
    expect(body?.children().filter((each) => each.tag === 0x30)).toHaveLength(2)
  })

  it('has the number that it was given, however many there were before', async () => {
    const number = 2n ** 100n
    const crl = await createCrl(ca.issuer, { revoked: [], number, ...times })
    expect(crl.includes(integer(number))).toBe(true)
  })

  it('whose next update has passed is kept by no cache', async () => {
    const crl = await createCrl(ca.issuer, { revoked: [], number: 1, ...times })
    const handler = crlHandler(
      async () => ({ crl, nextUpdate: now - 1 }),
      () => now,
    )
    const answer = await handler({ method: 'GET', path: '/', headers: {}, body: new Uint8Array() })
    expect(answer.headers['cache-control']).toBe('max-age=0, public')
  })

  it('is served until its next update', async () => {
    const crl = await createCrl(ca.issuer, { revoked: [], number: 1, ...times })
    const handler = crlHandler(
      async () => ({ crl, nextUpdate: now + day }),
      () => now,
    )
    const request = { path: '/', headers: {}, body: new Uint8Array() }
    const answer = await handler({ ...request, method: 'GET' })
    expect(answer.headers['content-type']).toBe('application/pkix-crl')
    expect(answer.headers['cache-control']).toBe('max-age=86400, public')
    expect((await handler({ ...request, method: 'POST' })).status).toBe(405)
  })
})
