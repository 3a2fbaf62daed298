import { describe, expect, test } from 'vitest'
import { readAsn1 } from '../../../src/check/asn1/read.ts'
import { readDigestAlgorithm } from '../../../src/check/crypto/algorithms.ts'
import { checkFile } from '../../../src/check/index.ts'
import { Work } from '../../../src/check/work.ts'
import {
  attribute,
  type CmsParts,
  certify,
  cms,
  der,
  digestAlgorithm,
  eku,
  hour,
  ids,
  key,
  ku,
  minute,
  name,
  now,
  quiet,
  signatureAlgorithm,
  signerInfo,
  signWith,
  stamp,
  timeStamping,
} from '../kit.ts'
import { all, content, issuer, options, pki, signer, tsa } from './letter.ts'

const { element, integer, nothing, octets, oid, retagged, sequence, time, utf8 } = der

async function check(parts: Partial<CmsParts>) {
  const file = cms({ signer, content, certificates: all, ...quiet(pki), ...parts })
  const report = await checkFile(file, options())
  const [first] = report.signatures
  const failed = first?.checks.filter(({ passed }) => !passed) ?? []
  return { conclusion: report.conclusion, why: report.subIndication, failed, first }
}

const more =
  (...extra: Buffer[]) =>
  (attributes: Buffer[]) => [...attributes, ...extra]

const signerAttributes = '0.4.0.19122.1.1'
const mimeType = '0.4.0.1733.2.1'
const protection = (digest: Buffer, algorithm: Buffer) =>
  attribute('1.2.840.113549.1.9.52', sequence(digest, retagged(0xa1, algorithm)))
const ownDigest = digestAlgorithm('sha256')
const ownAlgorithm = signatureAlgorithm(signer.key, 'sha256')

describe('signed attributes', () => {
  test.each<[string, Buffer[]]>([
    ['attributes of the signer', [attribute(signerAttributes, sequence())]],
    ['a kind of content', [attribute(mimeType, utf8('text/plain'))]],
    ['unknown ones with two values', [attribute('2.999.1', utf8('a'), utf8('b'))]],
    ['the algorithms', [protection(ownDigest, ownAlgorithm)]],
  ])('once each do not matter: %s', async (_, extra) => {
    expect(await check({ signed: more(...extra) })).toMatchObject({ conclusion: 'TOTAL-PASSED' })
  })

  test.each<[string, Buffer[]]>([
    ['two values for the signer', [attribute(signerAttributes, sequence(), sequence(octets(content)))]],
    ['no value', [attribute(mimeType)]],
    ['one twice', [attribute(mimeType, utf8('a/b')), attribute(mimeType, utf8('c/d'))]],
    ['two times', [attribute(ids.signingTime, time(now), time(now - hour))]],
    ['a countersignature', [attribute('1.2.840.113549.1.9.6', sequence())]],
    ['another digest', [protection(digestAlgorithm('sha512'), ownAlgorithm)]],
    ['another signature algorithm', [protection(ownDigest, signatureAlgorithm(signer.key, 'sha384'))]],
    ['a protection of nothing', [attribute('1.2.840.113549.1.9.52', sequence())]],
  ])('fail with %s', async (_, extra) => {
    const { conclusion, why, failed } = await check({ signed: more(...extra) })
    expect({ conclusion, why }).toEqual({ conclusion: 'TOTAL-FAILED', why: 'FORMAT_FAILURE' })
    expect(failed.map(({ id }) => id)).toEqual(['signed-attributes'])
  })

  test('fail in another order than that of DER, also where that order was signed', async () => {
    const made = signerInfo({ signer, content })
    const [version, sid, digest, signed, algorithm] = made.parts
    const members = der.readDer(retagged(0x31, signed ?? Buffer.alloc(0))).children()
    const turned = element(0x31, ...members.toReversed().map(({ raw }) => raw))
    const info = sequence(
      ...[version, sid, digest, retagged(0xa0, turned), algorithm].map((part) => part ?? Buffer.alloc(0)),
      octets(signWith(signer.key, 'sha256', turned)),
    )
    expect(await check({ signers: [info] })).toMatchObject({
      conclusion: 'TOTAL-FAILED',
      why: 'FORMAT_FAILURE',
    })
  })
})

describe('who stamps', () => {
  const stamped = (by: typeof tsa) => (value: Buffer) => [
    attribute(
      ids.signatureTimestamp,
      stamp({ tsa: by, over: value, at: now - minute, certificates: [by.certificate] }),
    ),
  ]
  const holder = (...extensions: Buffer[]) =>
    certify({ name: name('Other'), key: key('p256', 'other'), issuer, extensions })

  test('may do nothing else: then the signature has its time', async () => {
    const { first } = await check({ unsigned: stamped(tsa) })
    expect(first?.bestSignatureTime).toBe(new Date(now - minute).toISOString())
  })

  test.each<[string, Buffer[]]>([
    ['no purpose', [ku(0)]],
    ['a purpose that is not critical', [ku(0), eku(false, timeStamping)]],
    ['a second purpose', [ku(0), eku(true, timeStamping, '1.3.6.1.5.5.7.3.9')]],
    ['a key that also certifies', [ku(0, 5), eku(true, timeStamping)]],
    ['a key that also encrypts', [ku(0, 2), eku(true, timeStamping)]],
  ])('with a certificate of %s is no authority, and the signature does not pass', async (_, extensions) => {
    const { conclusion, why, failed, first } = await check({ unsigned: stamped(holder(...extensions)) })
    expect({ conclusion, why }).toEqual({ conclusion: 'INDETERMINATE', why: 'SIG_CONSTRAINTS_FAILURE' })
    expect(failed.map(({ id }) => id)).toEqual(['timestamp-valid'])
    expect(first?.bestSignatureTime).toBeUndefined()
  })
})

describe('a digest algorithm', () => {
  const read = (...parts: Buffer[]) => readDigestAlgorithm(readAsn1(sequence(...parts), new Work()))
  const ofAnyLength = oid('2.16.840.1.101.3.4.2.18')

  test('of SHAKE256 is that of Ed448 with 512 bits, and with no others', () => {
    expect(read(oid('2.16.840.1.101.3.4.2.12'))).toBe('shake256')
    expect(read(ofAnyLength, integer(512))).toBe('shake256')
    expect(read(ofAnyLength, integer(256))).toBeUndefined()
    expect(read(ofAnyLength)).toBeUndefined()
  })

  test('that is unknown may have parameters, a known one has none', () => {
    expect(read(oid('2.999.1'), integer(1))).toBeUndefined()
    expect(read(oid('2.16.840.1.101.3.4.2.1'), nothing())).toBe('sha256')
    expect(() => read(oid('2.16.840.1.101.3.4.2.1'), integer(1))).toThrow('parameters')
  })
})
