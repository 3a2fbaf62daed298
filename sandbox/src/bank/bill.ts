import { parse } from 'promptparse'

/** A bill as its code says it. */
export interface Bill {
  readonly biller: string
  readonly reference1: string
  readonly reference2: string
  /** Satang; absent where who pays chooses. */
  readonly amount?: number
  readonly currency: string
}

/** The AID of bills in tag 30 (Thai QR Payment Standard). */
const billId = 'A000000677010112'

/** Reads a code for paying a bill, by a reader that is not of the house that makes the codes. Undefined for what is none. */
export function readBill(code: string): Bill | undefined {
  const read = code.length > 500 ? null : parse(code.trim(), true)
  const [biller, reference1] = [read?.getTagValue('30', '01'), read?.getTagValue('30', '02')]
  if (read?.getTagValue('30', '00') !== billId || !biller || !reference1) return undefined
  const amount = satangOf(read.getTagValue('54') ?? '')
  return {
    biller,
    reference1,
    reference2: read.getTagValue('30', '03') ?? '',
    ...(amount !== undefined && { amount }),
    currency: read.getTagValue('53') === '764' ? 'THB' : 'XXX',
  }
}

/** `1,234.5` and `๑๒๓๔.๕๐` in satang; undefined for what is no amount from one satang to ten thousand million baht. */
export function satangOf(text: string): number | undefined {
  const plain = text
    .trim()
    .replaceAll(',', '')
    .replace(/[๐-๙]/g, (one) => String(one.charCodeAt(0) - 0x0e50))
  const [, baht, satang = ''] = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(plain) ?? []
  if (baht === undefined) return undefined
  const amount = Number(baht) * 100 + Number(satang.padEnd(2, '0'))
  return amount > 0 ? amount : undefined
}
