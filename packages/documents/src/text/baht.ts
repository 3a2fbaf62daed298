const DIGITS = ['', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า', 'หก', 'เจ็ด', 'แปด', 'เก้า']
const PLACES = ['', 'สิบ', 'ร้อย', 'พัน', 'หมื่น', 'แสน']
const MILLION = 1_000_000n

/**
 * An amount in words (จำนวนเงินเป็นตัวอักษร), as cheques and receipts have it: `bahtText(125050)` is
 * `หนึ่งพันสองร้อยห้าสิบบาทห้าสิบสตางค์`. Takes satang as a whole number; throws RangeError for anything else.
 */
export function bahtText(satang: number | bigint): string {
  if (typeof satang === 'number' && !Number.isSafeInteger(satang))
    throw new RangeError('an amount is a whole number of satang')
  const amount = BigInt(satang)
  if (amount < 0n) return `ลบ${bahtText(-amount)}`
  const baht = amount / 100n
  const rest = amount % 100n
  if (baht === 0n && rest > 0n) return `${thaiNumber(rest)}สตางค์`
  return `${thaiNumber(baht)}บาท${rest === 0n ? 'ถ้วน' : `${thaiNumber(rest)}สตางค์`}`
}

/** A whole number in Thai words. */
export function thaiNumber(value: bigint): string {
  if (value === 0n) return 'ศูนย์'
  if (value < MILLION) return belowMillion(Number(value), false)
  const rest = Number(value % MILLION)
  return `${thaiNumber(value / MILLION)}ล้าน${rest === 0 ? '' : belowMillion(rest, true)}`
}

/** `follows`: larger places stand before it, so that a lone one is เอ็ด. */
function belowMillion(value: number, follows: boolean): string {
  const digits = [...String(value)].map(Number)
  return digits
    .map((digit, index) => {
      const place = digits.length - 1 - index
      if (digit === 0) return ''
      if (place === 0 && digit === 1 && (digits.length > 1 || follows)) return 'เอ็ด'
      if (place === 1 && digit === 1) return 'สิบ'
      if (place === 1 && digit === 2) return 'ยี่สิบ'
      return `${DIGITS[digit]}${PLACES[place]}`
    })
    .join('')
}
