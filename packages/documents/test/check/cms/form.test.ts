import { describe, expect, test } from 'vitest'
import { type CheckCrypto, webCrypto } from '../../../src/check/index.ts'
import {
  attribute,
  authority,
  type CmsParts,
  certify,
  cms,
  type Digest,
  der,
  hash,
  ids,
  key,
  ku,
  name,
  quiet,
} from '../kit.ts'
import { all, check, content, failed, issuer, make, passed, pki, signer, uncertain } from './letter.ts'

const { octets, oid, sequence } = der

describe('the form', () => {
  const without = (type: string) => (attributes: Buffer[]) =>
    attributes.filter((one) => !one.includes(oid(type)))

  test.each([
    ['no content type', { signed: without(ids.contentType) }],
    ['no message digest', { signed: without(ids.messageDigest) }],
    [
      'two message digests',
      { signed: (list: Buffer[]) => [...list, attribute(ids.messageDigest, octets(Buffer.alloc(32)))] },
    ],
    [
      'another content type',
      {
        signed: (list: Buffer[]) => [
          ...without(ids.contentType)(list),
          attribute(ids.contentType, oid(ids.tstInfo)),
        ],
      },
    ],
    ['two algorithms that differ', { namedDigest: 'sha512' as Digest }],
  ])('with %s gives FORMAT_FAILURE', async (_label, parts: Partial<CmsParts>) => {
    expect(await check(make(parts))).toMatchObject(failed('FORMAT_FAILURE'))
  })

  test('by Ed25519 over another digest than its own gives FORMAT_FAILURE', async () => {
    const other = certify({ name: name('Ed'), key: key('ed25519', 'ed'), issuer, extensions: [ku(1)] })
    const file = make({ signer: other, certificates: [other.certificate, issuer.certificate] })
    expect(await check(file)).toMatchObject(failed('FORMAT_FAILURE'))
  })

  test('signed attributes passed off as content give FORMAT_FAILURE', async () => {
    // The attributes of one signature are shown as what another, without attributes, signed.
    const attributes = der.setOf(
      attribute(ids.contentType, oid(ids.data)),
      attribute(ids.messageDigest, octets(hash('sha256', content))),
    )
    const file = cms({ signer, content: attributes, certificates: all, isPlain: true, ...quiet(pki) })
    expect(await check(file)).toMatchObject(failed('FORMAT_FAILURE'))
  })

  test('a plain signature without attributes is PKCS7, and said not to be bound to its certificate', async () => {
    const report = await check(make({ isPlain: true }))
    expect(report).toMatchObject({ ...passed, level: 'PKCS7' })
    expect(report.findings.map(({ code }) => code)).toContain('certificate-not-bound')
  })

  test('PSS parameters other than those of the signature give SIG_CRYPTO_FAILURE', async () => {
    const other = authority('pss2048', ' pss2048')
    const algorithm = sequence(
      oid('1.2.840.113549.1.1.10'),
      sequence(
        der.explicit(0, sequence(oid('2.16.840.1.101.3.4.2.1'))),
        der.explicit(1, sequence(oid('1.2.840.113549.1.1.8'), sequence(oid('2.16.840.1.101.3.4.2.1')))),
        der.explicit(2, der.integer(20)),
      ),
    )
    const certificates = [other.signer.certificate, other.issuer.certificate]
    const file = cms({ signer: other.signer, content, certificates, algorithm, ...quiet(other) })
    const report = await check(file, { anchors: { certificates: [other.root.certificate] } })
    expect(report).toMatchObject(failed('SIG_CRYPTO_FAILURE'))
  })

  test('an algorithm that nobody knows gives CRYPTO_CONSTRAINTS_FAILURE', async () => {
    const file = make({ algorithm: sequence(oid('1.2.3.4.5')) })
    expect(await check(file)).toMatchObject(uncertain('CRYPTO_CONSTRAINTS_FAILURE'))
  })

  /** The padded digest: what raising the right value to the exponent gives (RFC 8017 §9.2). */
  function paddedDigest(bytes: number): Buffer {
    const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')
    const digest = hash('sha256', content)
    const padding = Buffer.alloc(bytes - 3 - prefix.length - digest.length, 0xff)
    return Buffer.concat([Buffer.from([0, 1]), padding, Buffer.from([0]), prefix, digest])
  }

  test.each<[string, number, number | Buffer]>([
    // The value is the padded digest itself: everyone can make it.
    ['exponent 1', 256, 1],
    ['an even exponent', 256, 2],
    ['exponent 0', 256, 0],
    ['an exponent below 0', 256, Buffer.of(2, 1, 0x83)],
    ['an exponent of more than 40 bits', 256, Buffer.of(2, 6, 1, 0, 0, 0, 0, 1)],
    ['a modulus of more than 16384 bits', 2049, 1],
    ['a modulus of more than 16384 bits and the usual exponent', 2049, 65537],
  ])('an RSA key with %s is not verified with', async (_, bytes, exponent) => {
    const modulus = Buffer.alloc(bytes, 0xff)
    const spki = sequence(
      sequence(oid('1.2.840.113549.1.1.1'), der.nothing()),
      der.bits(
        sequence(
          der.integerFromBytes(modulus),
          typeof exponent === 'number' ? der.integer(exponent) : exponent,
        ),
      ),
    )
    const weak = { ...key('rsa2048', 'weak'), spki }
    const holder = certify({ name: name('Weak'), key: weak, issuer, extensions: [ku(1)] })
    const value = paddedDigest(bytes)
    const certificates = [holder.certificate, ...all]
    const file = make({ signer: holder, certificates, isPlain: true, value })
    const ours = webCrypto()
    let asked = 0
    const crypto: CheckCrypto = {
      digest: ours.digest.bind(ours),
      verify: (scheme, by, data, signature) => {
        if (spki.equals(by)) asked++
        return ours.verify(scheme, by, data, signature)
      },
    }
    expect(await check(file, { crypto })).toMatchObject({ indication: 'INDETERMINATE' })
    expect(asked).toBe(0)
    const scheme = { family: 'rsa-pkcs1', digest: 'sha256' } as const
    expect(await ours.verify(scheme, spki, content, value)).toBe('unsupported')
  })
})
