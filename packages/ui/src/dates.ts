import type { Language } from '@sapan/kernel'

const zone = 'Asia/Bangkok'
const calendars = { th: 'th-TH-u-ca-buddhist-nu-latn', en: 'en-GB' } as const

/** To make one takes longer than all else that a page does with a date. */
const dayFormats = { [zone]: dayFormatsOf(zone), UTC: dayFormatsOf('UTC') } as const
const clockFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })

function dayFormatsOf(timeZone: string): Readonly<Record<Language, Intl.DateTimeFormat>> {
  const formatOf = (language: Language) =>
    new Intl.DateTimeFormat(calendars[language], {
      timeZone,
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    })
  return { th: formatOf('th'), en: formatOf('en') }
}

/** `21 พ.ย. 2569 เวลา 10:32 น.`, `21 Nov 2026, 10:32`: a time as pages have it, in Thailand's time. `ms` since 1970. */
export function plainTime(ms: number, language: Language): string {
  const time = clockFormat.format(ms)
  return language === 'th' ? `${plainDate(ms, 'th')} เวลา ${time} น.` : `${plainDate(ms, 'en')}, ${time}`
}

/** `21 พ.ย. 2569`, `21 Nov 2026`. `ms` since 1970. */
export function plainDate(ms: number, language: Language): string {
  return dayIn(zone, ms, language)
}

/** The same of a date without a time: `2026-11-21`. */
export function plainDay(iso: string, language: Language): string {
  return dayIn('UTC', Date.parse(`${iso}T00:00:00Z`), language)
}

function dayIn(timeZone: keyof typeof dayFormats, ms: number, language: Language): string {
  const parts = dayFormats[timeZone][language].formatToParts(ms)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('day')} ${part('month')} ${part('year')}`
}

/** What a date field was sent with. */
export type SentDate =
  | { readonly kind: 'date'; readonly iso: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'impossible' }

/**
 * Reads `dateField`. A year from 2400 on is of the Buddhist era whatever the page's language: nobody's date lies there
 * in the other. A day that no calendar has is `impossible`. Thai digits are digits.
 */
export function readDate(form: URLSearchParams, name: string): SentDate {
  const { day, month, year } = sentDateParts(form, name)
  if (day === '' && month === '' && year === '') return { kind: 'empty' }
  if (![day, month].every((part) => /^\d{1,2}$/.test(part)) || !/^\d{4}$/.test(year))
    return { kind: 'impossible' }
  const common = Number(year) >= 2400 ? Number(year) - 543 : Number(year)
  const iso = `${String(common).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
  return exists ? { kind: 'date', iso } : { kind: 'impossible' }
}

/** The three parts as they were sent, for the field to show again. */
export function sentDateParts(
  form: URLSearchParams,
  name: string,
): { day: string; month: string; year: string } {
  const part = (key: string): string =>
    (form.get(`${name}-${key}`) ?? '')
      .trim()
      .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - '๐'.charCodeAt(0)))
  return { day: part('day'), month: part('month'), year: part('year') }
}

/** The three parts of a date that is known, for the field to show. */
export function dateParts(iso: string, language: Language): { day: string; month: string; year: string } {
  const [year = '', month = '', day = ''] = iso.split('-')
  const shown = language === 'th' ? String(Number(year) + 543) : year
  return { day: String(Number(day)), month: String(Number(month)), year: shown }
}
