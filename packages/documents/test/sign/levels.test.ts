import { createHash } from 'node:crypto'
import type { KeyAlgorithm, SigningKey } from '@sapan/trust'
import { beforeAll, describe, expect, it } from 'vitest'
import { PdfString } from '../../src/pdf/index.ts'
import { type Level, type PdfSigningOptions, signPdf } from '../../src/sign/index.ts'
import { buildCompressed, buildPdf, onePage } from '../pdf/build.ts'
import { now, TestPki } from './authority.ts'
import { coveredBytes, digestLike, fieldsOf, holds, oids, readCms, stampedDigest, storeOf } from './verify.ts'

let pki: TestPki
let key: SigningKey
const plain = buildPdf(onePage())

beforeAll(async () => {
  pki = await TestPki.create()
  key = await pki.signingKey()
})

function options(level: Level, more: Partial<PdfSigningOptions> = {}): PdfSigningOptions {
  return { key, level, time: now, ...pki.services(), ...more }
}

describe('a PDF signed at B-B', () => {
  it('keeps every byte that was there, and its signature covers the whole file', async () => {
    const signed = await signPdf(plain, options('B-B'))
    expect(Buffer.from(signed.subarray(0, plain.length)).equals(plain)).toBe(true)
    const [field] = fieldsOf(signed)
    expect(field).toMatchObject({ name: 'Signature1', flaws: [], coversWholeRevision: true, signedAt: now })
    expect(field?.subFilter).toBe('ETSI.CAdES.detached')
    expect(field && holds(field.contents, coveredBytes(signed, field), key.algorithm, key.certificate)).toBe(
      true,
    )
  })

  it('says its time in M only', async () => {
    const [field] = fieldsOf(await signPdf(plain, options('B-B')))
    expect(readCms(field?.contents ?? new Uint8Array()).attributes.has(oids.signingTime)).toBe(false)
  })

  it('carries the signer and those above', async () => {
    const [field] = fieldsOf(await signPdf(plain, options('B-B')))
    const { certificates } = readCms(field?.contents ?? new Uint8Array())
    for (const each of [key.certificate, ...key.chain]) {
      expect(certificates.some((one) => one.equals(each))).toBe(true)
    }
  })

  it('leaves next to no room unused', async () => {
    const [field] = fieldsOf(await signPdf(plain, options('B-B')))
    const whole = field?.value?.get('Contents')
    const room = whole instanceof PdfString ? whole.bytes.length : 0
    expect(room - (field?.contents.length ?? 0)).toBeLessThan(4)
  })

  it('says why and where in any script', async () => {
    const words = { reason: 'รับรองความถูกต้อง', location: 'กรุงเทพฯ (สำนักงาน)' }
    expect(fieldsOf(await signPdf(plain, options('B-B', words)))[0]).toMatchObject(words)
  })

  it('is the same each time, but for what an ECDSA key draws', async () => {
    const rsa = await pki.signingKey('rsa-pkcs1-sha256')
    const [one, other] = [
      await signPdf(plain, options('B-B', { key: rsa })),
      await signPdf(plain, options('B-B', { key: rsa })),
    ]
    expect(Buffer.from(one).equals(other)).toBe(true)
  })
})

describe('a PDF signed at B-T', () => {
  it('has a time-stamp over the signature value', async () => {
    const [field] = fieldsOf(await signPdf(plain, options('B-T')))
    const { unsigned, signature } = readCms(field?.contents ?? new Uint8Array())
    const stamped = stampedDigest(unsigned.get(oids.stamp)?.raw ?? new Uint8Array())
    expect(stamped.equals(digestLike(signature, stamped))).toBe(true)
  })
})

describe('a PDF signed at B-LT', () => {
  it('carries certificates and revocation data of the signature and of its time-stamp', async () => {
    const signed = await signPdf(plain, options('B-LT'))
    const store = storeOf(signed)
    const needed = [key.certificate, ...pki.chain, pki.stamping.certificate, pki.responder.certificate]
    for (const each of needed) expect(store.certificates.some((one) => one.equals(each))).toBe(true)
    expect(store.ocsps).toHaveLength(2)
    expect(store.crls).toHaveLength(1)
  })

  it('names the signature by the SHA-1 of its Contents, upper-case', async () => {
    const signed = await signPdf(plain, options('B-LT'))
    const contents = fieldsOf(signed)[0]?.value?.get('Contents')
    const bytes = contents instanceof PdfString ? contents.bytes : new Uint8Array()
    expect(storeOf(signed).keys).toEqual([createHash('sha1').update(bytes).digest('hex').toUpperCase()])
  })

  it('still covers its own revision', async () => {
    const [field] = fieldsOf(await signPdf(plain, options('B-LT')))
    expect(field).toMatchObject({ revision: 1, flaws: [], coversWholeRevision: true })
  })
})

describe('a PDF signed at B-LTA', () => {
  it('ends with a time-stamp over all of it, the security store too', async () => {
    const signed = await signPdf(plain, options('B-LTA'))
    const [signature, stamp] = fieldsOf(signed)
    expect(signature).toMatchObject({ flaws: [], coversWholeRevision: true, revision: 1 })
    expect(stamp).toMatchObject({ type: 'DocTimeStamp', flaws: [], coversWholeRevision: true, revision: 3 })
    expect(stamp?.subFilter).toBe('ETSI.RFC3161')
    const [, , start = 0, length = 0] = stamp?.byteRange ?? []
    expect(start + length).toBe(signed.length)
    const stamped = stampedDigest(stamp?.contents ?? new Uint8Array())
    expect(stamp && stamped.equals(digestLike(coveredBytes(signed, stamp), stamped))).toBe(true)
  })
})

const algorithms: KeyAlgorithm[] = [
  'rsa-pkcs1-sha256',
  'rsa-pkcs1-sha512',
  'rsa-pss-sha256',
  'rsa-pss-sha384',
  'ecdsa-sha256',
  'ecdsa-sha384',
  'ecdsa-sha512',
  'ed25519',
]

describe.each(algorithms)('a key of %s', (algorithm) => {
  it('signs at every level', async () => {
    const own = await pki.signingKey(algorithm)
    for (const level of ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const) {
      const signed = await signPdf(plain, options(level, { key: own }))
      const [field, stamp] = fieldsOf(signed)
      expect(field?.flaws).toEqual([])
      expect(field && holds(field.contents, coveredBytes(signed, field), algorithm, own.certificate)).toBe(
        true,
      )
      expect(stamp?.flaws ?? []).toEqual([])
    }
  })
})

describe('a file with cross-reference streams', () => {
  it('is followed by revisions of the same kind', async () => {
    const compressed = buildCompressed(onePage())
    const signed = await signPdf(compressed, options('B-LTA'))
    const [signature, stamp] = fieldsOf(signed)
    expect([signature?.flaws, stamp?.flaws]).toEqual([[], []])
    expect(Buffer.from(signed).toString('latin1', compressed.length)).not.toContain('trailer')
  })
})
