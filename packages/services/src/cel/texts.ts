import { CelScalar, celFunc } from '@bufbuild/cel'
import { plainDay } from '@sapan/ui'

const { INT, STRING } = CelScalar

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

/** Functions that write amounts and days into texts of documents. */
export const textFunctions = [
  celFunc('baht', [INT], STRING, baht),
  celFunc('thaiDate', [STRING], STRING, thaiDate),
]
