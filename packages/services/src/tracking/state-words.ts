import type { CaseAction, CaseState } from '@sapan/casework'
import type { Text } from '@sapan/kernel'
import type { TagKind } from '@sapan/ui'

/** What a state means to the person: its name, who acts next, and whether that is they themselves. */
export interface StateWords {
  readonly name: Text
  readonly next: Text
  readonly kind: TagKind
}

export const stateWords: Readonly<Record<CaseState, StateWords>> = {
  'awaiting-payment': {
    name: { th: 'รอคุณชำระเงิน', en: 'Waiting for your payment' },
    next: {
      th: 'คุณต้องชำระเงินก่อน เวลาพิจารณาเริ่มนับเมื่อได้รับเงิน',
      en: 'You have to pay first. The time for the decision runs from then.',
    },
    kind: 'warning',
  },
  'awaiting-consent': {
    name: { th: 'รอความยินยอมของผู้อื่น', en: 'Waiting for somebody’s consent' },
    next: {
      th: 'เราถามผู้ที่ต้องยินยอมแล้ว คุณไม่ต้องทำอะไร',
      en: 'We have asked whoever must agree. You do not need to do anything.',
    },
    kind: 'info',
  },
  'in-review': {
    name: { th: 'เจ้าหน้าที่กำลังตรวจ', en: 'An officer is looking at it' },
    next: {
      th: 'หน่วยงานต้องทำต่อ คุณไม่ต้องทำอะไร',
      en: 'It is the agency’s turn. You do not need to do anything.',
    },
    kind: 'info',
  },
  'awaiting-information': {
    name: { th: 'รอคำตอบของคุณ', en: 'Waiting for your answer' },
    next: {
      th: 'เจ้าหน้าที่ขอข้อมูลเพิ่ม เวลาพิจารณาหยุดนับจนกว่าคุณจะตอบ',
      en: 'An officer needs to know more. The clock stops until you answer.',
    },
    kind: 'warning',
  },
  'awaiting-endorsement': {
    name: { th: 'รอหัวหน้าตรวจความเห็น', en: 'Waiting to be endorsed' },
    next: {
      th: 'หน่วยงานต้องทำต่อ คุณไม่ต้องทำอะไร',
      en: 'It is the agency’s turn. You do not need to do anything.',
    },
    kind: 'info',
  },
  'awaiting-decision': {
    name: { th: 'รอพิจารณา', en: 'Waiting to be decided' },
    next: { th: 'หน่วยงานต้องพิจารณา คุณไม่ต้องทำอะไร', en: 'The agency decides. You do not need to do anything.' },
    kind: 'info',
  },
  'awaiting-signature': {
    name: { th: 'รอลงนาม', en: 'Waiting to be signed' },
    next: {
      th: 'พิจารณาแล้ว รอผู้มีอำนาจลงนาม คุณไม่ต้องทำอะไร',
      en: 'It is decided and waiting for a signature. You do not need to do anything.',
    },
    kind: 'info',
  },
  'carrying-out': {
    name: { th: 'กำลังแจ้งทะเบียนและออกเอกสาร', en: 'Being carried out' },
    next: {
      th: 'ระบบกำลังดำเนินการตามผล คุณไม่ต้องทำอะไร หากทะเบียนปิดอยู่ เราทำต่อเองเมื่อเปิด',
      en: 'Registers are being told and documents made. You do not need to do anything. If a register is down, we go on when it is back.',
    },
    kind: 'info',
  },
  completed: {
    name: { th: 'เสร็จแล้ว', en: 'Finished' },
    next: { th: 'ดูผลด้านล่าง', en: 'See the decision below.' },
    kind: 'success',
  },
  appealed: {
    name: { th: 'กำลังพิจารณาอุทธรณ์', en: 'Your appeal is being looked at' },
    next: {
      th: 'เจ้าหน้าที่ที่ไม่ได้ตัดสินครั้งแรกกำลังพิจารณา คุณไม่ต้องทำอะไร',
      en: 'Somebody other than the first officer is deciding it. You do not need to do anything.',
    },
    kind: 'info',
  },
  withdrawn: {
    name: { th: 'ถอนแล้ว', en: 'Withdrawn' },
    next: { th: 'คุณถอนเรื่องนี้แล้ว ยื่นใหม่ได้', en: 'You withdrew it. You can apply again.' },
    kind: 'neutral',
  },
  lapsed: {
    name: { th: 'ยุติโดยไม่มีผลพิจารณา', en: 'Closed without a decision' },
    next: {
      th: 'สิ่งที่รอไม่มาภายในเวลา หรือผู้ที่ต้องยินยอมไม่ยินยอม คุณยื่นใหม่จากคำตอบเดิมได้',
      en: 'What it waited for did not come in time, or whoever had to agree did not. You can apply again with your answers.',
    },
    kind: 'neutral',
  },
  voided: {
    name: { th: 'ถูกยกเลิก', en: 'Set aside' },
    next: { th: 'หน่วยงานยกเลิกเรื่องนี้ ดูเหตุผลด้านล่าง', en: 'The agency set it aside. See the reason below.' },
    kind: 'neutral',
  },
}

/** What an event is called on the person's page; what has no words here is not theirs to see. */
export const eventWords: Partial<Record<CaseAction, Text>> = {
  submit: { th: 'คุณยื่นเรื่อง', en: 'You handed it in' },
  pay: { th: 'ได้รับเงินแล้ว', en: 'Your payment arrived' },
  consent: { th: 'ผู้อื่นให้ความยินยอม', en: 'Somebody gave their consent' },
  decline: { th: 'ผู้ที่ต้องยินยอมไม่ยินยอม', en: 'Whoever had to agree did not' },
  ask: { th: 'เจ้าหน้าที่ขอข้อมูลเพิ่ม', en: 'An officer asked for more' },
  reply: { th: 'คุณตอบ', en: 'You answered' },
  review: { th: 'ตรวจแล้ว', en: 'Reviewed' },
  endorse: { th: 'เห็นชอบแล้ว', en: 'Endorsed' },
  decide: { th: 'พิจารณาแล้ว', en: 'Decided' },
  sign: { th: 'ลงนามแล้ว', en: 'Signed' },
  'carry-out': { th: 'แจ้งทะเบียนแล้ว', en: 'A register was told' },
  complete: { th: 'เสร็จสิ้น', en: 'Finished' },
  withdraw: { th: 'คุณถอนเรื่อง', en: 'You withdrew it' },
  lapse: { th: 'สิ้นสุดเพราะเลยเวลา', en: 'Closed: the time ran out' },
  appeal: { th: 'คุณอุทธรณ์', en: 'You appealed' },
  overdue: { th: 'เลยกำหนดตามกฎหมาย', en: 'The legal time ran out' },
  postpone: {
    th: 'กำหนดเลื่อนไป เพราะวันสุดท้ายเป็นวันหยุด',
    en: 'A deadline moved: its last day became a holiday',
  },
  void: { th: 'หน่วยงานยกเลิก', en: 'The agency set it aside' },
  erase: { th: 'ลบข้อมูลเมื่อพ้นเวลาเก็บ', en: 'What it held was destroyed' },
}
