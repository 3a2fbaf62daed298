import { crc16 } from './crc.ts'
import { fields } from './fields.ts'

/** What a code for paying a bill says. */
export interface BillPayment {
  /** Fifteen digits: the biller's tax number and a suffix. */
  readonly biller: string
  /** Up to twenty capital letters and digits each. */
  readonly reference1: string
  readonly reference2: string
  /** Satang. */
  readonly amount: number
}

/** What fits into tag 54: 9,999,999,999.99 baht, in satang. */
export const mostSatang = 999_999_999_999

const ids = { transfer: 'A000000677010111', bill: 'A000000677010112' } as const
const baht = '764'

/**
 * A bill as a Thai QR code (EMVCo QRCPS-MPM 1.1; Thai QR Payment Standard of the Bank of Thailand: tag 30), to be paid
 * once. Throws `RangeError` for an amount or reference that a bank would not take.
 */
export function billPaymentCode({ biller, reference1, reference2, amount }: BillPayment): string {
  if (!/^\d{15}$/.test(biller)) throw new RangeError('a biller has 15 digits')
  for (const reference of [reference1, reference2]) {
    if (!/^[0-9A-Z]{1,20}$/.test(reference))
      throw new RangeError('a reference has 1 to 20 capitals and digits')
  }
  const bill = fields([
    ['00', ids.bill],
    ['01', biller],
    ['02', reference1],
    ['03', reference2],
  ])
  return code('30', bill, amount)
}

/** A transfer to whoever holds a national number, as a Thai QR code (tag 29). Throws `RangeError`. */
export function transferCode(to: { readonly nationalId: string; readonly amount: number }): string {
  if (!/^\d{13}$/.test(to.nationalId)) throw new RangeError('a national number has 13 digits')
  const transfer = fields([
    ['00', ids.transfer],
    ['02', to.nationalId],
  ])
  return code('29', transfer, to.amount)
}

function code(tag: '29' | '30', merchant: string, amount: number): string {
  const unsigned = fields([
    ['00', '01'],
    // For one payment: its amount is in it.
    ['01', '12'],
    [tag, merchant],
    ['53', baht],
    ['54', decimalBaht(amount)],
    ['58', 'TH'],
  ])
  return `${unsigned}6304${crc16(`${unsigned}6304`)}`
}

/** `1234.50` of 123,450 satang. Throws `RangeError` for what is no amount that can be paid. */
export function decimalBaht(satang: number): string {
  if (!Number.isSafeInteger(satang) || satang < 1 || satang > mostSatang) {
    throw new RangeError('an amount is 1 to 999,999,999,999 satang')
  }
  return `${Math.floor(satang / 100)}.${String(satang % 100).padStart(2, '0')}`
}
