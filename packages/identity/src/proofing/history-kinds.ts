import type { HistoryKinds } from '../history/kinds.ts'

/** What proofing writes into the history of an account. */
export const proofingHistory = {
  'identity-proved': {
    th: 'พิสูจน์ตัวตนแล้ว ({thMethod}) ระดับ {level}',
    en: 'Identity proved ({enMethod}), level {level}',
  },
  'identity-proved-in-person': {
    th: 'เจ้าหน้าที่พิสูจน์ตัวตนของคุณที่เคาน์เตอร์ ระดับ {level}',
    en: 'An officer proved your identity at a counter, level {level}',
    isWarning: true,
  },
  'profile-asked-again': {
    th: 'คุณให้ถามทะเบียนใหม่ ข้อมูลของคุณเป็นปัจจุบันแล้ว',
    en: 'You had the register asked again; what is known of you is up to date',
  },
  'enrolment-code-made': {
    th: 'เจ้าหน้าที่ออกรหัสสำหรับเพิ่มพาสคีย์ให้คุณ',
    en: 'An officer made a code with which you can add a passkey',
    isWarning: true,
  },
  'enrolment-code-used': {
    th: 'ใช้รหัสจากเคาน์เตอร์เพื่อเพิ่มพาสคีย์',
    en: 'The code from the counter was used to add a passkey',
    isWarning: true,
  },
} as const satisfies HistoryKinds
