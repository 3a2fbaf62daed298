import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  createTimestampAuthority,
  fingerprint,
  readTimestamp,
  signDetached,
  timestampFromResponse,
  timestampRequest,
  verifyTimestamp,
} from '../src/index.ts'
import { day, flipped, now, TestAuthority } from './authority.ts'

const ca = new TestAuthority()
const { signer, certificate } = ca.issue({ profile: 'timestamping' })
const policy = '1.3.6.1.4.1.99999.1'
const moment = now + 1234
let serial = 0n
const authority = createTimestampAuthority({
  signer,
  certificate,
  chain: ca.chain,
  clock: () => moment,
  policy,
  nextSerial: () => ++serial,
})
const digest = createHash('sha256').update('a checkpoint').digest()

async function stamp(): Promise<Buffer> {
  const request = timestampRequest(digest, { nonce: 42n })
  return timestampFromResponse(await authority.respond(request), request)
}

describe('a time-stamp', () => {
  it('tells when the authority saw the digest', async () => {
    const token = await stamp()
    const verified = verifyTimestamp(token, digest, ca.roots)
    expect(verified).toMatchObject({
      at: moment,
      accuracy: 1000,
      policy,
      serial,
      nonce: 42n,
      digestAlgorithm: '2.16.840.1.101.3.4.2.1',
    })
    expect(verified.signer.fingerprint).toBe(fingerprint(certificate))
    expect(readTimestamp(token).digest.equals(digest)).toBe(true)
    expect(readTimestamp(token).certificates).toHaveLength(3)
  })

  it('has a serial number of its own', async () => {
    const serials = [await stamp(), await stamp()].map((token) => readTimestamp(token).serial)
    expect(serials[0]).not.toBe(serials[1])
  })

  it('does not stand for another digest', async () => {
    const token = await stamp()
    expect(() => verifyTimestamp(token, flipped(digest, 0), ca.roots)).toThrow(/^timestamp-invalid/)
    expect(() => verifyTimestamp(token, digest.subarray(1), ca.roots)).toThrow(/^timestamp-invalid/)
  })

  it('needs the certificate of a trusted authority, valid when it stamped', async () => {
    const token = await stamp()
    const check =
      (more: object, roots = ca.roots) =>
      () =>
        verifyTimestamp(token, digest, roots, more)
    expect(check({}, new TestAuthority().roots)).toThrow(/^certificate-untrusted/)
    expect(check({ at: now + 200 * day })).toThrow(/^certificate-expired/)
    expect(check({ revoked: new Set([fingerprint(certificate)]) })).toThrow(/^certificate-revoked/)
  })

  it('is not another kind of signature', () => {
    const { signer: member, certificate: signing } = ca.issue()
    const cms = signDetached(digest, {
      signer: member,
      certificate: signing,
      chain: ca.chain,
      signingTime: now,
    })
    expect(() => verifyTimestamp(cms, digest, ca.roots)).toThrow(/^timestamp-malformed/)
    expect(() => readTimestamp(Buffer.from('rubbish'))).toThrow(/^timestamp-malformed/)
  })

  it('without certificates is verified with those kept beside it', async () => {
    const request = timestampRequest(digest, { certificates: false })
    const token = timestampFromResponse(await authority.respond(request), request)
    expect(readTimestamp(token)).toMatchObject({ certificates: [], nonce: undefined })
    expect(() => verifyTimestamp(token, digest, ca.roots)).toThrow(/^timestamp-invalid/)
    const intermediates = [certificate, ...ca.chain]
    expect(verifyTimestamp(token, digest, ca.roots, { intermediates }).at).toBe(moment)
  })
})

describe('a response', () => {
  it('must answer the request that was made', async () => {
    const request = timestampRequest(digest, { nonce: 1n })
    const response = await authority.respond(request)
    const others = [
      timestampRequest(digest, { nonce: 2n }),
      timestampRequest(digest),
      timestampRequest(flipped(digest, 3), { nonce: 1n }),
      timestampRequest(digest, { nonce: 1n, policy: '1.2.3' }),
    ]
    expect(() => timestampFromResponse(response, request)).not.toThrow()
    for (const other of others) {
      expect(() => timestampFromResponse(response, other)).toThrow(/^timestamp-invalid/)
    }
    expect(() => timestampFromResponse(Buffer.from('rubbish'), request)).toThrow(/^timestamp-malformed/)
  })

  const good = timestampRequest(digest, { nonce: 1n })
  const sha256Oid = Buffer.from('0609608648016503040201', 'hex')
  const sha1Oid = Buffer.from('0609608648016503040204', 'hex')
  const replaced = (from: Buffer, to: Buffer) =>
    Buffer.from(good.toString('hex').replace(from.toString('hex'), to.toString('hex')), 'hex')

  // PKIFailureInfo as a BIT STRING, by its bit number.
  it.each([
    ['rubbish: badDataFormat', Buffer.from('rubbish'), '03020204'],
    ['nothing: badDataFormat', Buffer.alloc(0), '03020204'],
    ['something after the end: badDataFormat', Buffer.concat([good, Buffer.of(0)]), '03020204'],
    [
      'another version: badDataFormat',
      replaced(Buffer.from('020101', 'hex'), Buffer.from('020102', 'hex')),
      '03020204',
    ],
    ['another hash function: badAlg', replaced(sha256Oid, sha1Oid), '03020780'],
    ['another policy: unacceptedPolicy', timestampRequest(digest, { policy: '1.2.3' }), '0303000001'],
    ['a huge nonce: badRequest', timestampRequest(digest, { nonce: 1n << 600n }), '03020520'],
    ['extensions: unacceptedExtension', withExtensions(good), '030407000080'],
  ])('to %s is a rejection that says why', async (_, request, failure) => {
    const response = await authority.respond(request)
    expect(response.toString('hex')).toContain('020102')
    expect(response.toString('hex')).toContain(failure)
    expect(() => timestampFromResponse(response, good)).toThrow(/^timestamp-refused/)
  })

  it('is not made when no serial number can be had', async () => {
    const down = createTimestampAuthority({
      signer,
      certificate,
      chain: ca.chain,
      clock: () => now,
      policy,
      nextSerial: () => Promise.reject(new Error('the database is down')),
    })
    await expect(down.respond(good)).rejects.toThrow('the database is down')
  })
})

it('an authority needs a certificate for time-stamping', () => {
  const other = ca.issue()
  const make = () =>
    createTimestampAuthority({ ...other, chain: ca.chain, clock: () => now, policy, nextSerial: () => 1n })
  expect(make).toThrow(TypeError)
})

/** The request with an empty list of extensions at its end. */
function withExtensions(request: Buffer): Buffer {
  const content = Buffer.concat([request.subarray(2), Buffer.from('a000', 'hex')])
  return Buffer.concat([Buffer.of(0x30, content.length), content])
}
