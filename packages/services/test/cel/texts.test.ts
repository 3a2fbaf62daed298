import { describe, expect, it } from 'vitest'
import { compile } from '../../src/cel/compile.ts'

const value = (source: string) => {
  const outcome = compile(source, { roots: ['today'] }).evaluate({ today: '2026-11-22' })
  return outcome.known ? outcome.value : undefined
}

describe('amounts and days in texts of documents', () => {
  it('writes satang as baht, exactly', () => {
    expect(value('baht(123450)')).toBe('1,234.50')
    expect(value('baht(0)')).toBe('0.00')
    expect(value('baht(-5)')).toBe('-0.05')
    expect(value('baht(123456789012345)')).toBe('1,234,567,890,123.45')
  })

  it('writes a day of the Buddhist era, and knows nothing of what is no day', () => {
    expect(value('thaiDate(today)')).toBe('22 พ.ย. 2569')
    expect(value("thaiDate('soon')")).toBeUndefined()
  })

  it('writes an address with the words of its divisions: those of Bangkok are others', () => {
    const address = (code: string, province: string) =>
      `{'houseNumber': '9', 'road': 'ราชดำเนิน', 'subdistrictCode': '${code}', 'subdistrict': 'ดุสิต', 'district': 'ดุสิต', 'province': '${province}', 'postalCode': '10300'}`
    expect(value(`thaiAddress(${address('100201', 'กรุงเทพมหานคร')})`)).toBe(
      '9 ถนนราชดำเนิน แขวงดุสิต เขตดุสิต กรุงเทพมหานคร 10300',
    )
    expect(value(`thaiAddress(${address('500101', 'เชียงใหม่')})`)).toBe(
      '9 ถนนราชดำเนิน ตำบลดุสิต อำเภอดุสิต จังหวัดเชียงใหม่ 10300',
    )
    expect(value("thaiAddress({'a': 1})")).toBeUndefined()
  })
})
