import type { Text } from '@sapan/kernel'

/** A day of birth as people write it, in three fields. Day, or day and month, may be empty or 0: not known. */
export interface WrittenDate {
  readonly day: string
  readonly month: string
  readonly year: string
}

export type DateFault =
  | 'year-missing'
  | 'not-a-number'
  | 'month-missing'
  | 'impossible'
  | 'future'
  | 'too-long-ago'

/** `dates`: ISO 8601 of the Gregorian calendar, whole or without day or month (`1941-07`); the likelier first. */
export type ReadDate = { readonly dates: readonly [string, ...string[]] } | { readonly fault: DateFault }

/** The Buddhist year is 543 ahead. Years of the two eras do not meet: nobody alive was born before 1880 (2423). */
const ERA = 543
const BUDDHIST_FROM = 2400
const EARLIEST = 1880
/** Until 2483 the Thai year began in April: January to March of the year 2480 were in 1938, not 1937. */
const APRIL_YEARS_UNTIL = 2483

/**
 * Reads a date of birth in either era, with Arabic or Thai digits. `today` is `2026-11-21`. A Buddhist year up to 2483 in
 * January to March can be meant by the old reckoning or the present one: then both are given.
 */
export function readBirthDate(written: WrittenDate, today: string): ReadDate {
  const [day, month, year] = [written.day, written.month, written.year].map(numberOf)
  if (day === undefined || month === undefined || year === undefined) return { fault: 'not-a-number' }
  if (year === 0) return { fault: 'year-missing' }
  if (month === 0 && day !== 0) return { fault: 'month-missing' }
  const christian = year >= BUDDHIST_FROM ? year - ERA : year
  if (christian > Number(today.slice(0, 4)))
    return { fault: year >= BUDDHIST_FROM || year < EARLIEST ? 'impossible' : 'future' }
  if (christian < EARLIEST) return { fault: 'too-long-ago' }
  const years = isOldReckoning(year, month) ? [christian, christian + 1] : [christian]
  const dates = years.map((one) => isoDate(one, month, day)).filter((date) => date !== undefined)
  const [first, ...more] = dates
  if (first === undefined) return { fault: 'impossible' }
  return first > today ? { fault: 'future' } : { dates: [first, ...more] }
}

function isOldReckoning(year: number, month: number): boolean {
  return year >= BUDDHIST_FROM && year <= APRIL_YEARS_UNTIL && month >= 1 && month <= 3
}

/** Empty is 0: not known. Undefined for what is no number. */
function numberOf(text: string): number | undefined {
  const digits = text.trim().replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
  if (digits === '' || digits === '-') return 0
  return /^\d{1,4}$/.test(digits) ? Number(digits) : undefined
}

/** `1941`, `1941-07` or `1941-07-12`; undefined for a date that the calendar has not. */
export function isoDate(year: number, month: number, day: number): string | undefined {
  const known = [
    String(year).padStart(4, '0'),
    ...(month === 0 ? [] : [two(month)]),
    ...(day === 0 ? [] : [two(day)]),
  ]
  const date = known.join('-')
  return isCalendarDate(date) ? date : undefined
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Whether a date of ISO 8601, whole or without day or month, is one of the Gregorian calendar. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text)) return false
  const whole = `${text}-01-01`.slice(0, 10)
  const time = Date.parse(`${whole}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(whole)
}

/** Today where the country is: `2026-11-21`. Bangkok has no summer time. */
export function todayIn(now: number): string {
  return new Date(now + 7 * 3_600_000).toISOString().slice(0, 10)
}

export const dateFaults: Readonly<Record<DateFault, Text>> = {
  'year-missing': { th: 'กรอกปีเกิด', en: 'Enter the year of birth' },
  'not-a-number': { th: 'กรอกวัน เดือน และปีเป็นตัวเลข', en: 'Enter day, month and year as numbers' },
  'month-missing': {
    th: 'กรอกเดือนเกิดด้วย ถ้าทราบวัน',
    en: 'Enter the month as well, if the day is known',
  },
  impossible: {
    th: 'ไม่มีวันที่นี้ในปฏิทิน ตรวจวัน เดือน และปี',
    en: 'The calendar has no such day. Check day, month and year',
  },
  future: { th: 'วันเกิดต้องไม่อยู่ในอนาคต', en: 'The date of birth must be in the past' },
  'too-long-ago': {
    th: 'ปีเกิดนานเกินไป กรอกปี พ.ศ. เช่น 2527 หรือ ค.ศ. เช่น 1984',
    en: 'The year is too long ago. Enter it as 1984, or as 2527 in the Buddhist era',
  },
}
