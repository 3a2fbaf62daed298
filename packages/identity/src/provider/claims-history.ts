import type { HistoryKinds } from '../history/kinds.ts'

/** What the history says of what services are told and may do at sign-in, and of sign-ins asked for elsewhere. `th`, `en`: the service. */
export const claimsHistory = {
  'claims-consent-given': {
    th: 'อนุญาตสิ่งที่ {th} ขอเมื่อคุณเข้าสู่ระบบ',
    en: 'You allowed what {en} asks for when you sign in',
  },
  'claims-consent-withdrawn': {
    th: 'ถอนสิ่งที่อนุญาต {th} ไว้เมื่อเข้าสู่ระบบ',
    en: 'You took back what you allowed {en} when you sign in',
  },
  'sign-in-approved': {
    th: 'ตอบตกลงให้เข้าสู่ระบบที่ {th} จากที่อื่น',
    en: 'You agreed to a sign-in at {en}, asked for elsewhere',
  },
  'sign-in-denied': {
    th: 'ปฏิเสธการเข้าสู่ระบบที่ {th} ซึ่งขอมาจากที่อื่น',
    en: 'You refused a sign-in at {en}, asked for elsewhere',
  },
} as const satisfies HistoryKinds

export type ClaimsHistoryKind = keyof typeof claimsHistory
