import type { Country } from './reading.ts'

/** What Unicode names though it is no country's code (ISO 3166-1 user-assigned and exceptionally reserved). */
const others = new Set([
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'IC',
  'QO',
  'TA',
  'UN',
  'XA',
  'XB',
  'XK',
  'ZZ',
])
/** Withdrawn ones that still have names. */
const withdrawn = new Set([
  'AN',
  'BU',
  'CS',
  'DD',
  'DY',
  'FX',
  'HV',
  'NH',
  'RH',
  'SU',
  'TP',
  'UK',
  'VD',
  'YD',
  'YU',
  'ZR',
])

let listed: readonly Country[] | undefined

/** Countries by their codes (ISO 3166-1 alpha-2) with the names that Unicode CLDR gives them, in the order of codes. */
export function isoCountries(): readonly Country[] {
  listed ??= [...codes()]
  return listed
}

function* codes(): Iterable<Country> {
  const [th, en] = ['th', 'en'].map(
    (language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }),
  )
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const code of letters.flatMap((first) => letters.map((second) => `${first}${second}`))) {
    if (others.has(code) || withdrawn.has(code)) continue
    const name = { th: th?.of(code), en: en?.of(code) }
    if (name.th !== undefined && name.en !== undefined) yield { code, name: { th: name.th, en: name.en } }
  }
}
