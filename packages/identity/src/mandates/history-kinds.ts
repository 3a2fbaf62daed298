import type { HistoryKinds } from '../history/kinds.ts'

/** What the histories of those whom a mandate is about say of it. */
export const mandateHistory = {
  'mandate-offered': { th: 'เสนอให้ผู้อื่นทำการแทนคุณ', en: 'You offered somebody to act for you' },
  'mandate-asked': { th: 'ขอทำการแทนผู้อื่น', en: 'You asked to act for somebody' },
  'mandate-begun': { th: '{thBy} เริ่มทำการแทน {th} ได้', en: '{enBy} may now act for {en}' },
  'mandate-refused': {
    th: 'ข้อเสนอหรือคำขอทำการแทนถูกปฏิเสธ',
    en: 'An offer or request of a mandate was refused',
  },
  'mandate-offer-withdrawn': { th: 'ถอนข้อเสนอหรือคำขอทำการแทน', en: 'An offer or request was taken back' },
  'mandate-withdrawn': { th: 'ยกเลิกการทำการแทน {th}', en: 'The mandate for {en} was withdrawn' },
  'mandate-ended': {
    th: 'การทำการแทน {th} สิ้นสุดตามทะเบียน',
    en: 'The mandate for {en} ended, by the register',
  },
  'mandate-act': {
    th: '{thBy} ทำการแทน {th}: {thScope}',
    en: '{enBy} acted for {en}: {enScope}',
  },
  'mandate-child-named': { th: 'ระบุบุตรที่อยู่คนละบ้าน', en: 'A child who lives elsewhere was named' },
  'joint-act-prepared': {
    th: 'เตรียมเรื่องที่ต้องทำร่วมกันแทน {th}',
    en: 'A joint act for {en} was prepared',
  },
  'joint-act-confirmed': {
    th: 'ยืนยันเรื่องที่ต้องทำร่วมกันแทน {th}',
    en: 'A joint act for {en} was confirmed',
  },
  'joint-act-unconfirmed': {
    th: 'ถอนการยืนยันเรื่องที่ต้องทำร่วมกันแทน {th}',
    en: 'A confirmation of a joint act for {en} was taken back',
  },
  'joint-act-withdrawn': {
    th: 'ยกเลิกเรื่องที่ต้องทำร่วมกันแทน {th}',
    en: 'A joint act for {en} was called off',
  },
  'joint-act-complete': {
    th: 'เรื่องที่ต้องทำร่วมกันแทน {th} ครบตามเงื่อนไข',
    en: 'A joint act for {en} met its condition',
  },
  'joint-act-void': {
    th: 'เรื่องที่ต้องทำร่วมกันแทน {th} ใช้ไม่ได้ เพราะผู้ยืนยันพ้นจากอำนาจ',
    en: 'A joint act for {en} became void: somebody who confirmed it is no longer in office',
  },
  'joint-act-used': {
    th: 'ดำเนินเรื่องที่ทำร่วมกันแทน {th}',
    en: 'A joint act for {en} was carried out',
  },
  'helper-asked': {
    th: '{thBy} ขอช่วยทำรายการที่เคาน์เตอร์',
    en: '{enBy} asked to help at a counter',
    isWarning: true,
  },
  'helper-refused': { th: 'ไม่ให้เจ้าหน้าที่ช่วยทำรายการ', en: 'Help at a counter was refused' },
} as const satisfies HistoryKinds

export type MandateHistoryKind = keyof typeof mandateHistory
