import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNationalId, isNationalId, maskNationalId, nationalIdCheckDigit } from '../src/index.ts'

const first12 = fc.stringMatching(/^[0-9]{12}$/)
const number = first12.map((digits) => digits + nationalIdCheckDigit(digits))

describe('a national ID', () => {
  it('has the check digit of the published example', () => {
    expect(nationalIdCheckDigit('123456789012')).toBe(1)
    expect(isNationalId('1234567890121')).toBe(true)
  })

  it('is refused with any other check digit, whatever its first digit', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 9 }), (id, shift) => {
        expect(isNationalId(id)).toBe(true)
        const wrong = (Number(id[12]) + shift) % 10
        expect(isNationalId(id.slice(0, 12) + wrong)).toBe(false)
      }),
    )
  })

  it('is refused when one digit is mistyped, as far as its check can tell', () => {
    // The third digit has weight 11 and counts for nothing; remainders 0 and 10 both give the check digit 1.
    const position = fc.integer({ min: 0, max: 11 }).filter((at) => at !== 2)
    fc.assert(
      fc.property(number, position, fc.integer({ min: 1, max: 9 }), (id, at, shift) => {
        const mistyped = id.slice(0, at) + ((Number(id[at]) + shift) % 10) + id.slice(at + 1)
        if (isNationalId(mistyped)) expect(id[12]).toBe('1')
      }),
    )
  })

  it('is refused when it is anything but thirteen ASCII digits', () => {
    for (const text of [
      '',
      '123456789012',
      '12345678901211',
      ' 1234567890121',
      '1-2345-67890-12-1',
      '๑๒๓๔๕๖๗๘๙๐๑๒๑',
    ]) {
      expect(isNationalId(text)).toBe(false)
      expect(() => formatNationalId(text)).toThrow(RangeError)
    }
    expect(() => nationalIdCheckDigit('1')).toThrow(RangeError)
  })

  it('is printed in its groups, and loses nothing by it', () => {
    expect(formatNationalId('1234567890121')).toBe('1-2345-67890-12-1')
    fc.assert(
      fc.property(number, (id) => {
        expect(formatNationalId(id).replaceAll('-', '')).toBe(id)
      }),
    )
  })

  it('is shown masked, without its middle', () => {
    expect(maskNationalId('1234567890121')).toBe('1-2345-xxxxx-12-1')
    fc.assert(
      fc.property(number, (id) => {
        const masked = maskNationalId(id)
        expect(masked.replaceAll('-', '')).toBe(`${id.slice(0, 5)}xxxxx${id.slice(10)}`)
      }),
    )
  })

  it('shows nothing of a text that is no number', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!/^\d{13}$/.test(text)) expect(maskNationalId(text)).toBe('x-xxxx-xxxxx-xx-x')
      }),
    )
  })
})
