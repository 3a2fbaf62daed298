import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bahtText, buddhistDate, thaiDigits } from '../../src/index.ts'
import { officialDigits } from '../../src/text/digits.ts'

describe('Thai digits', () => {
  it('stand for the Arabic ones, other characters stay', () => {
    expect(thaiDigits(2569)).toBe('๒๕๖๙')
    expect(thaiDigits('ที่ 0123/456789')).toBe('ที่ ๐๑๒๓/๔๕๖๗๘๙')
  })
})

describe('digits of official papers', () => {
  it('are Thai, but not in what is written in Latin letters', () => {
    expect(officialDigits('ที่ นร0106/ว12 ลงวันที่ 1/2/2569')).toBe('ที่ นร๐๑๐๖/ว๑๒ ลงวันที่ ๑/๒/๒๕๖๙')
    expect(officialDigits('COVID-19 (A4) x1@a.go.th')).toBe('COVID-19 (A4) x1@a.go.th')
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

describe('the years of the Buddhist calendar', () => {
  const day = (year: number, month: number, date: number) =>
    buddhistDate(Date.UTC(year, month - 1, date, 5), { digits: 'arabic' })

  it('began on 1 April until 2483, which had nine months', () => {
    expect(day(1940, 3, 31)).toBe('31 มีนาคม 2482')
    expect(day(1940, 4, 1)).toBe('1 เมษายน 2483')
    expect(day(1940, 12, 31)).toBe('31 ธันวาคม 2483')
    expect(day(1941, 1, 1)).toBe('1 มกราคม 2484')
    expect(day(1932, 6, 24)).toBe('24 มิถุนายน 2475')
    expect(day(1933, 2, 1)).toBe('1 กุมภาพันธ์ 2475')
  })

  it('are not given for days that the solar calendar does not know', () => {
    expect(day(1889, 4, 1)).toBe('1 เมษายน 2432')
    expect(day(9456, 12, 31)).toBe('31 ธันวาคม 9999')
    for (const at of [Date.UTC(1889, 2, 31, 5), Date.UTC(9457, 0, 1), Date.UTC(-1, 0), Number.NaN, Infinity])
      expect(() => buddhistDate(at)).toThrow(RangeError)
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
