import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CheckError, type CheckLimits, checkFile } from '../../src/check/index.ts'
import { authority, ca, certify, cms, der, key, ku, name, now, quiet, signerInfo } from './kit.ts'

const { element, oid, sequence } = der
const pki = authority()
const { root, issuer, signer } = pki
const content = Buffer.from('content')
const sound = cms({ signer, content, certificates: [signer.certificate, issuer.certificate], ...quiet(pki) })

async function check(bytes: Uint8Array, limits: Partial<CheckLimits> = {}) {
  try {
    return (await checkFile(bytes, { anchors: { certificates: [root.certificate] }, at: now, limits }))
      .conclusion
  } catch (error) {
    if (error instanceof CheckError) return error.code
    throw error
  }
}

describe('bytes that mean harm', () => {
  test('no truncation of a signature passes, and none is met with a crash', async () => {
    for (let length = 0; length < sound.length; length += 7) {
      expect(await check(sound.subarray(0, length))).not.toBe('TOTAL-PASSED')
    }
  })

  test('a changed bit never makes another signer or content pass', async () => {
    const before = await checkFile(sound, { anchors: { certificates: [root.certificate] }, at: now })
    const fingerprint = before.signatures[0]?.signer?.fingerprint
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.nat(7), async (at, bit) => {
        const bytes = Uint8Array.from(sound)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        try {
          const { signatures } = await checkFile(bytes, {
            anchors: { certificates: [root.certificate] },
            at: now,
          })
          for (const one of signatures) {
            if (one.indication === 'TOTAL-PASSED') expect(one.signer?.fingerprint).toBe(fingerprint)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(CheckError)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('noise is met with a CheckError or a report', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await check(bytes)).not.toBe('TOTAL-PASSED')
      }),
    )
  })

  test('DER nested without end', async () => {
    const depth = 200_000
    const bytes = Buffer.alloc(depth * 2)
    for (let at = 0; at < depth; at++) bytes.set([0x30, 0x80], at * 2)
    expect(await check(bytes)).toBe('unknown')
    const inside = sequence(oid('1.2.840.113549.1.7.2'), element(0xa0, bytes))
    expect(await check(inside)).toBe('INDETERMINATE')
  })

  test('a sequence of a million elements', async () => {
    const many = sequence(oid('1.2.840.113549.1.7.2'), element(0xa0, sequence(Buffer.alloc(3_000_000, 0x05))))
    expect(['INDETERMINATE', 'too-complex', 'unknown']).toContain(await check(many))
    const nulls = Buffer.alloc(3_000_000)
    for (let at = 0; at < nulls.length; at += 2) nulls[at] = 0x05
    const list = sequence(oid('1.2.840.113549.1.7.2'), element(0xa0, sequence(nulls)))
    expect(['INDETERMINATE', 'too-complex']).toContain(await check(list, { elements: 100_000 }))
  })

  test('thousands of certificates that all could have issued each other', async () => {
    const own = key('p256', 'crowd')
    const certificates = Array.from({ length: 1500 }, (_, at) =>
      certify({ name: name('Crowd'), key: own, serial: at + 1, extensions: [ca(), ku(5, 6)] }),
    )
    const [first] = certificates
    if (!first) throw new Error('none')
    const leaf = certify({ name: name('Leaf'), key: key('p256', 'leaf'), issuer: first, extensions: [ku(1)] })
    const all = [leaf.certificate, ...certificates.map(({ certificate }) => certificate)]
    expect(await check(cms({ signer: leaf, content, certificates: all }))).toBe('INDETERMINATE')
  })

  test('more signers than are looked at', async () => {
    const { info } = signerInfo({ signer, content })
    const signers = Array.from({ length: 99 }, () => info)
    const file = cms({
      signer,
      content,
      signers,
      certificates: [signer.certificate, issuer.certificate],
      ...quiet(pki),
    })
    expect(await check(file)).toBe('TOTAL-PASSED')
    expect(await check(file, { signatures: 10 })).toBe('INDETERMINATE')
    const more = cms({ signer, content, signers: Array.from({ length: 5000 }, () => info) })
    expect(await check(more)).toBe('INDETERMINATE')
  })

  test('a budget that is used up ends in a finding', async () => {
    const report = await checkFile(sound, {
      anchors: { certificates: [root.certificate] },
      at: now,
      limits: { verifications: 1 },
    })
    expect(report.conclusion).toBe('INDETERMINATE')
    expect(report.signatures[0]?.findings.map(({ code }) => code)).toContain('too-much-work')
  })

  test('a huge RSA key costs nothing', async () => {
    const modulus = Buffer.alloc(200_000, 0xff)
    const spki = sequence(
      sequence(oid('1.2.840.113549.1.1.1'), der.nothing()),
      der.bits(sequence(der.integerFromBytes(modulus), der.integerFromBytes(modulus))),
    )
    const holder = certify({
      name: name('Huge'),
      key: { ...key('rsa2048'), spki },
      issuer,
      extensions: [ku(1)],
    })
    const file = cms({ signer: holder, content, certificates: [holder.certificate, issuer.certificate] })
    expect(await check(file)).toBe('INDETERMINATE')
  })
})
