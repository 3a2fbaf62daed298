import { isCalendarDate } from '../birth-date.ts'

/** Oldest age that is thought of; who is older than the year in two digits says gets the other century. */
const OLDEST = 120

/** Six digits of a zone with what is not known as `<<` (ICAO 9303-3 §4.7), in a century. */
function inCentury(century: number, six: string): string | undefined {
  const [, yy = '', mm = '', dd = ''] = /^(\d\d)(\d\d|<<)(\d\d|<<)$/.exec(six) ?? []
  if (yy === '' || (mm === '<<' && dd !== '<<')) return undefined
  const date = [`${century}${yy}`, ...(mm === '<<' ? [] : [mm]), ...(dd === '<<' ? [] : [dd])].join('-')
  return isCalendarDate(date) ? date : undefined
}

/**
 * The days of birth that six digits can mean, the likelier first: never in the future, and not more than 120 years ago. Who
 * is over a hundred shares the two digits with a child. Empty for what is no date: 29 February of a year that is no leap
 * year in one century may be one in the other.
 */
export function birthDatesOf(six: string, today: string): readonly string[] {
  const year = Number(today.slice(0, 4))
  return [20, 19]
    .map((century) => inCentury(century, six))
    .filter((date) => date !== undefined)
    .filter((date) => date <= today && year - Number(date.slice(0, 4)) <= OLDEST)
}

/** The last day of validity that six digits mean: the century that is nearer to today. Undefined for what is no whole date. */
export function expiryOf(six: string, today: string): string | undefined {
  const year = Number(today.slice(0, 4))
  const dates = [19, 20, 21].map((century) => inCentury(century, six)).filter((date) => date?.length === 10)
  const distance = (date: string) => Math.abs(Number(date.slice(0, 4)) - year)
  return dates.filter((date) => date !== undefined).sort((a, b) => distance(a) - distance(b))[0]
}
