import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCalendarDate, readBirthDate } from '../../src/proofing/birth-date.ts'

const today = '2026-11-21'
const read = (text: string) => {
  const [day = '', month = '', year = ''] = text.split('/')
  return readBirthDate({ day, month, year }, today)
}

describe('a date of birth as people write it', () => {
  it.each([
    ['29/2/2527', ['1984-02-29']],
    ['29/02/1984', ['1984-02-29']],
    ['๒๙/๒/๒๕๒๗', ['1984-02-29']],
    [' 1 / 12 / 2500 ', ['1957-12-01']],
    ['21/11/2569', ['2026-11-21']],
    ['29/2/2000', ['2000-02-29']],
  ])('%s is %j, in either era', (written, dates) => {
    expect(read(written)).toEqual({ dates })
  })

  it.each([
    ['//2484', ['1941']],
    ['0/0/2484', ['1941']],
    ['-/-/1941', ['1941']],
    ['/7/2484', ['1941-07']],
  ])('%s has no day, or neither day nor month: %j', (written, dates) => {
    expect(read(written)).toEqual({ dates })
  })

  it('by the old Thai year, which began in April, can be a year later', () => {
    expect(read('15/2/2480')).toEqual({ dates: ['1937-02-15', '1938-02-15'] })
    expect(read('15/4/2480')).toEqual({ dates: ['1937-04-15'] })
    expect(read('15/2/2484')).toEqual({ dates: ['1941-02-15'] })
    expect(read('15/2/1937')).toEqual({ dates: ['1937-02-15'] })
    // 1940 had a 29 February, 1939 had none: only one reckoning has the day.
    expect(read('29/2/2482')).toEqual({ dates: ['1940-02-29'] })
  })

  it.each([
    ['29/2/2526', 'impossible'],
    ['29/2/1900', 'impossible'],
    ['31/4/2530', 'impossible'],
    ['1/13/2530', 'impossible'],
    ['22/11/2569', 'future'],
    ['1/1/2027', 'future'],
    ['1/1/2570', 'impossible'],
    ['1/1/2300', 'future'],
    ['1/1/1879', 'too-long-ago'],
    ['1/1/27', 'too-long-ago'],
    ['1/1/', 'year-missing'],
    ['5//2530', 'month-missing'],
    ['1/ม.ค./2530', 'not-a-number'],
    ['1e1/1/2530', 'not-a-number'],
    ['1/1/25300', 'not-a-number'],
    ['-1/1/2530', 'not-a-number'],
  ])('%s is refused as %s', (written, fault) => {
    expect(read(written)).toEqual({ fault })
  })

  it('reads every day of the calendar the same in both eras', () => {
    const days = fc.date({ min: new Date('1942-01-01'), max: new Date('2026-11-20'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (day) => {
        const iso = day.toISOString().slice(0, 10)
        const [year = '', month = '', date = ''] = iso.split('-')
        expect(read(`${date}/${month}/${year}`)).toEqual({ dates: [iso] })
        expect(read(`${date}/${month}/${Number(year) + 543}`)).toEqual({ dates: [iso] })
      }),
    )
  })

  it('gives only dates of the calendar, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (day, month, year) => {
        const answer = readBirthDate({ day, month, year }, today)
        if ('dates' in answer) for (const date of answer.dates) expect(isCalendarDate(date)).toBe(true)
      }),
    )
  })
})
