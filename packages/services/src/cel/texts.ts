import { type CelMap, CelScalar, celFunc, mapType } from '@bufbuild/cel'
import { jsonOf } from '@sapan/cel'
import { plainDay } from '@sapan/ui'
import { addressText } from '../application/address-text.ts'

const { DYN, INT, STRING } = CelScalar

/** Satang as baht, as documents write amounts: `1,234.50`. */
function baht(satang: bigint): string {
  const amount = satang < 0n ? -satang : satang
  const whole = (amount / 100n).toLocaleString('en-US')
  return `${satang < 0n ? '-' : ''}${whole}.${String(amount % 100n).padStart(2, '0')}`
}

/** A day as Thai documents write it: `22 พ.ย. 2569`. */
function thaiDate(day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError('no day')
  return plainDay(day, 'th')
}

/** An address as Thai documents write it: `9 ถนนราชดำเนิน แขวงดุสิต เขตดุสิต กรุงเทพมหานคร 10300`. */
function thaiAddress(address: CelMap): string {
  const value = jsonOf(address)
  const isAddress = typeof value === 'object' && value !== null && !Array.isArray(value)
  const text = isAddress && 'province' in value ? addressText({ ...value }, { language: 'th' }) : undefined
  if (text === undefined) throw new RangeError('no address')
  return text
}

/** Functions that write amounts, days and addresses into texts of documents. */
export const textFunctions = [
  celFunc('baht', [INT], STRING, baht),
  celFunc('thaiDate', [STRING], STRING, thaiDate),
  celFunc('thaiAddress', [mapType(STRING, DYN)], STRING, thaiAddress),
]
