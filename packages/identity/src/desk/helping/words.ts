import type { Text } from '@sapan/kernel'

/** What the helper's pages say. */
export const words = {
  title: { th: 'ช่วยทำรายการที่เคาน์เตอร์', en: 'Help at the counter' },
  lead: {
    th: 'ขอทำการแทนผู้ที่อยู่ต่อหน้าคุณ ทีละเรื่องและชั่วครู่ เขาตอบตกลงบนเครื่องของตนเอง',
    en: 'Ask to act for the person in front of you: one case, a short while. They agree on their own device.',
  },
  number: { th: 'เลขประจำตัวของผู้รับบริการ', en: 'The person’s number' },
  numberHint: { th: 'ตามบัตรที่เขาแสดง 13 หลัก', en: '13 digits, from the card that they show.' },
  case: { th: 'เรื่องที่มาติดต่อ', en: 'The case' },
  caseHint: {
    th: 'เลขรับหรือชื่อเรื่อง ผู้รับบริการจะเห็นข้อความนี้',
    en: 'Its number or what it is about. The person sees this.',
  },
  scopes: { th: 'จะช่วยทำอะไร', en: 'What you help with' },
  ask: { th: 'ขอความตกลง', en: 'Ask them' },
  today: { th: 'ที่ขอไว้ใน 24 ชั่วโมง', en: 'Asked in the last 24 hours' },
  todayNone: { th: 'ยังไม่ได้ขอช่วยใคร', en: 'You have asked nobody yet' },
  waiting: { th: 'รอผู้รับบริการตอบ', en: 'Waiting for their answer' },
  waitingBody: {
    th: 'ให้ผู้รับบริการเปิดหน้า "ของฉัน" บนเครื่องของตน ตรวจว่าเลขตรงกันแล้วจึงตอบ หากไม่มีบัญชี คำขอจะหมดเวลาเอง',
    en: 'Let them open “My page” on their own device, see that the number is the same, and answer. Without an account this runs out.',
  },
  sign: { th: 'เลขที่ต้องตรงกัน', en: 'Must be the same on both screens' },
  till: { th: 'ถึงเวลา', en: 'Until' },
  left: { th: 'เหลือเวลา', en: 'Time left' },
  reload: { th: 'ดูว่าตอบแล้วหรือยัง', en: 'See whether they have answered' },
  agreed: { th: 'ตอบตกลงแล้ว', en: 'They agreed' },
  begin: { th: 'เริ่มทำการแทน', en: 'Begin to act for them' },
  acting: { th: 'คุณกำลังทำการแทน', en: 'You are acting for' },
  about: { th: 'เรื่อง', en: 'Case' },
  covers: { th: 'ทำได้', en: 'What you may do' },
  doing: { th: 'กำลังจะทำอะไร', en: 'What are you doing for them?' },
  doingHint: {
    th: 'ทุกเรื่องที่บันทึกจะอยู่ในประวัติของทั้งสองฝ่าย',
    en: 'Each one is kept in the history of you both.',
  },
  do: { th: 'บันทึกและทำ', en: 'Record and do it' },
  done: { th: 'บันทึกแล้ว ผู้รับบริการเห็นในประวัติของตน', en: 'Recorded. They see it in their history.' },
  end: { th: 'สิ้นสุดการช่วย', en: 'End the help' },
  ended: { th: 'สิ้นสุดแล้ว', en: 'It has ended' },
  endedBody: {
    th: 'คุณทำการแทนไม่ได้อีก หากยังต้องช่วย ให้ขอใหม่',
    en: 'You cannot act for them any more. Ask anew if they still need help.',
  },
  refused: { th: 'ผู้รับบริการไม่ตกลง', en: 'They refused' },
  expired: { th: 'หมดเวลาตอบ', en: 'It ran out' },
  again: { th: 'ขอใหม่', en: 'Ask anew' },
  back: { th: 'กลับไปหน้าช่วยทำรายการ', en: 'Back to help at the counter' },
} as const satisfies Record<string, Text>
