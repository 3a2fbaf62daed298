import { createHash, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCertificateParts } from '../src/certificates/certificate.ts'
import { extension } from '../src/certificates/extensions.ts'
import * as oids from '../src/der/oids.ts'
import { type DerElement, DerSequence, readDer } from '../src/der/read.ts'
import { boolean, explicit, integer, nothing, octets, oid, sequence } from '../src/der/write.ts'
import {
  answerOcsp,
  type CertificateStatus,
  createCrl,
  crlHandler,
  fileKey,
  type HandlerRequest,
  issueDocumentCertificate,
  type OcspOptions,
  ocspHandler,
  verifyKeySignature,
} from '../src/index.ts'
import { flipped } from './authority.ts'
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

const hashed = (name: string, bytes: Buffer) => createHash(name).update(bytes).digest()

function keyBits(): Buffer {
  const parts = new DerSequence(issuer.publicKey)
  parts.next()
  return parts.next().bits()
}

interface Asked {
  readonly serials?: readonly bigint[]
  readonly digest?: 'sha1' | 'sha256'
  readonly nonce?: Buffer
  readonly critical?: string
  readonly name?: Buffer
}

function ocspRequest({ serials = [5n], digest = 'sha1', nonce, critical, name }: Asked = {}): Buffer {
  const list = serials.map((serial) => {
    const names = [octets(name ?? hashed(digest, issuer.subject.raw)), octets(hashed(digest, keyBits()))]
    return sequence(
      sequence(
        sequence(oid(digest === 'sha1' ? oids.sha1 : oids.sha256), nothing()),
        ...names,
        integer(serial),
      ),
    )
  })
  const extensions = [
    ...(nonce ? [extension(oids.ocspNonce, octets(nonce))] : []),
    ...(critical ? [sequence(oid(critical), boolean(true), octets(nothing()))] : []),
  ]
  return sequence(
    sequence(sequence(...list), ...(extensions.length === 0 ? [] : [explicit(2, sequence(...extensions))])),
  )
}

const states: ReadonlyMap<bigint, CertificateStatus> = new Map<bigint, CertificateStatus>([
  [5n, { state: 'good' }],
  [6n, { state: 'revoked', at: now - day, reason: 'keyCompromise' }],
])

const options: OcspOptions = {
  responder: ca.issuer,
  issuer: ca.issuer.certificate,
  status: (serial) => states.get(serial) ?? { state: 'unknown' },
  now,
}

/** The tags of the states of each certificate in an answer: 0x80 good, 0xa1 revoked, 0x82 unknown. */
function statesIn(body: Buffer): { tags: number[]; nonce: DerElement | undefined; holds: boolean } {
  const [, response] = readDer(body).children(0x30)
  const basic = new DerSequence(response?.only(0xa0) ?? readDer(body))
  basic.next()
  const parts = new DerSequence(readDer(basic.next().octets()))
  const data = parts.next()
  parts.next()
  const holds = verifyKeySignature('ecdsa-sha256', issuerKey, data.raw, parts.next().bits())
  const fields = new DerSequence(data)
  fields.next()
  fields.next()
  const tags = fields
    .next()
    .children(0x30)
    .map((each) => each.children()[1]?.tag ?? 0)
  return { tags, nonce: fields.optional(0xa1), holds }
}

describe('an OCSP responder', () => {
  it('answers for each certificate, signed', async () => {
    const { body, status } = await answerOcsp(ocspRequest({ serials: [5n, 6n, 7n] }), options)
    expect(status).toBe('successful')
    expect(statesIn(body)).toMatchObject({ tags: [0x80, 0xa1, 0x82], holds: true })
  })

  it('repeats a nonce, and only an answer without one may be kept', async () => {
    const nonce = Buffer.alloc(32, 7)
    const fresh = await answerOcsp(ocspRequest({ nonce, digest: 'sha256' }), options)
    expect(statesIn(fresh.body).nonce?.raw.includes(nonce)).toBe(true)
    expect(fresh.cacheableUntil).toBeUndefined()
    expect((await answerOcsp(ocspRequest(), options)).cacheableUntil).toBe(now + 3_600_000)
  })

  it.each([
    ['no DER', Buffer.from('what?')],
    ['nothing', Buffer.alloc(0)],
    ['no certificates', ocspRequest({ serials: [] })],
    ['too many certificates', ocspRequest({ serials: Array.from({ length: 33 }, () => 1n) })],
    ['an empty nonce', ocspRequest({ nonce: Buffer.alloc(0) })],
    ['a nonce that is too long', ocspRequest({ nonce: Buffer.alloc(129) })],
    ['a critical extension that is not known', ocspRequest({ critical: '1.2.3' })],
    ['a megabyte', Buffer.alloc(1 << 20, 0x30)],
  ])('calls a request with %s malformed', async (_, request) => {
    const { status, body } = await answerOcsp(request, options)
    expect(status).toBe('malformedRequest')
    expect(body).toEqual(Buffer.from('30030a0101', 'hex'))
  })

  it("does not speak for another authority's certificates", async () => {
    const { status } = await answerOcsp(ocspRequest({ name: Buffer.alloc(20) }), options)
    expect(status).toBe('unauthorized')
  })

  it('no byte changed in a request makes it fail', async () => {
    const request = ocspRequest({ nonce: Buffer.alloc(16) })
    await fc.assert(
      fc.asyncProperty(fc.nat(request.length - 1), fc.nat(7), async (at, bit) => {
        const { status } = await answerOcsp(flipped(request, at, bit), options)
        return ['successful', 'malformedRequest', 'unauthorized'].includes(status)
      }),
    )
  })
})

describe('an OCSP responder over HTTP', () => {
  const { now: _, ...rest } = options
  const handler = ocspHandler({ ...rest, clock: () => now })
  const type = { 'content-type': 'application/ocsp-request' }
  const empty = new Uint8Array()
  const plain: HandlerRequest = { method: 'GET', path: '/', headers: {}, body: empty }

  it('answers POST, and GET with the request in the path, which caches may keep', async () => {
    const request = ocspRequest()
    const posted = await handler({ method: 'POST', path: '/', headers: type, body: request })
    expect(posted).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    const path = `/${encodeURIComponent(request.toString('base64'))}`
    const got = await handler({ method: 'GET', path, headers: {}, body: empty })
    expect(got.headers['content-type']).toBe('application/ocsp-response')
    expect(got.headers['cache-control']).toMatch(/^max-age=3600/)
    expect(statesIn(Buffer.from(got.body)).tags).toEqual([0x80])
    const plain = await handler({
      method: 'GET',
      path: `/${request.toString('base64')}`,
      headers: {},
      body: empty,
    })
    expect(plain.status).toBe(200)
  })

  it.each([
    ['another method', { method: 'PUT' }, 405],
    ['another type', { method: 'POST', headers: { 'content-type': 'text/plain' } }, 415],
    ['a path that is no Base64', { path: '/%zz' }, 404],
    ['a path that is too long', { path: `/${'A'.repeat(5000)}` }, 404],
    ['no request', {}, 404],
  ])('%s has its own answer', async (__, request, status) => {
    expect((await handler({ ...plain, ...request })).status).toBe(status)
  })

  it('tells who asks to try later when the register is down, and the house why', async () => {
    const errors: unknown[] = []
    const status = async () => {
      throw new Error('register down')
    }
    const down = ocspHandler({ ...rest, status, clock: () => now, onError: (error) => errors.push(error) })
    const answer = await down({ method: 'POST', path: '/', headers: type, body: ocspRequest() })
    expect(Buffer.from(answer.body).toString('hex')).toBe('30030a0103')
    expect(errors).toHaveLength(1)
  })
})
