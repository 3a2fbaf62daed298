import type { JsonValue } from '@sapan/casework'
import { formatNationalId, type Language } from '@sapan/kernel'
import { plainDay } from '@sapan/ui'
import type { AddressAnswer, FileAnswer, NameAnswer } from '../application/answers.ts'
import type { Calculated, Field } from '../definition/form.ts'
import { amountOf } from '../form/amounts.ts'
import { isObject } from '../form/write-field.ts'

const words = {
  yes: { th: 'ใช่', en: 'Yes' },
  no: { th: 'ไม่ใช่', en: 'No' },
  baht: { th: 'บาท', en: 'baht' },
  bangkok: '10',
} as const

/** An answer as people read it, on one line or, of long texts, as it was written. */
export function shownAnswer(
  { type, options }: Pick<Field, 'type' | 'options'>,
  value: JsonValue | undefined,
  language: Language,
): string {
  if (value === undefined || value === null) return '–'
  switch (type) {
    case 'choice':
    case 'country':
      return optionText(options, value, language)
    case 'choices':
      return Array.isArray(value)
        ? value.map((one) => optionText(options, one, language)).join(', ')
        : String(value)
    case 'address':
      return isObject(value) ? addressLine(value as Partial<AddressAnswer>, language) : '–'
    case 'person-name':
      return isObject(value) ? nameLine(value as Partial<NameAnswer>) : '–'
    case 'file':
      return isObject(value) ? String((value as Partial<FileAnswer>).name ?? '–') : '–'
    case 'national-id':
    case 'juristic-id':
    case 'foreigner-number':
      return /^\d{13}$/.test(String(value)) ? formatNationalId(String(value)) : String(value)
    default:
      return shownValue(type, value, language)
  }
}

/** What was calculated, and what answers without a field of their own say. */
export function shownValue(
  type: Field['type'] | Calculated['type'],
  value: JsonValue,
  language: Language,
): string {
  if (type === 'money' && typeof value === 'number') return `${amountOf(value)} ${words.baht[language]}`
  if (typeof value === 'boolean') return value ? words.yes[language] : words.no[language]
  if (typeof value === 'number') return value.toLocaleString('en-US')
  if (type === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return plainDay(value, language)
  if (type === 'month' && typeof value === 'string' && /^\d{4}-\d{2}$/.test(value))
    return plainDay(`${value}-01`, language).replace(/^1 /, '')
  if (Array.isArray(value)) return value.map((one) => shownValue('text', one, language)).join(', ')
  return typeof value === 'object' ? '–' : String(value)
}

function optionText(options: Field['options'], value: JsonValue, language: Language): string {
  return options.find((option) => option.value === value)?.text[language] ?? String(value)
}

function nameLine({ title, givenName, middleName, familyName }: Partial<NameAnswer>): string {
  return [title, givenName, middleName, familyName].filter(Boolean).join(' ') || '–'
}

function addressLine(address: Partial<AddressAnswer>, language: Language): string {
  const { houseNumber, moo, village, lane, road, subdistrict, district, province, postalCode } = address
  const isBangkok = address.subdistrictCode?.startsWith(words.bangkok) === true
  const [sub, dis] = isBangkok ? ['แขวง', 'เขต'] : ['ตำบล', 'อำเภอ']
  const parts =
    language === 'th'
      ? [
          houseNumber,
          moo && `หมู่ ${moo}`,
          village,
          lane && `ซอย${lane}`,
          road && `ถนน${road}`,
          subdistrict && `${sub}${subdistrict}`,
          district && `${dis}${district}`,
          province,
          postalCode,
        ]
      : [
          houseNumber,
          moo && `Moo ${moo}`,
          village,
          lane && `Soi ${lane}`,
          road && `${road} Road`,
          subdistrict,
          district,
          province,
          postalCode,
        ]
  return parts.filter(Boolean).join(' ') || '–'
}
