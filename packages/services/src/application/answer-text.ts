import type { JsonValue } from '@sapan/casework'
import { formatNationalId, type Language, type Text } from '@sapan/kernel'
import { plainCountry, plainDay } from '@sapan/ui'
import type { Field } from '../definition/form.ts'
import { amountOf } from '../form/amounts.ts'
import { isObject } from '../form/write-field.ts'
import { addressText, type PlaceNames, placeText } from './address-text.ts'
import type { FileAnswer } from './answers.ts'

/** How answers are read: in which language, and by which names of the country's places. */
export interface AnswerReader {
  readonly language: Language
  /** Names places in the language; without it an address has the names under which it was chosen. */
  readonly places?: PlaceNames
}

/** What stands where nothing was answered. */
export const noAnswer = '–'

const words = {
  yes: { th: 'ใช่', en: 'Yes' },
  no: { th: 'ไม่ใช่', en: 'No' },
  baht: { th: 'บาท', en: 'baht' },
} as const satisfies Record<string, Text>

/** An answer as people read it; undefined for none. Never throws for what is no answer of the type. */
export function answerText(
  { type, options, code }: Pick<Field, 'type' | 'options' | 'code'>,
  value: JsonValue | undefined,
  reader: AnswerReader,
): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (isText(value)) return value[reader.language]
  const chosen = (one: JsonValue) =>
    options.find((option) => option.value === one)?.text[reader.language] ?? plainText(one, reader)
  switch (type) {
    case 'choice':
      return chosen(value)
    case 'country':
      return options.length > 0 ? chosen(value) : plainCountry(plainText(value, reader), reader.language)
    case 'choices':
      return Array.isArray(value) ? value.map(chosen).join(', ') : plainText(value, reader)
    case 'national-id':
    case 'juristic-id':
    case 'foreigner-number':
      return /^\d{13}$/.test(String(value)) ? formatNationalId(String(value)) : plainText(value, reader)
    case 'person-name':
      return isObject(value) ? nameText(value) : plainText(value, reader)
    case 'address':
      return isObject(value) ? addressText(value, reader) : plainText(value, reader)
    case 'file':
      return isObject(value) ? String((value as Partial<FileAnswer>).name ?? noAnswer) : undefined
    case 'text':
      return code === 'subdistrict' ? placeText(String(value), reader) : plainText(value, reader)
    default:
      return calculatedText(type, value, reader)
  }
}

/** What was calculated, and what is said without a field of its own. */
export function calculatedText(type: string, value: JsonValue, reader: AnswerReader): string {
  const { language } = reader
  if (type === 'money' && typeof value === 'number') return moneyText(value, language)
  if (type === 'date' && typeof value === 'string') return dayText(value, language)
  if (type === 'month' && typeof value === 'string') return monthText(value, language)
  return plainText(value, reader)
}

/** `1,234.50 บาท`, of whole satang. */
export function moneyText(satang: number, language: Language): string {
  return `${amountOf(satang)} ${words.baht[language]}`
}

function plainText(value: JsonValue, reader: AnswerReader): string {
  if (typeof value === 'boolean') return words[value ? 'yes' : 'no'][reader.language]
  if (typeof value === 'number') return value.toLocaleString('en-US')
  if (Array.isArray(value)) return value.map((one) => plainText(one, reader)).join(', ')
  if (isText(value)) return value[reader.language]
  return typeof value === 'object' ? noAnswer : String(value)
}

/** Registers say names in both languages, whatever the definition shows them as. */
export function isText(value: JsonValue | undefined): value is { readonly th: string; readonly en: string } {
  return isObject(value) && typeof value.th === 'string' && typeof value.en === 'string'
}

function dayText(iso: string, language: Language): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? plainDay(iso, language) : iso
}

function monthText(month: string, language: Language): string {
  return /^\d{4}-\d{2}$/.test(month) ? plainDay(`${month}-01`, language).replace(/^1 /, '') : month
}

function nameText(value: { readonly [key: string]: JsonValue }): string | undefined {
  // Registers write `given` where a form has `givenName`.
  const said = (part: 'given' | 'middle' | 'family') => {
    const text = value[`${part}Name`] ?? value[part]
    return typeof text === 'string' ? text : ''
  }
  const title = typeof value.title === 'string' ? value.title : ''
  const [givenName, middleName, familyName] = [said('given'), said('middle'), said('family')]
  // A Thai title stands before the name without a space; others need one.
  const first = /^[\u0E00-\u0E7F.]+$/.test(title) ? `${title}${givenName}` : `${title} ${givenName}`
  return [first.trim(), middleName, familyName].filter((part) => part !== '').join(' ') || undefined
}
