import type { Text } from '@sapan/kernel'

/** The ways in which a notice reaches a person. What is not in the inbox goes nowhere else. */
export const channels = ['inbox', 'email', 'push'] as const
export type Channel = (typeof channels)[number]

export interface NoticeKindTerm {
  readonly name: Text
  readonly about: Text
  /** Channels that cannot be switched off. */
  readonly always: readonly Channel[]
  /** Channels that are on until a person says otherwise. */
  readonly usually: readonly Channel[]
}

const everywhere: readonly Channel[] = ['inbox', 'email', 'push']

/** What notices are about, in the order in which people see the list. */
export const noticeKinds = {
  security: {
    name: { th: 'ความปลอดภัยของบัญชี', en: 'Security of your account' },
    about: {
      th: 'การเข้าสู่ระบบจากอุปกรณ์ใหม่ การเปลี่ยนวิธีเข้าสู่ระบบ การกู้คืนบัญชี',
      en: 'Sign-ins from a new device, changed authenticators, recovery of the account.',
    },
    // Who has got into an account must not be able to silence what tells its owner.
    always: ['inbox', 'email'],
    usually: everywhere,
  },
  identity: {
    name: { th: 'การพิสูจน์ตัวตน', en: 'Proof of identity' },
    about: {
      th: 'ผลการพิสูจน์ตัวตนและข้อมูลในบัญชีที่เปลี่ยนไป',
      en: 'Results of proofing, and changes of what your account says.',
    },
    always: ['inbox'],
    usually: ['inbox', 'email'],
  },
  consent: {
    name: { th: 'ความยินยอม', en: 'Consents' },
    about: {
      th: 'ความยินยอมที่ให้ ใกล้หมดอายุ หรือถอนแล้ว',
      en: 'Consents given, about to end, or withdrawn.',
    },
    always: ['inbox'],
    usually: ['inbox', 'email'],
  },
  mandate: {
    name: { th: 'ทำการแทน', en: 'Mandates' },
    about: {
      th: 'คำขอ การอนุมัติ และการสิ้นสุดของการทำการแทน',
      en: 'Acting for another: asked for, approved, ended.',
    },
    always: ['inbox'],
    usually: everywhere,
  },
  access: {
    name: { th: 'การเข้าถึงข้อมูลของคุณ', en: 'Looks at your data' },
    about: {
      th: 'เมื่อมีการเปิดดูข้อมูลของคุณที่ผิดปกติหรือมีรายการใหม่',
      en: 'When somebody looked at your data in an unusual way, or anew.',
    },
    always: ['inbox'],
    usually: ['inbox', 'email'],
  },
  question: {
    name: { th: 'คำถามและคำตอบ', en: 'Questions and answers' },
    about: {
      th: 'คำตอบของหน่วยงานต่อเรื่องที่คุณถาม',
      en: 'What agencies answer to what you asked.',
    },
    always: ['inbox'],
    usually: everywhere,
  },
  application: {
    name: { th: 'เรื่องที่ยื่น', en: 'Your applications' },
    about: {
      th: 'เรื่องที่คุณยื่นเปลี่ยนสถานะ หรือมีสิ่งที่คุณต้องทำ',
      en: 'Something you applied for has moved on, or you have something to do.',
    },
    always: ['inbox'],
    usually: everywhere,
  },
  document: {
    name: { th: 'เอกสาร', en: 'Documents' },
    about: { th: 'เอกสารที่ออกให้คุณหรือรอคุณลงนาม', en: 'Documents issued to you or waiting for your signature.' },
    always: ['inbox'],
    usually: ['inbox', 'email'],
  },
  task: {
    name: { th: 'งานของเจ้าหน้าที่', en: 'Tasks of an officer' },
    about: {
      th: 'งานที่มอบให้คุณและงานที่เลยกำหนด สำหรับเจ้าหน้าที่',
      en: 'For officers: tasks given to you, and those that are overdue.',
    },
    always: [],
    usually: ['inbox'],
  },
} as const satisfies Record<string, NoticeKindTerm>

export type NoticeKind = keyof typeof noticeKinds

export function isNoticeKind(text: string): text is NoticeKind {
  return Object.hasOwn(noticeKinds, text)
}

export function kindTerm(kind: NoticeKind): NoticeKindTerm {
  return noticeKinds[kind]
}
