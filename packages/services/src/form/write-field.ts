import type { JsonValue } from '@sapan/casework'
import { formatNationalId, type Language } from '@sapan/kernel'
import { dateParts } from '@sapan/ui'
import type { AddressAnswer, NameAnswer } from '../application/answers.ts'
import type { Field } from '../definition/form.ts'
import { amountOf } from './amounts.ts'

type Pair = readonly [name: string, value: string]

/** An answer as the field's inputs show it: what `readers` read back as the same. Nothing for what is no answer of the type. */
export function writeField(
  { id, type }: Pick<Field, 'id' | 'type'>,
  value: JsonValue | undefined,
  language: Language,
): readonly Pair[] {
  if (value === undefined || value === null) return []
  switch (type) {
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value) ? [[id, amountOf(value)]] : []
    case 'whole':
      return typeof value === 'number' ? [[id, value.toLocaleString('en-US', { useGrouping: true })]] : []
    case 'yes-no':
      return typeof value === 'boolean' ? [[id, value ? 'yes' : 'no']] : []
    case 'choices':
      return Array.isArray(value) && value.every(isCode) ? value.map((one): Pair => [id, String(one)]) : []
    case 'date':
    case 'month':
      return typeof value === 'string' ? dayPairs(id, type, value, language) : []
    case 'person-name':
      return isObject(value) ? namePairs(id, value) : []
    case 'address':
      return isObject(value) ? addressPairs(id, value) : []
    case 'file':
      return []
    case 'national-id':
    case 'juristic-id':
    case 'foreigner-number':
      return typeof value === 'string' ? [[id, /^\d{13}$/.test(value) ? formatNationalId(value) : value]] : []
    default:
      return typeof value === 'string' ? [[id, value]] : []
  }
}

/** What a list holds beside codes is no answer, and may not even have a text. */
function isCode(value: JsonValue): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

/** Whether a value is an object with members. */
export function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function dayPairs(id: string, type: 'date' | 'month', iso: string, language: Language): readonly Pair[] {
  if (!/^\d{4}-\d{2}(?:-\d{2})?$/.test(iso)) return []
  const { day, month, year } = dateParts(type === 'date' ? iso : `${iso}-01`, language)
  const pairs: Pair[] = [
    [`${id}-month`, month],
    [`${id}-year`, year],
  ]
  return type === 'date' ? [[`${id}-day`, day], ...pairs] : pairs
}

function namePairs(id: string, value: { readonly [key: string]: JsonValue }): readonly Pair[] {
  const { title, givenName, middleName, familyName } = value as Partial<NameAnswer>
  const parts = { title, given: givenName, middle: middleName, family: familyName }
  return pairsOf(id, parts)
}

function addressPairs(id: string, value: { readonly [key: string]: JsonValue }): readonly Pair[] {
  const { houseNumber, moo, village, lane, road, subdistrictCode, postalCode } =
    value as Partial<AddressAnswer>
  const parts = {
    house: houseNumber,
    moo,
    village,
    lane,
    road,
    subdistrict: subdistrictCode,
    postal: postalCode,
  }
  return pairsOf(id, parts)
}

function pairsOf(id: string, parts: Readonly<Record<string, JsonValue | undefined>>): readonly Pair[] {
  return Object.entries(parts).flatMap(([part, value]): Pair[] =>
    typeof value === 'string' ? [[`${id}-${part}`, value]] : [],
  )
}
