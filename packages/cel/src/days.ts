import { CelScalar, celFunc } from '@bufbuild/cel'

const { INT, STRING } = CelScalar
const DAY = 86_400_000
const BUDDHIST_ERA = 543n

/** A day as milliseconds since 1970 UTC. Throws for what is no day of the calendar (29 February of other years). */
function dayOf(text: string): number {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day))
  if (year === undefined || Number.isNaN(time) || textOf(time) !== text) throw new RangeError('no day')
  return time
}

function textOf(time: number): string {
  const text = new Date(time).toISOString()
  if (!/^\d{4}-/.test(text)) throw new RangeError('no year of four digits')
  return text.slice(0, 10)
}

/** The year of a day or of a month. */
function yearOf(text: string): bigint {
  return BigInt(dayText(text).slice(0, 4))
}

/** A day or a month as a day: `2026-02` is its first. */
function dayText(text: string): string {
  const day = /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text
  dayOf(day)
  return day
}

/** Full years. Somebody born on 29 February is a year older on 1 March where there is none. */
function age(birth: string, today: string): bigint {
  if (dayOf(birth) > dayOf(today)) throw new RangeError('not born yet')
  const years = yearOf(today) - yearOf(birth)
  return today.slice(5) < birth.slice(5) ? years - 1n : years
}

/** The same day so many months on, or the month's last where it has no such day. */
function addMonths(day: string, months: bigint): string {
  const from = new Date(dayOf(day))
  const month = from.getUTCFullYear() * 12 + from.getUTCMonth() + Number(months)
  const last = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate()
  return textOf(Date.UTC(Math.floor(month / 12), month % 12, Math.min(from.getUTCDate(), last)))
}

/** Months that have begun from a day to another: 0 on the day itself, 1 from the next day on, 2 from a month and a day on. */
function monthsBegun(from: string, to: string): bigint {
  if (dayOf(to) <= dayOf(from)) return 0n
  const months = (yearOf(to) - yearOf(from)) * 12n + BigInt(to.slice(5, 7)) - BigInt(from.slice(5, 7))
  return dayOf(to) > dayOf(addMonths(from, months)) ? months + 1n : months
}

/** Functions over days, which are texts (`2026-02-28`). What is no day makes them fail, so that nothing is known. */
export const dayFunctions = [
  celFunc('age', [STRING, STRING], INT, age),
  celFunc('daysBetween', [STRING, STRING], INT, (from, to) => BigInt((dayOf(to) - dayOf(from)) / DAY)),
  celFunc('addDays', [STRING, INT], STRING, (day, days) => textOf(dayOf(day) + Number(days) * DAY)),
  celFunc('addMonths', [STRING, INT], STRING, addMonths),
  celFunc('monthsBegun', [STRING, STRING], INT, monthsBegun),
  celFunc('yearOf', [STRING], INT, yearOf),
  celFunc('monthOf', [STRING], INT, (text) => BigInt(dayText(text).slice(5, 7))),
  celFunc('buddhistYear', [STRING], INT, (text) => yearOf(text) + BUDDHIST_ERA),
]
