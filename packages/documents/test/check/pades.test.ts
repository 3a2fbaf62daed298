import { beforeAll, describe, expect, test } from 'vitest'
import { type CheckOptions, checkFile } from '../../src/check/index.ts'
import {
  type Level,
  localRevocation,
  type RevocationSource,
  renewPdf,
  signPdf,
} from '../../src/sign/index.ts'
import { buildPdf, onePage } from '../pdf/build.ts'
import { day, now, TestPki } from '../sign/authority.ts'

let pki: TestPki
const signed = new Map<Level, Uint8Array>()
const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const
const year = 365 * day

beforeAll(async () => {
  pki = await TestPki.create()
  const key = await pki.signingKey()
  const plain = buildPdf(onePage(), { trailer: '/ID [<0011> <0011>]' })
  for (const level of levels) {
    const options = { key, level, time: now, ...pki.services() }
    signed.set(level, await signPdf(plain, options))
  }
})

const options = (more: Partial<CheckOptions> = {}): CheckOptions => ({
  anchors: { certificates: [pki.root.certificate] },
  at: now + 60_000,
  ...more,
})

function file(level: Level): Uint8Array {
  return signed.get(level) ?? new Uint8Array()
}

describe('a signed PDF', () => {
  test.each(levels)('is recognised as %s', async (level) => {
    const report = await checkFile(file(level), options())
    expect(report.signatures[0]).toMatchObject({ level: `PAdES-${level}` })
  })

  test.each(['B-LT', 'B-LTA'] as const)('with validation data passes offline: %s', async (level) => {
    const { conclusion, signatures } = await checkFile(file(level), options())
    expect(signatures[0]?.checks.filter(({ passed }) => !passed)).toEqual([])
    expect(signatures[0]?.timestamps.every(({ indication }) => indication === 'TOTAL-PASSED')).toBe(true)
    expect(conclusion).toBe('TOTAL-PASSED')
  })

  test.each(['B-B', 'B-T'] as const)('without validation data is uncertain offline: %s', async (level) => {
    const report = await checkFile(file(level), options())
    expect(report).toMatchObject({ conclusion: 'INDETERMINATE', subIndication: 'TRY_LATER' })
  })

  test('at B-LTA still passes when what it knows of revocation is long stale', async () => {
    const report = await checkFile(file('B-LTA'), options({ at: now + 60 * day }))
    expect(report.conclusion).toBe('TOTAL-PASSED')
  })

  test.each(levels)('with a byte changed fails: %s', async (level) => {
    const bytes = Uint8Array.from(file(level))
    bytes[40] = (bytes[40] ?? 0) ^ 1
    const report = await checkFile(bytes, options())
    expect(report).toMatchObject({ conclusion: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' })
  })

  test('says what it is about', async () => {
    const { file: about, document } = await checkFile(file('B-LTA'), options({ name: 'a.pdf' }))
    expect(about).toMatchObject({ name: 'a.pdf', format: 'pdf', bytes: file('B-LTA').length })
    expect(document).toMatchObject({ pages: 1 })
  })
})

describe('in the long run', () => {
  /** Everything was issued for ten years but the time-stamps’ and the signer’s certificates, for a year. */
  async function archive(level: Level): Promise<Uint8Array> {
    const key = await pki.signingKey('ecdsa-sha256', { days: 300 })
    const plain = buildPdf(onePage(), { trailer: '/ID [<0011> <0011>]' })
    const options = { key, level, time: now, ...pki.services() }
    return signPdf(plain, options)
  }

  test('B-LT is uncertain once the time-stamp’s certificate has ended', async () => {
    const report = await checkFile(await archive('B-LT'), options({ at: now + 3 * year }))
    expect(report.conclusion).toBe('INDETERMINATE')
  })

  test('B-LTA is uncertain once the certificate of its last time-stamp has ended', async () => {
    const report = await checkFile(await archive('B-LTA'), options({ at: now + 3 * year }))
    expect(report.conclusion).toBe('INDETERMINATE')
  })

  test('B-LTA that was renewed in time passes after its first certificates have ended', async () => {
    const at = now + 200 * day
    const renewer = await TestPki.create('ecdsa-sha256', at)
    const file = await archive('B-LTA')
    const answersOf = (one: TestPki) =>
      localRevocation({
        ocsp: (request) => one.ocsp(request, at),
        crls: async () => [await one.crl(one.root, [], at)],
      })
    // Two authorities are asked: for what was signed, and for who stamps now.
    const revocation: RevocationSource = {
      collect(path, time) {
        const isRenewer = path.some((der) => Buffer.from(der).equals(renewer.issuer.certificate))
        return answersOf(isRenewer ? renewer : pki).collect(path, time)
      },
    }
    const renewed = await renewPdf(file, { time: at, timestamper: renewer.timestamper(), revocation })
    const anchors = {
      certificates: [pki.root.certificate],
      services: [{ certificate: renewer.stamping.certificate, purposes: ['timestamp'] as const }],
    }
    const late = options({ anchors, at: now + 400 * day })
    const report = await checkFile(renewed, late)
    expect(report.signatures[0]?.timestamps).toHaveLength(3)
    expect(report.signatures[0]).toMatchObject({ indication: 'TOTAL-PASSED', level: 'PAdES-B-LTA' })
    expect(report.signatures[0]?.bestSignatureTime).toBe(new Date(now).toISOString())
    expect(await checkFile(file, late)).toMatchObject({ conclusion: 'INDETERMINATE' })
  })
})
