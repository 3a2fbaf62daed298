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
  type HandlerRequest,
  type OcspOptions,
  ocspHandler,
  verifyKeySignature,
} from '../src/index.ts'
import { flipped } from './authority.ts'
import { day, now, TestDocumentAuthority } from './document-authority.ts'

// That OpenSSL accepts all of this is shown in the workspace `conformance`.

const ca = await TestDocumentAuthority.create('ecdsa-sha256')
const issuer = readCertificateParts(ca.issuer.certificate)
const { publicKey: issuerKey } = new X509Certificate(ca.issuer.certificate)

const hashed = (name: string, bytes: Buffer) => createHash(name).update(bytes).digest()

function keyBits(): Buffer {
  const parts = new DerSequence(issuer.publicKey)
  parts.next()
  return parts.next().bits()
}

const digestOids = {
  md5: '1.2.840.113549.2.5',
  sha1: oids.sha1,
  sha256: oids.sha256,
  sha384: oids.sha384,
  sha512: oids.sha512,
} as const

interface Asked {
  readonly serials?: readonly bigint[]
  readonly digest?: 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'md5'
  readonly nonce?: Buffer
  readonly critical?: string
  readonly name?: Buffer
}

function ocspRequest({ serials = [5n], digest = 'sha1', nonce, critical, name }: Asked = {}): Buffer {
  const list = serials.map((serial) => {
    const names = [octets(name ?? hashed(digest, issuer.subject.raw)), octets(hashed(digest, keyBits()))]
    return sequence(sequence(sequence(oid(digestOids[digest]), nothing()), ...names, integer(serial)))
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

  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)(
    'is asked by names hashed with %s',
    async (digest) => {
      const { body, status } = await answerOcsp(ocspRequest({ digest }), options)
      expect(status).toBe('successful')
      expect(statesIn(body)).toMatchObject({ tags: [0x80], holds: true })
    },
  )

  it('does not know a name hashed in another way', async () => {
    expect((await answerOcsp(ocspRequest({ digest: 'md5' }), options)).status).toBe('unauthorized')
  })

  it.each([1, 32, 128])('takes a nonce of %i bytes (RFC 9654)', async (length) => {
    const { body, status } = await answerOcsp(ocspRequest({ nonce: Buffer.alloc(length, 7) }), options)
    expect(status).toBe('successful')
    expect(statesIn(body).nonce?.raw.includes(Buffer.alloc(length, 7))).toBe(true)
  })

  it('may be one that the authority appointed, whose certificate goes along and is not asked about', async () => {
    const responder = await ca.key({ profile: 'ocsp', ocsp: ['http://ocsp.example/'] }, 'responder')
    const { body, status } = await answerOcsp(ocspRequest(), { ...options, responder })
    expect(status).toBe('successful')
    expect(body.includes(Buffer.from(responder.certificate))).toBe(true)
    const { extensions } = readCertificateParts(responder.certificate)
    expect(extensions?.raw.includes(oid(oids.ocspNoCheck))).toBe(true)
  })

  it('whose certificate has run out answers nothing, and none of its answers outlives it', async () => {
    const responder = await ca.key({ profile: 'ocsp', days: 1 }, 'responder')
    const at = (time: number) => answerOcsp(ocspRequest(), { ...options, responder, now: time })
    expect((await at(now + day - 60_000)).cacheableUntil).toBe(now + day)
    await expect(at(now + day + 1000)).rejects.toThrow('has run out')
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
