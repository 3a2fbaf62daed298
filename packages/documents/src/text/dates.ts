import { type DigitStyle, formatDigits } from './digits.ts'

const MONTHS = [
  'มกราคม',
  'กุมภาพันธ์',
  'มีนาคม',
  'เมษายน',
  'พฤษภาคม',
  'มิถุนายน',
  'กรกฎาคม',
  'สิงหาคม',
  'กันยายน',
  'ตุลาคม',
  'พฤศจิกายน',
  'ธันวาคม',
]

const SHORT_MONTHS = [
  'ม.ค.',
  'ก.พ.',
  'มี.ค.',
  'เม.ย.',
  'พ.ค.',
  'มิ.ย.',
  'ก.ค.',
  'ส.ค.',
  'ก.ย.',
  'ต.ค.',
  'พ.ย.',
  'ธ.ค.',
]

export interface BuddhistDateOptions {
  /**
   * `long`: `๒๒ พฤศจิกายน ๒๕๖๙`, as letters have it. `full`: `วันที่ ๒๒ เดือน พฤศจิกายน พ.ศ. ๒๕๖๙`, as certificates do.
   * `era`: `๒๒ พฤศจิกายน พ.ศ. ๒๕๖๙`, as orders and announcements. `short`: `๒๒ พ.ย. ๖๙`. `long` by default.
   */
  readonly form?: 'long' | 'full' | 'era' | 'short'
  /** Thai by default. */
  readonly digits?: DigitStyle
  /** Adds the time of day: `เวลา ๑๓.๓๐ น.` */
  readonly time?: boolean
}

/** Thailand has had one offset since 1920, and no summer time. */
const BANGKOK = 7 * 3_600_000

/** A moment whose fields in UTC are those of the clock in Thailand. `milliseconds` count from 1970. */
export function thaiClock(milliseconds: number): Date {
  return new Date(milliseconds + BANGKOK)
}

/** 1 April 1889, when the solar year began; days before it are of the lunar calendar. The last is of the year 9999. */
const FIRST_DAY = Date.UTC(1889, 3, 1)
const LAST_DAY = Date.UTC(9457, 0, 1) - 1

/** Until 2483 the year began on 1 April: its last three months were those of the next year of the Common Era. */
const LAST_APRIL_YEAR = 1940

/**
 * A day of the Buddhist calendar in Asia/Bangkok. `milliseconds` count from 1970. Throws RangeError where the calendar
 * does not know it: before 1 April 1889, after the year 9999.
 */
export function buddhistDate(milliseconds: number, options: BuddhistDateOptions = {}): string {
  const local = thaiClock(milliseconds)
  if (!(local.getTime() >= FIRST_DAY && local.getTime() <= LAST_DAY))
    throw new RangeError('the day is not of the solar Buddhist calendar')
  const day = local.getUTCDate()
  const month = local.getUTCMonth()
  const year = buddhistYear(local.getUTCFullYear(), month)
  const date = {
    long: `${day} ${MONTHS[month]} ${year}`,
    full: `วันที่ ${day} เดือน ${MONTHS[month]} พ.ศ. ${year}`,
    era: `${day} ${MONTHS[month]} พ.ศ. ${year}`,
    short: `${day} ${SHORT_MONTHS[month]} ${String(year % 100).padStart(2, '0')}`,
  }[options.form ?? 'long']
  const two = (value: number) => String(value).padStart(2, '0')
  const time = options.time ? ` เวลา ${two(local.getUTCHours())}.${two(local.getUTCMinutes())} น.` : ''
  return formatDigits(date + time, options.digits ?? 'thai')
}

function buddhistYear(commonEra: number, month: number): number {
  return commonEra + (commonEra <= LAST_APRIL_YEAR && month < 3 ? 542 : 543)
}
