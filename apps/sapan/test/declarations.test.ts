import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signPdf } from '@sapan/documents'
import { WorkingDays } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDemonstration } from '../src/documents/demonstration.ts'
import { declarationPdf } from '../src/identity/declarations.ts'

const country = loadCountry()
const ground = {
  file: { operator: 'TH/GOV/DGA', portal: 'http://localhost:1' },
  country,
  days: new WorkingDays(country.calendar),
}
const facts = {
  company: { number: '0105558900015', name: { th: 'บริษัท สมมติ จำกัด', en: 'Made Up Co., Ltd.' } },
  text: 'บริษัทไม่มีสาขาอื่น และไม่มีหนี้ค้างชำระ',
  confirmedBy: [{ name: { th: 'จิรดนัย ภักดีจันทร์', en: '' }, at: Date.UTC(2026, 10, 22) }],
  hash: 'ab'.repeat(32),
  at: Date.UTC(2026, 10, 22),
}

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'declarations-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

describe('the document of a declaration', () => {
  it('is sealed by the operator to the level that anyone can check later', async () => {
    const { seal, revocation, timestamper } = await openDemonstration(home)
    const pdf = await declarationPdf(ground, facts)
    const sealed = await signPdf(pdf, {
      key: seal,
      level: 'B-LT',
      time: Date.now(),
      timestamper,
      revocation,
    })
    expect(Buffer.from(sealed.subarray(0, pdf.length)).equals(Buffer.from(pdf))).toBe(true)
    expect(Buffer.from(sealed).toString('latin1')).toContain('/ETSI.CAdES.detached')
  })

  it.each([
    ['letters that no typeface of ours has', '\u{1F600}'],
    ['a control', 'a\u0007b'],
  ])('is refused with %s', async (_what, text) => {
    await expect(declarationPdf(ground, { ...facts, text })).rejects.toMatchObject({ type: { status: 422 } })
  })
})
