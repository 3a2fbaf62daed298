import type { OfficersCountry } from './country.ts'

type Days = Pick<OfficersCountry, 'utcOffsetMinutes' | 'buddhistYears'>

const dayMs = 86_400_000
/** From here on a year is of the country's own era. */
const firstOwnYear = 2400

/**
 * The moment at which a day begins, of `2026-09-30`, `30/9/2026` or `30-9-2569`, in Arabic or Thai digits; undefined for
 * what is no day.
 */
export function dayStart(text: string, { utcOffsetMinutes, buddhistYears }: Days): number | undefined {
  const plain = text.trim().replaceAll(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
  const [, y1, m1, d1] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain) ?? []
  const [, d2, m2, y2] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(plain) ?? []
  const [year, month, day] = [y1 ?? y2, m1 ?? m2, d1 ?? d2].map(Number)
  if (year === undefined || month === undefined || day === undefined || Number.isNaN(year)) return undefined
  const common = year >= firstOwnYear ? year - buddhistYears : year
  const start = Date.UTC(common, month - 1, day)
  const read = new Date(start)
  const isDay = read.getUTCMonth() === month - 1 && read.getUTCDate() === day
  const isNear = common >= 1900 && common < 2200
  return isDay && isNear ? start - utcOffsetMinutes * 60_000 : undefined
}

/** The first moment after a day. */
export function dayEnd(text: string, days: Days): number | undefined {
  const start = dayStart(text, days)
  return start === undefined ? undefined : start + dayMs
}

/** The beginning of the day in which the moment lies. */
export function startOfDay(at: number, { utcOffsetMinutes }: Days): number {
  const offset = utcOffsetMinutes * 60_000
  return Math.floor((at + offset) / dayMs) * dayMs - offset
}

/** The day in which a moment lies, ISO 8601. */
export function dayOf(at: number, { utcOffsetMinutes }: Days): string {
  return new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(0, 10)
}

/** The last day of what ends at that moment. */
export function lastDayOf(till: number, days: Days): string {
  return dayOf(till - 1, days)
}
