import fc from 'fast-check'
import { checksum, parse, validate } from 'promptparse'
import { describe, expect, it } from 'vitest'
import { crc16 } from '../src/emv/crc.ts'
import { billPaymentCode, decimalBaht, mostSatang, transferCode } from '../src/emv/promptpay.ts'

const letters = (most: number) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
    minLength: 1,
    maxLength: most,
  })
const digits = (n: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: n, maxLength: n })
const satang = fc.integer({ min: 1, max: mostSatang })

describe('the checksum of a code', () => {
  it.each([
    ['', 'FFFF'],
    ['A', 'B915'],
    ['123456789', '29B1'],
    // A code that banks' manuals print.
    ['00020101021129370016A000000677010111011300668999999995802TH53037646304', 'FE29'],
  ])('of %j is %s', (text, sum) => {
    expect(crc16(text)).toBe(sum)
  })

  it('is what another author’s gives, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(crc16(text)).toBe(checksum(text))
      }),
    )
  })
})

describe('a code for paying a bill', () => {
  it('is read by another author’s reader as it was meant', () => {
    fc.assert(
      fc.property(digits(15), letters(20), letters(20), satang, (biller, reference1, reference2, amount) => {
        const code = billPaymentCode({ biller, reference1, reference2, amount })
        expect(validate.billPayment(code)).toMatchObject({
          billerId: biller,
          ref1: reference1,
          ref2: reference2,
        })
        const read = parse(code, true)
        expect(read?.getTagValue('54')).toBe(decimalBaht(amount))
        expect(read?.getTagValue('53')).toBe('764')
        expect(read?.getTagValue('01')).toBe('12')
      }),
    )
  })

  it('is not read any more where one letter of it was altered', () => {
    const code = billPaymentCode({
      biller: '099400015951301',
      reference1: 'A1',
      reference2: '0',
      amount: 100,
    })
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom(...'0123456789ABCDEF'), (at, letter) => {
        fc.pre(code[at] !== letter)
        expect(parse(code.slice(0, at) + letter + code.slice(at + 1), true)).toBeNull()
      }),
    )
  })

  it.each([
    { biller: '12345678901234' },
    { reference1: '' },
    { reference1: 'a1' },
    { reference1: 'A'.repeat(21) },
    { reference2: 'A 1' },
    { amount: 0 },
    { amount: -1 },
    { amount: 1.5 },
    { amount: Number.NaN },
    { amount: mostSatang + 1 },
  ])('is not made of %j', (over) => {
    const good = { biller: '099400015951301', reference1: 'A1', reference2: '0', amount: 100 }
    expect(() => billPaymentCode({ ...good, ...over })).toThrow(RangeError)
  })
})

describe('a code for a transfer to a person', () => {
  it('is read by another author’s reader as it was meant', () => {
    fc.assert(
      fc.property(digits(13), satang, (nationalId, amount) => {
        const code = transferCode({ nationalId, amount })
        expect(validate.anyId(code)).toMatchObject({ type: 'NATID', target: nationalId })
        expect(parse(code, true)?.getTagValue('54')).toBe(decimalBaht(amount))
      }),
    )
  })
})
