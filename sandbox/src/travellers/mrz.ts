const VALUE = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const WEIGHTS = [7, 3, 1] as const

/** The check digit over a field of a machine-readable zone (ICAO 9303-3 §4.9): weights 7, 3, 1; the filler counts 0. */
export function mrzCheckDigit(field: string): string {
  let sum = 0
  for (let at = 0; at < field.length; at++)
    sum += Math.max(0, VALUE.indexOf(field[at] ?? '')) * (WEIGHTS[at % 3] ?? 0)
  return String(sum % 10)
}

export interface PassportPage {
  /** ISO 3166-1 alpha-3, or a code of ICAO 9303-3 §5. */
  readonly issuingState: string
  readonly number: string
  readonly family: string
  readonly given: string | null
  readonly nationality: string
  /** ISO 8601, whole or without day or month. */
  readonly birthDate: string
  readonly sex: 'male' | 'female' | 'unspecified'
  readonly expiry: string
}

const SEX = { male: 'M', female: 'F', unspecified: '<' } as const

/** The two lines of a passport's machine-readable zone (TD3, ICAO 9303-4 §4.2). */
export function passportMrz(page: PassportPage): readonly [string, string] {
  const names = `${letters(page.family)}${page.given === null ? '' : `<<${letters(page.given)}`}`
  const first = `P<${state(page.issuingState)}${names.padEnd(39, '<').slice(0, 39)}`
  const number = withDigit(page.number.padEnd(9, '<'))
  const dates = [withDigit(sixDigits(page.birthDate)), withDigit(sixDigits(page.expiry))] as const
  const optional = `${'<'.repeat(14)}0`
  const composite = mrzCheckDigit(`${number}${dates[0]}${dates[1]}${optional}`)
  const second = `${number}${state(page.nationality)}${dates[0]}${SEX[page.sex]}${dates[1]}${optional}${composite}`
  return [first, second]
}

/** Germany alone has one letter (ICAO 9303-3 §5). */
function state(code: string): string {
  return (code === 'DEU' ? 'D' : code).padEnd(3, '<')
}

function withDigit(field: string): string {
  return field + mrzCheckDigit(field)
}

/** `740812`; what is not known is `<<` (ICAO 9303-3 §4.7). */
function sixDigits(date: string): string {
  const [year = '', month = '<<', dayOfMonth = '<<'] = date.split('-')
  return `${year.slice(2)}${month}${dayOfMonth}`
}

/** A name in letters and fillers: apostrophes go, hyphens and spaces are fillers, marks are dropped (ICAO 9303-3 §4.6). */
function letters(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\p{M}'’]/gu, '')
    .toUpperCase()
    .replace(/[^A-Z]+/g, '<')
}
