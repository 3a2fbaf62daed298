import type { Text } from '@sapan/kernel'

type Scalar =
  | 'any'
  | 'null'
  | 'yes-no'
  | 'text'
  | 'date'
  | 'month'
  | 'whole'
  | 'money'
  | 'decimal'
  | 'product'

/**
 * What a value of an expression is, as far as it is known before anything is filled in. `any` fits everywhere. Days and months
 * are texts of a form; amounts are whole satang; a `decimal` is a number with a fraction, which expressions cannot hold. An
 * amount times an amount (`product`) is on its way: it is to be divided by one, as in a share of a sum.
 */
export type ValueType =
  | { readonly kind: Scalar }
  /** One of these texts; of a text that is written in an expression, the only one. */
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: ValueType }
  | {
      readonly kind: 'object'
      /** All of its parts, where they are known. */
      readonly parts?: Readonly<Record<string, ValueType>>
      below(name: string): ValueType
    }

export type Kind = ValueType['kind']

const simple = <K extends Scalar>(kind: K): { readonly kind: K } => ({
  kind,
})

export const any = simple('any')
export const text = simple('text')
export const date = simple('date')
export const whole = simple('whole')
export const money = simple('money')
export const yesNo = simple('yes-no')

export function listOf(of: ValueType): ValueType {
  return { kind: 'list', of }
}

export function objectOfTypes(types: Readonly<Record<string, ValueType>>): ValueType {
  return {
    kind: 'object',
    parts: types,
    below: (name) => (Object.hasOwn(types, name) ? (types[name] ?? any) : any),
  }
}

const written: Readonly<Record<Kind, Text>> = {
  any: { th: 'ค่าใด ๆ', en: 'anything' },
  null: { th: 'ค่าว่าง', en: 'nothing (null)' },
  'yes-no': { th: 'ใช่หรือไม่', en: 'yes or no' },
  text: { th: 'ข้อความ', en: 'text' },
  date: { th: 'วันที่', en: 'a day' },
  month: { th: 'เดือน', en: 'a month' },
  whole: { th: 'จำนวนเต็ม', en: 'a whole number' },
  money: { th: 'จำนวนเงิน (สตางค์เต็ม)', en: 'an amount (whole satang)' },
  decimal: { th: 'เลขทศนิยม', en: 'a number with a fraction' },
  product: { th: 'จำนวนเงินคูณจำนวนเงิน', en: 'an amount times an amount' },
  choice: { th: 'ข้อความ', en: 'text' },
  list: { th: 'รายการ', en: 'a list' },
  object: { th: 'กลุ่มข้อมูล', en: 'several values together' },
}

/** What a type is called. */
export function nameOf({ kind }: ValueType): Text {
  return written[kind]
}

const numbers: readonly Kind[] = ['whole', 'money']
const texts: readonly Kind[] = ['text', 'date', 'month', 'choice']

export function isNumber({ kind }: ValueType): boolean {
  return kind === 'any' || numbers.includes(kind)
}

export function isText({ kind }: ValueType): boolean {
  return kind === 'any' || texts.includes(kind)
}

export function isYesNo({ kind }: ValueType): boolean {
  return kind === 'any' || kind === 'yes-no'
}

const day = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const month = /^\d{4}-(?:0[1-9]|1[0-2])$/

/** Whether two values can ever be the same. */
export function mayBeSame(one: ValueType, other: ValueType): boolean {
  if (one.kind === 'any' || other.kind === 'any') return true
  if (one.kind === 'null' || other.kind === 'null') return true
  // A fraction is never known in an expression.
  if (one.kind === 'decimal' || other.kind === 'decimal') return false
  if (one.kind === 'list' || other.kind === 'list')
    return one.kind === 'list' && other.kind === 'list' && mayBeSame(one.of, other.of)
  if (isText(one) && isText(other)) return mayBeSameText(one, other) && mayBeSameText(other, one)
  return one.kind === other.kind || (isNumber(one) && isNumber(other))
}

function mayBeSameText(one: ValueType, other: ValueType): boolean {
  if (one.kind !== 'choice') return true
  // Where nothing was chosen in some registers, the text is empty.
  const values = one.values.filter((value) => value !== '')
  if (values.length === 0) return true
  if (other.kind === 'date') return values.some((value) => day.test(value))
  if (other.kind === 'month') return values.some((value) => month.test(value))
  return (
    other.kind !== 'choice' ||
    values.some((value) => other.values.includes(value)) ||
    other.values.includes('')
  )
}

/** What can be either. */
export function either(one: ValueType, other: ValueType): ValueType {
  if (one.kind === 'null') return other
  if (other.kind === 'null') return one
  if (one.kind === 'list' && other.kind === 'list') return listOf(mostOf(one.of, other.of))
  if (one.kind === 'choice' && other.kind === 'choice')
    return { kind: 'choice', values: [...one.values, ...other.values] }
  if (one.kind === other.kind) return one.kind === 'object' ? any : one
  if (isNumber(one) && isNumber(other) && one.kind !== 'any' && other.kind !== 'any') return money
  if (isText(one) && isText(other) && one.kind !== 'any' && other.kind !== 'any') return text
  return any
}

/** Of entries: an empty list has some of anything. */
function mostOf(one: ValueType, other: ValueType): ValueType {
  if (one.kind === 'any') return other
  return other.kind === 'any' ? one : either(one, other)
}
