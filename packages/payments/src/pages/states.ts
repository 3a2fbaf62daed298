import type { Language, Text } from '@sapan/kernel'
import { type TagKind, tag } from '@sapan/ui'
import type { ComponentChild } from 'preact'
import type { PaymentState, RefundState } from '../payments.ts'

export const stateNames: Readonly<Record<PaymentState, Text>> = {
  waiting: { th: 'รอชำระ', en: 'To be paid' },
  paid: { th: 'ชำระแล้ว', en: 'Paid' },
  'partly-paid': { th: 'ชำระบางส่วน', en: 'Paid in part' },
  overpaid: { th: 'ชำระเกิน', en: 'Paid too much' },
  late: { th: 'ชำระหลังกำหนด', en: 'Paid late' },
  lapsed: { th: 'เลยกำหนดชำระ', en: 'Not paid in time' },
  refunded: { th: 'คืนเงินแล้ว', en: 'Given back' },
  'called-off': { th: 'ไม่ต้องชำระแล้ว', en: 'No longer to be paid' },
}

const kinds: Readonly<Record<PaymentState, TagKind>> = {
  waiting: 'info',
  paid: 'success',
  'partly-paid': 'warning',
  overpaid: 'warning',
  late: 'warning',
  lapsed: 'danger',
  refunded: 'neutral',
  'called-off': 'neutral',
}

/** What each state means for who pays, and what comes next. */
export const stateMeanings: Readonly<Record<PaymentState, Text>> = {
  waiting: {
    th: 'เปิดแอปธนาคาร สแกน QR แล้วจ่าย หน้านี้จะบอกเมื่อธนาคารแจ้งว่าได้รับเงิน',
    en: 'Open your bank’s app, scan the code and pay. This page says so when the bank has told us of the money.',
  },
  paid: {
    th: 'ได้รับเงินครบแล้ว เรื่องของคุณดำเนินต่อโดยไม่ต้องทำอะไร',
    en: 'All of it has arrived. What it was for goes on; there is nothing to do.',
  },
  'partly-paid': {
    th: 'ได้รับเงินแล้วบางส่วน จ่ายส่วนที่เหลือด้วย QR ใหม่ในหน้านี้',
    en: 'Some of it has arrived. Pay the rest with the new code on this page.',
  },
  overpaid: {
    th: 'ได้รับเงินครบและเกิน เรื่องของคุณดำเนินต่อ เจ้าหน้าที่จะคืนส่วนที่เกินกลับไปยังบัญชีที่จ่ายมา',
    en: 'All of it has arrived, and more. What it was for goes on, and what is too much goes back to where it came from.',
  },
  late: {
    th: 'เงินมาถึงหลังกำหนด เจ้าหน้าที่จะรับไว้หรือคืนกลับไปยังบัญชีที่จ่ายมา ผลจะอยู่ในหน้านี้',
    en: 'The money came after its time. An officer accepts it or sends it back to where it came from; this page will say which.',
  },
  lapsed: {
    th: 'เลยกำหนดชำระแล้ว อย่าจ่ายด้วย QR เดิม หากยังต้องการดำเนินเรื่อง ให้ติดต่อหน่วยงานหรือยื่นใหม่',
    en: 'Its time is over. Do not pay with the old code. If you still want what it was for, ask the agency or apply anew.',
  },
  refunded: {
    th: 'เงินทั้งหมดถูกสั่งคืนแล้ว ธนาคารอาจใช้เวลาหนึ่งถึงสองวัน',
    en: 'All of it was ordered to go back. It may take the bank a day or two.',
  },
  'called-off': {
    th: 'ไม่ต้องชำระรายการนี้แล้ว อย่าจ่ายด้วย QR เดิม หากมียอดใหม่จะเป็นรายการใหม่',
    en: 'This no longer has to be paid. Do not pay with the old code. A new amount, if there is one, stands on its own.',
  },
}

export function stateMark(state: PaymentState, language: Language): ComponentChild {
  return tag(stateNames[state][language], kinds[state])
}

export const refundNames: Readonly<Record<RefundState, Text>> = {
  ordered: { th: 'สั่งแล้ว รอส่งธนาคาร', en: 'Ordered' },
  sent: { th: 'ธนาคารรับคำสั่งแล้ว', en: 'Taken by the bank' },
  done: { th: 'โอนแล้ว', en: 'Done' },
  failed: { th: 'โอนไม่สำเร็จ', en: 'Failed' },
}
