import { describe, expect, test } from 'vitest'
import { type CheckOptions, checkFile } from '../../src/check/index.ts'
import { authority, cms, type CmsParts, crl, hour, ids, attribute, minute, now, quiet, stamp } from './kit.ts'

const content = Buffer.from('หนังสือรับรอง')
const pki = authority()
const { root, issuer, signer, tsa } = pki

const options = (more: Partial<CheckOptions> = {}): CheckOptions => ({
  anchors: { certificates: [root.certificate] },
  at: now,
  ...more,
})

const all = [signer.certificate, issuer.certificate]

function make(parts: Partial<CmsParts> = {}): Buffer {
  return cms({ signer, content, certificates: all, ...quiet(pki), claimedAt: now - 10 * minute, ...parts })
}

describe('a CMS signature', () => {
  test('that is sound passes', async () => {
    const report = await checkFile(make(), options())
    expect(report.signatures[0]).toMatchObject({ indication: 'TOTAL-PASSED', level: 'CAdES-B-B' })
    expect(report.conclusion).toBe('TOTAL-PASSED')
  })
})
