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

/** A day of the Buddhist calendar in Asia/Bangkok. `milliseconds` count from 1970. */
export function buddhistDate(milliseconds: number, options: BuddhistDateOptions = {}): string {
  const local = new Date(milliseconds + BANGKOK)
  const day = local.getUTCDate()
  const month = local.getUTCMonth()
  const year = local.getUTCFullYear() + 543
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
