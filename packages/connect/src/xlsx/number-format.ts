import { numberInFull } from '../number-in-full.ts'

/** What a number's format makes of it: a day or time, a number with zeros before it, or the number alone. */
export type NumberFormat =
  | { readonly kind: 'date' }
  | { readonly kind: 'digits'; readonly least: number }
  | undefined

const DAY_MS = 86_400_000
/** Formats that are days or times without saying so in letters (ECMA-376 part 1, 18.8.30), Thai ones among them. */
const DATES = [
  [14, 22],
  [27, 36],
  [45, 45],
  [47, 47],
  [50, 58],
  [71, 81],
] as const

/** The format of a style, by its number and, where the file itself describes it, its code. */
export function numberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined)
    return DATES.some(([first, last]) => id >= first && id <= last) ? { kind: 'date' } : undefined
  // Quotes and backslashes hold letters as they are; brackets a colour, a language, or hours beyond a day.
  const [positive = ''] = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '').split(';')
  if (/\[[hms]+\]/i.test(positive)) return undefined
  const bare = positive.replaceAll(/\[[^\]]*\]|general/gi, '')
  if (/[dmyhsbg]/i.test(bare)) return { kind: 'date' }
  return /^0{2,}$/.test(bare) ? { kind: 'digits', least: bare.length } : undefined
}

/**
 * A number of a sheet as text: days as `2019-05-01`, times as `10:30:00`, both as `2019-05-01T10:30:00`, and all other numbers in
 * full, never with an exponent. Undefined where it is no number, or no day that there is.
 */
export function numberText(raw: string, format: NumberFormat, since1904: boolean): string | undefined {
  const value = raw.trim() === '' ? Number.NaN : Number(raw)
  if (!Number.isFinite(value)) return undefined
  if (format?.kind === 'date') return dateText(value, since1904)
  const plain = /^-?(0|[1-9][0-9]*)$/.test(raw) ? raw : numberInFull(value)
  return format?.kind === 'digits' && /^\d+$/.test(plain) ? plain.padStart(format.least, '0') : plain
}

/** Spreadsheets count a 29 February 1900 that never was: days before March are one later than they would be. */
function dateText(serial: number, since1904: boolean): string | undefined {
  if (serial < 0 || serial >= 2_958_466) return undefined
  const seconds = Math.round(serial * 86_400)
  if (serial < 1) return new Date(seconds * 1000).toISOString().slice(11, 19)
  const days = since1904 ? 24_107 : serial < 60 ? 25_568 : 25_569
  const text = new Date(seconds * 1000 - days * DAY_MS).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
}
