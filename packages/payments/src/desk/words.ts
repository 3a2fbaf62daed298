import type { Language, Text } from '@sapan/kernel'
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

/** Why a bank could not send money, by its own word. */
const refundFaults: Readonly<Record<string, Text>> = {
  'no-promptpay': {
    th: 'ไม่มีบัญชีพร้อมเพย์ที่ผูกกับเลขประจำตัวประชาชนนี้',
    en: 'No PromptPay account is bound to this national number.',
  },
  'account-closed': { th: 'บัญชีปลายทางปิดแล้ว', en: 'The account is closed.' },
  unknown: { th: 'ธนาคารไม่ได้บอกเหตุ', en: 'The bank did not say why.' },
}

/** In words; a word of the bank's that nobody foresaw is quoted, as it helps whoever asks the bank. */
export function refundFault(why: string, language: Language): string {
  const said = Object.hasOwn(refundFaults, why) ? refundFaults[why] : undefined
  const quoted = { th: `ธนาคารแจ้งรหัส “${why}”`, en: `The bank gives the code “${why}”` }
  return (said ?? quoted)[language]
}

/** What an officer can do about a payment, a refund, or money without a payment. */
export const nextSteps = {
  late: {
    th: 'เงินครบแต่มาหลังกำหนด รับไว้แล้วเรื่องเดินต่อ หรือคืนเงิน ผู้จ่ายได้รับแจ้งแล้ว',
    en: 'All of it is there, after its time. Accept it and its matter goes on, or send it back. Who paid was told.',
  },
  overpaid: {
    th: 'เงินเกิน เรื่องเดินต่อแล้ว คืนส่วนที่เกิน ผู้จ่ายได้รับแจ้งแล้ว',
    en: 'Too much came, and its matter goes on. Send back what is too much. Who paid was told.',
  },
  'partly-paid': {
    th: 'เงินไม่ครบและพ้นกำหนดแล้ว คืนเงินที่รับไว้ ผู้จ่ายได้รับแจ้งแล้ว',
    en: 'It is not all there and its time is over. Send back what came. Who paid was told.',
  },
  owed: {
    th: 'หนี้ที่พ้นกำหนดชำระ ยังชำระด้วย QR เดิมในหน้าของผู้จ่ายได้ ผู้จ่ายได้รับแจ้งแล้ว ขั้นต่อไปเป็นไปตามกฎหมายที่เรียกเก็บ',
    en: 'A debt whose time is over. It can still be paid on the payer’s page, and they were told. What follows is what the law says by which it is called in.',
  },
  failed: {
    th: 'ธนาคารโอนไม่ได้ ผู้รับได้รับแจ้งให้ผูกพร้อมเพย์กับเลขประจำตัวแล้ว สั่งโอนใหม่เมื่อผูกแล้ว',
    en: 'The bank could not send it. The person was asked to bind PromptPay to their number: order it again then.',
  },
  stray: {
    th: 'หาเจ้าของจากเลขอ้างอิงไม่ได้ ตรวจกับธนาคาร แล้วคืนกลับต้นทางหรือบันทึกผลการตรวจ',
    en: 'Its reference names no payment. Look into it with the bank, then send it back or note what you found.',
  },
  contradicted: {
    th: 'ใช้ตามที่ธนาคารแจ้งครั้งแรก สอบถามธนาคาร แล้วบันทึกผลการตรวจ',
    en: 'What the bank said first stands. Ask the bank, then note what you found.',
  },
} as const satisfies Record<string, Text>

export const differenceSteps: Readonly<Record<DifferenceKind, Text>> = {
  'unknown-here': {
    th: 'ตรวจว่าเงินเข้าจริง แล้วบันทึกรับตามธนาคาร',
    en: 'See that the money is there, then count it as the bank says.',
  },
  'unknown-there': {
    th: 'สอบถามธนาคาร กระทบยอดซ้ำพรุ่งนี้ หากยังไม่มีให้บันทึกผลการตรวจ',
    en: 'Ask the bank. The day is compared again tomorrow; if it is still missing, note what you found.',
  },
  'amount-differs': { th: 'สอบถามธนาคารว่ายอดใดถูก', en: 'Ask the bank which amount is right.' },
  'reference-differs': { th: 'สอบถามธนาคารว่าเงินของรายการใด', en: 'Ask the bank for what the money was.' },
  'direction-differs': { th: 'สอบถามธนาคารทันที', en: 'Ask the bank at once.' },
  'repeated-there': { th: 'ให้ธนาคารแก้รายการเดินบัญชี', en: 'Have the bank mend its statement.' },
}

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
