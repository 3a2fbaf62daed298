import { sandboxTraveller } from '@sapan/sandbox'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit } from '../../src/proofing/passport/check-digit.ts'
import { birthDatesOf, expiryOf } from '../../src/proofing/passport/dates.ts'
import { readTravelDocument } from '../../src/proofing/passport/read-lines.ts'

const today = '2026-11-21'
const { mrz } = sandboxTraveller()
const [first, second] = mrz

/** A passport's second line with right check digits. */
function line2(parts: {
  number?: string
  state?: string
  birth?: string
  expiry?: string
  personal?: string
}): string {
  const { number = 'L898902C3', state = 'UTO', birth = '740812', expiry = '320415', personal = '' } = parts
  const digit = (part: string) => part + checkDigit(part)
  const numbered = digit(number.padEnd(9, '<'))
  const own = digit(personal.padEnd(14, '<'))
  const whole = `${numbered}${state}${digit(birth)}F${digit(expiry)}${own}`
  return whole + checkDigit(numbered + digit(birth) + digit(expiry) + own)
}
const SPECIMEN = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<'
const read = (...lines: string[]) => readTravelDocument(lines.join('\n'), today)
const codeOf = (...lines: string[]) => {
  try {
    return read(...lines)
  } catch (error) {
    const { code, extensions } = error as { code: string; extensions: { part?: string } }
    return extensions.part === undefined ? code : `${code} ${extensions.part}`
  }
}

describe('check digits', () => {
  it('are those of ICAO 9303-3, its own examples', () => {
    expect(checkDigit('520727')).toBe('3')
    expect(checkDigit('AB2134<<<')).toBe('5')
    expect(checkDigit('L898902C<')).toBe('3')
    expect(checkDigit('HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<0'.slice(0, 10))).toBe('8')
  })
})

describe('the lines of a travel document', () => {
  it('of a passport say who holds it', () => {
    const { issuingState, number, nationality, birthDate, expiry } = sandboxTraveller()
    expect(read(first, second)).toMatchObject({
      issuingState,
      number,
      nationality,
      birthDates: [birthDate],
      expiry,
    })
  })

  it('of the specimen of ICAO 9303-4, prolonged, give its names', () => {
    expect(read(SPECIMEN, line2({ personal: 'ZE184226B' }))).toMatchObject({
      issuingState: 'UTO',
      number: 'L898902C3',
      name: { family: 'ERIKSSON', given: 'ANNA MARIA' },
      birthDates: ['1974-08-12'],
      expiry: '2032-04-15',
    })
  })

  it('may be copied in small letters, with spaces, « and in one piece', () => {
    expect(
      read(first.toLowerCase().replaceAll('<<', '«'), ` ${second.slice(0, 20)} ${second.slice(20)}`),
    ).toEqual(read(first, second))
    expect(read(first + second)).toEqual(read(first, second))
  })

  it('of people with one name, and of passports without a day of birth, are read', () => {
    const one = sandboxTraveller('one-name')
    expect(read(...one.mrz).name.given).toBe('')
    const year = sandboxTraveller('birth-year-only')
    expect(read(...year.mrz).birthDates).toEqual([year.birthDate])
  })

  it('name Germany by one letter', () => {
    const german = 'P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<'
    expect(read(german, line2({ state: 'D<<' }))).toMatchObject({ issuingState: 'DEU', nationality: 'DEU' })
  })

  it('of cards are read as well: TD1 and TD2 of ICAO 9303', () => {
    const number = 'D23145890<'.slice(0, 9)
    const upper = `I<UTO${number}${checkDigit(number)}<<<<<<<<<<<<<<<`
    const expiry = `320415${checkDigit('320415')}`
    const dates = `7408122F${expiry}`
    const digit = checkDigit(upper.slice(5) + dates.slice(0, 7) + dates.slice(8) + '<'.repeat(11))
    const td1 = [upper, `${dates}UTO${'<'.repeat(11)}${digit}`, 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<']
    expect(read(...td1)).toMatchObject({
      number: 'D23145890',
      name: { family: 'ERIKSSON' },
      expiry: '2032-04-15',
    })
    const numbered = number + checkDigit(number)
    const over = `${numbered}7408122${expiry}${'<'.repeat(8)}`
    const td2 = [
      'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<',
      `${numbered}UTO7408122F${expiry}${'<'.repeat(7)}${checkDigit(over.slice(0, -1))}`,
    ]
    expect(read(...td2)).toMatchObject({ number: 'D23145890', nationality: 'UTO' })
  })

  it.each([
    ['number', 'L898902C4'],
    ['birth', '740813'],
    ['expiry', '320416'],
  ])('with a wrong digit name the part: %s', (part, wrong) => {
    const right = line2({})
    const at = { number: 0, birth: 13, expiry: 21 }[part] ?? 0
    const line = right.slice(0, at) + wrong + right.slice(at + wrong.length)
    expect(codeOf(SPECIMEN, line)).toBe(`passport-check-digit-wrong ${part}`)
  })

  it('with a wrong last digit, or a wrong personal number, name these', () => {
    const right = line2({ personal: 'ZE184226B' })
    expect(codeOf(SPECIMEN, right.slice(0, 43) + ((Number(right[43]) + 1) % 10))).toBe(
      'passport-check-digit-wrong composite',
    )
    expect(codeOf(SPECIMEN, right.replace('ZE184226B', 'ZE184226C'))).toBe(
      'passport-check-digit-wrong optional',
    )
  })

  it.each([
    ['birth', { birth: '740230' }],
    ['birth', { birth: '741301' }],
    ['birth', { birth: '74<<12' }],
    ['expiry', { expiry: '320431' }],
    ['expiry', { expiry: '3204<<' }],
  ])('with an impossible date of %s say so: %o', (part, parts) => {
    expect(codeOf(SPECIMEN, line2(parts))).toBe(`passport-date-impossible ${part}`)
  })

  it('past their expiry are no evidence', () => {
    expect(codeOf(SPECIMEN, line2({ expiry: '261120' }))).toBe('proofing-document-not-valid')
    expect(read(SPECIMEN, line2({ expiry: '261121' })).expiry).toBe('2026-11-21')
  })

  it.each([
    [[]],
    [['']],
    [[SPECIMEN]],
    [[SPECIMEN, line2({}).slice(1)]],
    [[SPECIMEN.slice(0, 43), line2({})]],
    [['P<123ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', line2({})]],
    [['<'.repeat(44), '<'.repeat(44)]],
  ])('that are no such lines are refused: %j', (lines) => {
    expect(String(codeOf(...lines))).toMatch(/passport-(lines-unreadable|check-digit-wrong|date-impossible)/)
  })

  it('end in a registered problem whatever is written, which repeats nothing of it', () => {
    const characters = fc.stringMatching(/^[A-Z0-9<]{44}$/)
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(characters, characters).map((pair) => pair.join('\n')),
        ),
        (text) => {
          try {
            readTravelDocument(text, today)
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(passport|proofing)-/) })
            const written = text.trim()
            if (written.length > 6) expect(String(error)).not.toContain(written)
          }
        },
      ),
    )
  })
})

describe('two digits of a year', () => {
  it('of a birth are never in the future; who is over a hundred shares them with a child', () => {
    expect(birthDatesOf('261121', today)).toEqual(['2026-11-21', '1926-11-21'])
    expect(birthDatesOf('261122', today)).toEqual(['1926-11-22'])
    expect(birthDatesOf('050101', today)).toEqual(['2005-01-01'])
    expect(birthDatesOf('740812', today)).toEqual(['1974-08-12'])
  })

  it('are tried in the century that has the day', () => {
    expect(birthDatesOf('000229', '2026-11-21')).toEqual(['2000-02-29'])
    expect(birthDatesOf('240229', today)).toEqual(['2024-02-29', '1924-02-29'])
  })

  it('of an expiry are those nearest to today', () => {
    expect(expiryOf('360101', today)).toBe('2036-01-01')
    expect(expiryOf('990101', today)).toBe('1999-01-01')
    expect(expiryOf('050101', '2098-01-01')).toBe('2105-01-01')
  })
})
