import type { JsonValue } from '@sapan/casework'
import { countryCode } from '@sapan/ui'
import type { Field, FieldType } from '../definition/form.ts'
import { isObject } from './paths.ts'

const isText = (value: JsonValue): boolean => typeof value === 'string' && value !== ''
const isWhole = (value: JsonValue): boolean => Number.isSafeInteger(value)
const matches = (pattern: RegExp) => (value: JsonValue) => typeof value === 'string' && pattern.test(value)
const hasTexts =
  (...names: string[]) =>
  (value: JsonValue) =>
    isObject(value) && names.every((name) => typeof value[name] === 'string')

const shapes: Readonly<Record<FieldType, (value: JsonValue) => boolean>> = {
  text: isText,
  longtext: isText,
  choice: isText,
  choices: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  'yes-no': (value) => typeof value === 'boolean',
  date: matches(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  month: matches(/^\d{4}-(0[1-9]|1[0-2])$/),
  money: isWhole,
  whole: isWhole,
  'national-id': matches(/^\d{13}$/),
  'juristic-id': matches(/^\d{13}$/),
  'foreigner-number': isText,
  passport: isText,
  phone: isText,
  email: isText,
  address: hasTexts('houseNumber', 'subdistrictCode', 'subdistrict', 'district', 'province', 'postalCode'),
  country: isText,
  file: () => false,
  'person-name': hasTexts('title', 'givenName', 'familyName'),
}

/**
 * What a register says as the answer to a field, as the form itself keeps it; undefined for what cannot be one (a birth of
 * which only the year is known): that is typed, as if the register did not know. Pure.
 */
export function fitting(
  field: Pick<Field, 'type' | 'options'>,
  said: JsonValue | undefined,
): JsonValue | undefined {
  if (said === undefined) return undefined
  const value = asKept(field.type, said)
  return fits(field, value) ? value : undefined
}

function asKept(type: FieldType, said: JsonValue): JsonValue {
  if (type === 'address' || type === 'person-name') return ofParts(said)
  // Some registers have the codes of two letters.
  return type === 'country' && typeof said === 'string' ? (countryCode(said) ?? '') : said
}

/** What not everybody has of an address or a name. */
const optional: ReadonlySet<string> = new Set(['moo', 'village', 'lane', 'road', 'middleName'])

/** Registers keep a village's number (moo) as a number, and `null` or an empty text where there is none. */
function ofParts(said: JsonValue): JsonValue {
  if (!isObject(said)) return said
  const parts = Object.entries(said).map(([name, part]): [string, JsonValue] => [
    name,
    typeof part === 'number' ? String(part) : part,
  ])
  return Object.fromEntries(
    parts.filter(([name, part]) => part !== null && (part !== '' || !optional.has(name))),
  )
}

function fits({ type, options }: Pick<Field, 'type' | 'options'>, value: JsonValue): boolean {
  if (!shapes[type](value)) return false
  if (options.length === 0) return true
  const known = new Set(options.map((option) => option.value))
  if (type === 'choice') return typeof value === 'string' && known.has(value)
  return type !== 'choices' || (Array.isArray(value) && value.every((one) => known.has(String(one))))
}
