import type { Text } from '@sapan/kernel'
import type { Outcome } from '../callback/outcome.ts'
import type { DifferenceKind } from '../reconcile/compare.ts'

export const words = {
  title: { th: 'การเงินและกระทบยอด', en: 'Payments and the bank' },
  day: { th: 'วันที่', en: 'Day' },
  dayHint: { th: 'ปี ค.ศ. เดือน วัน เช่น 2026-11-22', en: 'Year, month, day: 2026-11-22' },
  show: { th: 'แสดงวัน', en: 'Show the day' },
  compare: { th: 'กระทบยอดวันนี้กับธนาคาร', en: 'Compare this day with the bank' },
  sums: { th: 'ยอดของวัน', en: 'Sums of the day' },
  notYet: { th: 'ยังไม่ได้กระทบยอดวันนี้', en: 'This day was not compared yet' },
  notYetNext: {
    th: 'ระบบกระทบยอดเองทุกคืน หรือกดกระทบยอดเดี๋ยวนี้',
    en: 'It is done every night by itself, or now by the button above.',
  },
  comparedAt: { th: 'กระทบยอดเมื่อ', en: 'Compared' },
  flow: { th: 'เงิน', en: 'Money' },
  in: { th: 'เข้า', en: 'In' },
  out: { th: 'ออก', en: 'Out' },
  ours: { th: 'ของเรา', en: 'We know' },
  theirs: { th: 'ของธนาคาร', en: 'The bank says' },
  differs: { th: 'ต่างกัน', en: 'Difference' },
  differences: { th: 'รายการที่ไม่ตรงกัน', en: 'What differs' },
  noDifferences: { th: 'ไม่มีรายการที่ไม่ตรงกัน', en: 'Nothing differs' },
  transaction: { th: 'เลขรายการ', en: 'Transaction' },
  what: { th: 'อะไร', en: 'What' },
  amount: { th: 'จำนวนเงิน', en: 'Amount' },
  state: { th: 'สถานะ', en: 'State' },
  settle: { th: 'จัดการ', en: 'Settle' },
  settled: { th: 'จัดการแล้ว', en: 'Settled' },
  stray: { th: 'เงินที่ไม่เข้ากับรายการใด', en: 'Money that belongs to no payment' },
  payments: { th: 'รายการชำระที่ต้องตัดสินใจ', en: 'Payments to decide on' },
  refunds: { th: 'เงินที่กำลังโอนออก', en: 'Money on its way out' },
  refused: { th: 'ข้อความปลอมหรืออ่านไม่ได้ในวันนี้', en: 'Messages of the day that were refused' },
  count: { th: 'จำนวน', en: 'Number' },
  none: { th: 'ไม่มี', en: 'None' },
  why: { th: 'เหตุผล', en: 'Reason' },
  note: { th: 'บันทึกว่าตรวจแล้ว', en: 'Note as looked into' },
  book: { th: 'บันทึกรับเงินตามธนาคาร', en: 'Count it as the bank says' },
  return: { th: 'คืนเงินกลับต้นทาง', en: 'Send it back' },
  accept: { th: 'รับไว้เสมือนทันกำหนด', en: 'Accept as in time' },
  giveBack: { th: 'คืนเงินกลับต้นทาง', en: 'Send it back' },
  again: { th: 'สั่งโอนใหม่', en: 'Order it again' },
  done: { th: 'บันทึกแล้ว', en: 'Saved' },
  compared: { th: 'กระทบยอดแล้ว', en: 'The day was compared' },
  contradicted: { th: 'ธนาคารแจ้งสองอย่างไม่ตรงกัน', en: 'The bank says two things of it' },
} as const satisfies Record<string, Text>

export const differenceNames: Readonly<Record<DifferenceKind, Text>> = {
  'unknown-here': { th: 'ธนาคารมี แต่ไม่ได้แจ้งเรา', en: 'The bank has it, and did not tell us' },
  'unknown-there': { th: 'ธนาคารแจ้ง แต่ไม่มีในรายการเดินบัญชี', en: 'We were told, and the statement lacks it' },
  'amount-differs': { th: 'จำนวนเงินไม่ตรง', en: 'The amount differs' },
  'reference-differs': { th: 'เลขอ้างอิงไม่ตรง', en: 'The reference differs' },
  'direction-differs': { th: 'เงินเข้ากับออกสลับกัน', en: 'In and out are the other way round' },
  'repeated-there': { th: 'ซ้ำในรายการเดินบัญชี', en: 'The statement has it twice' },
}

export const outcomeNames: Readonly<Record<Outcome, Text>> = {
  credited: { th: 'บันทึกแล้ว', en: 'Counted' },
  'unknown-reference': { th: 'ไม่มีเลขอ้างอิงนี้', en: 'No such reference' },
  'wrong-payee': { th: 'จ่ายให้ผู้รับอื่น', en: 'Paid to somebody else' },
  'wrong-currency': { th: 'สกุลเงินไม่ใช่บาท', en: 'Not in baht' },
}
