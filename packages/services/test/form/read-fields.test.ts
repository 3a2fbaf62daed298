import { isNationalId, nationalIdCheckDigit } from '@sapan/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field, FieldType } from '../../src/definition/form.ts'
import { readers } from '../../src/form/read/readers.ts'
import { type Reading, SentFields } from '../../src/form/reading.ts'
import { writeField } from '../../src/form/write-field.ts'
import { context, field } from './made.ts'

function read(type: FieldType, sent: Record<string, string> | string, over: Partial<Field> = {}): Reading {
  const form = new URLSearchParams(typeof sent === 'string' ? { it: sent } : prefixed(sent))
  return readers[type](field(type, over), new SentFields(form), context)
}

function prefixed(parts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).map(([part, value]) => [`it-${part}`, value]))
}

/** The answer, or what is said in English. */
function outcome(reading: Reading): unknown {
  if (reading.kind === 'answer') return reading.value
  return reading.kind === 'wrong' ? reading.text.en : undefined
}

describe('an amount of money', () => {
  it.each([
    ['1,234.50', 123_450],
    ['1234.5', 123_450],
    ['1,234.50 บาท', 123_450],
    ['๑,๒๓๔.๕๐ บาท', 123_450],
    ['฿1 234', 123_400],
    ['1,234.-', 123_400],
    ['500 บาทถ้วน', 50_000],
    ['1,234 บาท 50 สตางค์', 123_450],
    ['12 บาท 5 สตางค์', 1_205],
    ['THB 20', 2_000],
    ['0', 0],
    ['.5', 50],
    ['000123', 12_300],
    ['１２３', 12_300],
    ['10.500', 1_050],
    ['9999999999999.99', 999_999_999_999_999],
  ])('%s is %i satang', (typed, satang) => {
    expect(outcome(read('money', typed))).toBe(satang)
  })

  it.each([
    ['-5', /without a minus/],
    ['(500)', /without a minus/],
    ['1,23', /comma/],
    ['12,34,567', /comma/],
    ['1.234', /two decimals/],
    ['1e5', /digits/],
    ['สองพัน', /digits/],
    ['0x10', /digits/],
    ['1.2.3', /digits/],
    ['NaN', /digits/],
    ['99999999999999', /too large/],
  ])('%s is not, and why is said', (typed, why) => {
    expect(outcome(read('money', typed))).toMatch(why)
  })

  it('is read as it was shown, to the satang', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (satang) => {
        const [pair] = writeField(field('money'), satang, 'th')
        expect(outcome(read('money', pair?.[1] ?? ''))).toBe(satang)
      }),
    )
  })
})

describe('a day', () => {
  const day = (day: string, month: string, year: string) => outcome(read('date', { day, month, year }))

  it.each([
    ['28', '2', '2569', '2026-02-28'],
    ['28', '2', '2026', '2026-02-28'],
    ['๒๙', '๒', '๒๕๖๗', '2024-02-29'],
    ['1', 'ก.พ.', '2569', '2026-02-01'],
    ['1', 'กุมภาพันธ์', 'พ.ศ. 2569', '2026-02-01'],
    ['1', 'Feb', 'ค.ศ. 2026', '2026-02-01'],
    ['31', '12', '2399', /neither/],
    ['29', '2', '2566', /29 February 2023 \(B\.E\. 2566\): it was not a leap year/],
    ['29', '2', '2643', /29 February 2100/],
    ['31', '4', '2566', /April has 30 days/],
    ['0', '1', '2566', /from 1 to 31/],
    ['32', '1', '2566', /from 1 to 31/],
    ['1', '13', '2566', /from 1 to 12/],
    ['1', '1', '69', /2569 instead of 69/],
    ['1', '1', '1483', /For 2026 \(B\.E\. 2569\), enter 2026/],
    ['1', '1', '3112', /For 2026 \(B\.E\. 2569\), enter 2569|For 2026/],
    ['1', '1', 'ค.ศ. 2569', /2569 is a Buddhist year/],
    ['1', '1', 'พ.ศ. 2026', /Enter 2569, or 2026 alone/],
    ['1', '1', '-2566', /four digits/],
    ['', '1', '2566', /day is missing/],
    ['1', '', '2566', /month is missing/],
    ['1', '1', '', /year is missing/],
    ['1', '1', '2_66', /four digits/],
  ])('%s %s %s is %s', (d, m, y, expected) => {
    const found = day(d, m, y)
    if (typeof expected === 'string') expect(found).toBe(expected)
    else expect(found).toMatch(expected)
  })

  it('of any year from 1800 to 2200 is read as it was shown, in both eras', () => {
    const days = fc.date({ min: new Date('1860-01-01'), max: new Date('2200-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, fc.constantFrom('th' as const, 'en' as const), (date, language) => {
        const iso = date.toISOString().slice(0, 10)
        const form = new URLSearchParams(writeField(field('date'), iso, language) as [string, string][])
        expect(outcome(readers.date(field('date'), new SentFields(form), { ...context, language }))).toBe(iso)
      }),
    )
  })

  it('left empty is empty, a month too', () => {
    expect(read('date', { day: ' ', month: '', year: '' })).toEqual({ kind: 'empty' })
    expect(outcome(read('month', { month: '๒', year: '2569' }))).toBe('2026-02')
  })
})

describe('numbers of people and companies', () => {
  it.each([
    ['national-id', '1-1017-00207-03-0', '1101700207030'],
    ['national-id', '๑๑๐๑๗๐๐๒๐๗๐๓๐', '1101700207030'],
    ['national-id', '1101700207031', /check digit/],
    ['national-id', '1101700270030', /check digit/],
    ['national-id', '110170020703', /there are 12/],
    ['national-id', '0105561234567', /company/],
    ['national-id', '11017002O7030', /13 digits/],
    ['juristic-id', '1101700207030', /a person’s/],
    ['passport', 'aa 1234567', 'AA1234567'],
    ['passport', 'AA-12', /5 to 20/],
    ['passport', 'ก1234567', /letters A to Z/],
  ] as const)('%s %s', (type, typed, expected) => {
    const found = outcome(read(type, typed))
    if (typeof expected === 'string') expect(found).toBe(expected)
    else expect(found).toMatch(expected)
  })

  it('a number with any one digit changed is refused', () => {
    const numbers = fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.stringMatching(/^\d{11}$/))
      .map(([first, rest]) => `${first}${rest}${nationalIdCheckDigit(`${first}${rest}`)}`)
    fc.assert(
      fc.property(numbers, fc.nat(12), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const digit = (Number(number[at]) + by) % 10
        const changed = `${number.slice(0, at)}${digit}${number.slice(at + 1)}`
        expect(outcome(read('national-id', number))).toBe(number)
        // Modulo 11 with ten digits lets two remainders meet in one digit.
        if (!isNationalId(changed)) expect(read('national-id', changed).kind).toBe('wrong')
      }),
    )
  })
})

describe('phones and mail', () => {
  it.each([
    ['phone', '081-234-5678', '0812345678'],
    ['phone', '+66 81 234 5678', '0812345678'],
    ['phone', '0066 81 234 5678', '0812345678'],
    ['phone', '02 123 4567', '021234567'],
    ['phone', '๐๘๑๒๓๔๕๖๗๘', '0812345678'],
    ['phone', '+65 9123 4567', '+6591234567'],
    ['phone', '081234567', /too few or too many/],
    ['phone', '191 please', /in digits/],
    ['email', 'Mali@Example.COM', 'Mali@example.com'],
    ['email', 'มะลิ@ตัวอย่าง.ไทย', 'มะลิ@ตัวอย่าง.ไทย'],
    ['email', 'mali.example.com', /an @/],
    ['email', 'a@b', /not a whole/],
    ['email', 'a..b@example.com', /not a whole/],
    ['email', 'a@example.com, b@example.com', /not a whole/],
    ['email', 'a@example.com\r\nBcc: x@example.com', /not a whole/],
  ] as const)('%s %s', (type, typed, expected) => {
    const found = outcome(read(type, typed))
    if (typeof expected === 'string') expect(found).toBe(expected)
    else expect(found).toMatch(expected)
  })
})

describe('names, choices and addresses', () => {
  const name = { title: 'นาง', given: 'มะลิ', family: 'ใจดี' }

  it('a name has its parts, and says which is wrong', () => {
    expect(outcome(read('person-name', { ...name, middle: ' ' }))).toEqual({
      title: 'นาง',
      givenName: 'มะลิ',
      familyName: 'ใจดี',
    })
    expect(outcome(read('person-name', { ...name, family: '-' }))).toMatchObject({ familyName: '-' })
    expect(read('person-name', { ...name, family: '' })).toMatchObject({ part: '-family' })
    expect(read('person-name', { ...name, given: 'R2D2' })).toMatchObject({ part: '-given' })
    expect(read('person-name', { ...name, given: '<script>' })).toMatchObject({ part: '-given' })
    expect(outcome(read('person-name', { ...name, given: 'Anne-Marie', family: "O'Brien" }))).toMatchObject({
      familyName: "O'Brien",
    })
  })

  it('only what is offered can be chosen', () => {
    const options = ['a', 'b', 'c'].map((value) => ({ value, text: { th: value, en: value } }))
    expect(outcome(read('choice', 'b', { options }))).toBe('b')
    for (const foreign of ['d', '__proto__', 'constructor', 'toString', 'A'])
      expect(outcome(read('choice', foreign, { options }))).toMatch(/options that are shown/)
    const form = new URLSearchParams([
      ['it', 'c'],
      ['it', 'a'],
      ['it', 'a'],
    ])
    expect(outcome(readers.choices(field('choices', { options }), new SentFields(form), context))).toEqual([
      'a',
      'c',
    ])
    expect(outcome(read('yes-no', 'no'))).toBe(false)
    expect(outcome(read('yes-no', 'true'))).toMatch(/options/)
    expect(outcome(read('country', 'LAO'))).toBe('LAO')
    expect(outcome(read('country', 'XXX'))).toMatch(/options/)
  })

  it('an address keeps the names of its place as they are now', () => {
    const address = { house: '99/1', moo: 'หมู่ 5', road: 'สุขใจ', subdistrict: '๑๐๐๒๐๓', postal: '10303' }
    expect(outcome(read('address', address))).toEqual({
      houseNumber: '99/1',
      moo: '5',
      road: 'สุขใจ',
      subdistrictCode: '100203',
      subdistrict: 'สวนจิตรลดา',
      district: 'ดุสิต',
      province: 'กรุงเทพมหานคร',
      postalCode: '10303',
    })
    expect(outcome(read('address', { ...address, postal: '99999' }))).toMatchObject({ postalCode: '10300' })
    expect(read('address', { ...address, subdistrict: '999999' })).toMatchObject({ part: '-place' })
    expect(read('address', { ...address, subdistrict: '' })).toMatchObject({ part: '-place' })
    expect(read('address', { ...address, house: '' })).toMatchObject({ kind: 'wrong', part: '' })
    expect(read('address', { house: '', road: ' ' })).toEqual({ kind: 'empty' })
  })
})

describe('hostile text', () => {
  it.each([
    ['turned round', 'ชื่อ\u202Efdp.exe', /turn the text round/],
    ['isolated', 'a\u2067b\u2069', /turn the text round/],
    ['control characters', 'a\u0007b', /cannot be seen/],
    ['an escape sequence', '\u001b[31mred', /cannot be seen/],
    ['half a pair', 'a\ud800b', /cannot be seen/],
    ['hidden tags', `a\u{e0041}b`, /cannot be seen/],
    ['what was unreadable', 'a\ufffdb', /cannot be seen/],
    ['heaped marks', `ก${'\u0e49'.repeat(30)}`, /too many marks/],
    ['a megabyte', 'ก'.repeat(1_000_000), /at most 500/],
  ])('%s is refused with its reason', (_what, typed, why) => {
    expect(outcome(read('text', typed))).toMatch(why)
  })

  it('what copying brings along is taken away, and lines become one', () => {
    expect(outcome(read('text', ' บ้าน\u200bสวน\ufeff\u00ad \r\n ริมน้ำ '))).toBe(
      'บ้านสวน   ริมน้ำ'.replace('   ', '   '),
    )
    expect(outcome(read('longtext', 'หนึ่ง\r\nสอง'))).toBe('หนึ่ง\nสอง')
  })

  it('every type answers anything with an answer, nothing, or words in both languages', () => {
    const parts = [
      '',
      '-day',
      '-month',
      '-year',
      '-title',
      '-given',
      '-family',
      '-house',
      '-moo',
      '-subdistrict',
    ]
    const types = Object.keys(readers) as FieldType[]
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.array(fc.tuple(fc.constantFrom(...parts), fc.string({ unit: 'binary' })), { maxLength: 6 }),
        (type, pairs) => {
          const form = new URLSearchParams(pairs.map(([part, value]) => [`it${part}`, value]))
          const reading = readers[type](field(type), new SentFields(form), context)
          if (reading.kind !== 'wrong') return
          expect(reading.text.th).not.toBe('')
          expect(reading.text.en).not.toBe('')
        },
      ),
      { numRuns: 500 },
    )
  })
})
