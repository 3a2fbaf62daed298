import { asciiDigits } from '../digits.ts'
import { answer, type Reader, type Reading, wrong } from '../reading.ts'
import { readWritten } from '../written.ts'

/** Digits of a number before its point: what is beyond is no amount of anybody's. */
const mostDigits = 13

/** `1,234.50 บาท`, `฿1 234.5`, `๑,๒๓๔`, `1,234.-`, `1,234 บาท 50 สตางค์`: as satang. */
export const readMoney: Reader = ({ id }, sent) => {
  const raw = readWritten(sent.one(id), { most: 100 })
  if (raw.kind !== 'text') return raw
  const bare = bareAmount(raw.text)
  const split = /^(.+?)บาท(\d{1,2})(?:สตางค์|สต\.?)$/.exec(bare)
  const whole = split?.[1] ?? bare
  const parts = numberParts(
    whole.replace(/(?:บาท(?:ถ้วน)?|บ\.|baht|thb|\.-|,-)$/i, '').replace(/^(?:฿|thb)/i, ''),
  )
  if (parts === undefined) return noAmount
  if (typeof parts === 'string') return faults[parts]
  const { digits, decimals } = parts
  if (split?.[2] !== undefined && decimals !== '') return noAmount
  const satang = split?.[2]?.padStart(2, '0') ?? decimals
  if (satang.length > 2 && /[1-9]/.test(satang.slice(2))) return tooFine
  if (digits.length > mostDigits) return tooLarge
  return answer(Number(digits) * 100 + Number(satang.slice(0, 2).padEnd(2, '0')))
}

/** A whole number, with or without the commas of thousands. */
export const readWhole: Reader = ({ id }, sent) => {
  const raw = readWritten(sent.one(id), { most: 100 })
  if (raw.kind !== 'text') return raw
  const parts = numberParts(bareAmount(raw.text))
  if (parts === undefined) return wrong('กรอกเป็นตัวเลขเท่านั้น เช่น 3', 'Enter digits only, such as 3.')
  if (typeof parts === 'string') return faults[parts]
  if (/[1-9]/.test(parts.decimals))
    return wrong('กรอกเป็นจำนวนเต็ม ไม่มีจุดทศนิยม', 'Enter a whole number, without a decimal point.')
  if (parts.digits.length > mostDigits) return tooLarge
  return answer(Number(parts.digits))
}

function bareAmount(text: string): string {
  return asciiDigits(text).replace(/[\s\u00a0\u202f]+/g, '')
}

interface NumberParts {
  readonly digits: string
  readonly decimals: string
}

/** Undefined where it is no number at all. */
function numberParts(text: string): NumberParts | keyof typeof faults | undefined {
  if (/^[-−–(]/.test(text) && /\d/.test(text)) return 'negative'
  const match = /^([\d,]*)(?:\.(\d*))?$/.exec(text)
  const grouped = match?.[1] ?? ''
  if (match === null || !/\d/.test(text) || text.length === 0) return undefined
  // `1,23` may be one and a quarter where commas are points.
  if (grouped.includes(',') && !/^\d{1,3}(?:,\d{3})+$/.test(grouped)) return 'commas'
  const digits = grouped.replaceAll(',', '').replace(/^0+(?=\d)/, '')
  return { digits: digits === '' ? '0' : digits, decimals: match[2] ?? '' }
}

const faults: Record<'negative' | 'commas', Reading> = {
  negative: wrong('กรอกเป็นศูนย์หรือมากกว่า ไม่ใส่เครื่องหมายลบ', 'Enter zero or more, without a minus sign.'),
  commas: wrong(
    'เครื่องหมายจุลภาคอยู่ผิดที่ ใช้คั่นหลักพัน เช่น 1,234.50 หรือไม่ใส่เลยก็ได้',
    'A comma is in the wrong place. Use commas between thousands, as in 1,234.50, or none at all.',
  ),
}
const noAmount = wrong('กรอกจำนวนเงินเป็นตัวเลข เช่น 1,234.50', 'Enter the amount in digits, such as 1,234.50.')
const tooFine = wrong('กรอกสตางค์ไม่เกิน 2 ตำแหน่ง เช่น 1,234.50', 'Enter at most two decimals, as in 1,234.50.')
const tooLarge = wrong(
  `ตัวเลขมากเกินไป กรอกได้ไม่เกิน ${mostDigits} หลัก ตรวจว่าพิมพ์เกินหรือไม่`,
  `The number is too large: it can have ${mostDigits} digits. See whether there are some too many.`,
)
