import type { JsonValue } from '@sapan/casework'
import { formatNationalId, type Language, type Text } from '@sapan/kernel'
import { plainDay } from '@sapan/ui'
import type { Field } from '../definition/form.ts'
import { amountOf } from '../form/amounts.ts'
import { isObject } from '../form/write-field.ts'
import type { AddressAnswer, FileAnswer } from './answers.ts'

const words = {
  yes: { th: 'ใช่', en: 'Yes' },
  no: { th: 'ไม่ใช่', en: 'No' },
  baht: { th: 'บาท', en: 'baht' },
  moo: { th: 'หมู่ที่', en: 'Moo' },
  lane: { th: 'ซอย', en: 'Soi' },
  road: { th: 'ถนน', en: 'Road' },
} as const satisfies Record<string, Text>

/** An answer as people read it; undefined for none. Never throws for what is no answer of the type. */
export function answerText(
  { type, options }: Pick<Field, 'type' | 'options'>,
  value: JsonValue | undefined,
  language: Language,
): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const chosen = (one: JsonValue) => options.find((option) => option.value === one)?.text[language]
  switch (type) {
    case 'money':
      return typeof value === 'number' ? moneyText(value, language) : undefined
    case 'whole':
      return typeof value === 'number' ? value.toLocaleString('en-US') : undefined
    case 'yes-no':
      return typeof value === 'boolean' ? words[value ? 'yes' : 'no'][language] : undefined
    case 'choice':
    case 'country':
      return chosen(value) ?? String(value)
    case 'choices':
      return Array.isArray(value) ? value.map((one) => chosen(one) ?? String(one)).join(', ') : undefined
    case 'date':
      return typeof value === 'string' ? dayText(value, language) : undefined
    case 'month':
      return typeof value === 'string' ? monthText(value, language) : undefined
    case 'national-id':
    case 'juristic-id':
    case 'foreigner-number':
      return typeof value === 'string' && /^\d{13}$/.test(value) ? formatNationalId(value) : String(value)
    case 'person-name':
      return isObject(value) ? nameText(value) : undefined
    case 'address':
      return isObject(value) ? addressText(value, language) : undefined
    case 'file':
      return isObject(value) ? String((value as Partial<FileAnswer>).name ?? '') : undefined
    default:
      return typeof value === 'string' ? value : undefined
  }
}

/** `1,234.50 บาท`, of whole satang. */
export function moneyText(satang: number, language: Language): string {
  return `${amountOf(satang)} ${words.baht[language]}`
}

function dayText(iso: string, language: Language): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? plainDay(iso, language) : iso
}

function monthText(month: string, language: Language): string {
  return dayText(`${month}-01`, language).replace(/^\d+ /, '')
}

function nameText(value: { readonly [key: string]: JsonValue }): string {
  // Registers write `given` where a form has `givenName`.
  const said = (part: 'given' | 'middle' | 'family') => {
    const text = value[`${part}Name`] ?? value[part]
    return typeof text === 'string' ? text : ''
  }
  const title = typeof value.title === 'string' ? value.title : ''
  const [givenName, middleName, familyName] = [said('given'), said('middle'), said('family')]
  // A Thai title stands before the name without a space; others need one.
  const first = /^[\u0E00-\u0E7F.]+$/.test(title) ? `${title}${givenName}` : `${title} ${givenName}`
  return [first.trim(), middleName, familyName].filter((part) => part !== '').join(' ')
}

function addressText(value: { readonly [key: string]: JsonValue }, language: Language): string {
  const address = value as Partial<AddressAnswer>
  const { houseNumber, village, subdistrict, district, province, postalCode } = address
  const named = (name: 'moo' | 'lane' | 'road') =>
    address[name] === undefined ? undefined : `${words[name][language]} ${address[name]}`
  return [
    houseNumber,
    named('moo'),
    village,
    named('lane'),
    named('road'),
    subdistrict,
    district,
    province,
    postalCode,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
}
