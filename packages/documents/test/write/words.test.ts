import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bahtText, buddhistDate, thaiDigits } from '../../src/index.ts'

describe('Thai digits', () => {
  it('stand for the Arabic ones, other characters stay', () => {
    expect(thaiDigits(2569)).toBe('๒๕๖๙')
    expect(thaiDigits('ที่ 0123/456789')).toBe('ที่ ๐๑๒๓/๔๕๖๗๘๙')
  })
})

describe('Buddhist dates', () => {
  const noon = Date.UTC(2026, 10, 22, 5)
  it.each([
    ['long', '๒๒ พฤศจิกายน ๒๕๖๙'],
    ['full', 'วันที่ ๒๒ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙'],
    ['era', '๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙'],
    ['short', '๒๒ พ.ย. ๖๙'],
  ] as const)('have the form %s', (form, text) => {
    expect(buddhistDate(noon, { form })).toBe(text)
  })

  it('change with the day in Bangkok, not in Greenwich', () => {
    expect(buddhistDate(Date.UTC(2026, 11, 31, 16, 59), { digits: 'arabic' })).toBe('31 ธันวาคม 2569')
    expect(buddhistDate(Date.UTC(2026, 11, 31, 17), { digits: 'arabic' })).toBe('1 มกราคม 2570')
  })

  it('take the time of day along', () => {
    expect(buddhistDate(Date.UTC(2026, 0, 2, 2, 5), { time: true })).toBe('๒ มกราคม ๒๕๖๙ เวลา ๐๙.๐๕ น.')
  })
})

describe('amounts in words', () => {
  it.each([
    [0, 'ศูนย์บาทถ้วน'],
    [100, 'หนึ่งบาทถ้วน'],
    [1_100, 'สิบเอ็ดบาทถ้วน'],
    [2_100, 'ยี่สิบเอ็ดบาทถ้วน'],
    [10_100, 'หนึ่งร้อยเอ็ดบาทถ้วน'],
    [125_050, 'หนึ่งพันสองร้อยห้าสิบบาทห้าสิบสตางค์'],
    [25, 'ยี่สิบห้าสตางค์'],
    [100_000_100, 'หนึ่งล้านเอ็ดบาทถ้วน'],
    [1_100_000_000, 'สิบเอ็ดล้านบาทถ้วน'],
    [123_456_789_01, 'หนึ่งร้อยยี่สิบสามล้านสี่แสนห้าหมื่นหกพันเจ็ดร้อยแปดสิบเก้าบาทหนึ่งสตางค์'],
    [-100, 'ลบหนึ่งบาทถ้วน'],
  ])('%d satang', (satang, words) => {
    expect(bahtText(satang)).toBe(words)
  })

  it('go past a million millions', () => {
    expect(bahtText(100_000_000_000_000n)).toBe('หนึ่งล้านล้านบาทถ้วน')
  })

  it('refuse fractions of a satang', () => {
    expect(() => bahtText(1.5)).toThrow(RangeError)
  })

  it('differ for different amounts', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.bigInt(0n, 10n ** 15n), (a, b) => {
        expect(bahtText(a) === bahtText(b)).toBe(a === b)
      }),
    )
  })
})
