import { defineProblems } from '@sapan/kernel'

/** What can go wrong while somebody signs in at one of our own faces, or comes in there. */
export const relyingPartyProblems = defineProblems({
  'face-sign-in-over': {
    status: 400,
    title: { th: 'การเข้าสู่ระบบครั้งนี้หมดเวลาแล้ว', en: 'This sign-in has run out' },
    next: {
      th: 'กดเข้าสู่ระบบอีกครั้ง ในเบราว์เซอร์เดียวกันตั้งแต่ต้นจนจบ',
      en: 'Sign in again, in one browser from beginning to end.',
    },
  },
  'face-sign-in-cancelled': {
    status: 400,
    title: { th: 'ยังไม่ได้เข้าสู่ระบบ', en: 'You are not signed in' },
    next: {
      th: 'หากยกเลิกโดยไม่ตั้งใจ กดเข้าสู่ระบบอีกครั้ง',
      en: 'If you did not mean to cancel, sign in again.',
    },
  },
  'face-sign-in-invalid': {
    status: 400,
    title: { th: 'คำตอบของระบบยืนยันตัวตนไม่ผ่านการตรวจ', en: 'The answer of the sign-in service did not hold' },
    next: {
      th: 'กดเข้าสู่ระบบอีกครั้งจากหน้าของเรา หากเกิดซ้ำให้แจ้งผู้ดูแลระบบ',
      en: 'Sign in again from our own page. If it happens again, tell the operator.',
    },
  },
  'face-level-too-low': {
    status: 403,
    title: { th: 'ระดับการยืนยันตัวตนยังไม่ถึง', en: 'You have not proved enough for this page' },
    next: {
      th: 'เพิ่มวิธีเข้าสู่ระบบหรือพิสูจน์ตัวตนที่หน้าของฉัน แล้วลองใหม่',
      en: 'Add a stronger way to sign in, or prove who you are, on your own page; then try again.',
    },
  },
  'face-issuer-unavailable': {
    status: 503,
    title: { th: 'ระบบยืนยันตัวตนไม่พร้อมใช้งาน', en: 'The sign-in service is not available' },
    next: {
      th: 'รอสักครู่แล้วลองใหม่ หน้าที่ไม่ต้องเข้าสู่ระบบยังใช้ได้ตามปกติ',
      en: 'Wait a moment and try again. Pages that need no sign-in work as usual.',
    },
  },
  'face-kept-form-over': {
    status: 400,
    title: { th: 'แบบฟอร์มที่เก็บไว้ให้หมดเวลาแล้ว', en: 'The form that was kept for you has run out' },
    next: {
      th: 'กลับไปที่หน้าเดิมแล้วกรอกใหม่ ยังไม่มีสิ่งใดถูกบันทึก',
      en: 'Go back to its page and fill it in again. Nothing was recorded.',
    },
  },
  'face-logout-token-invalid': {
    status: 400,
    title: { th: 'คำสั่งออกจากระบบไม่ถูกต้อง', en: 'The logout token is not valid' },
    next: {
      th: 'ผู้ดูแลระบบตรวจว่าผู้ออก (issuer) และรหัสแอปของหน้านี้ตั้งไว้ตรงกัน',
      en: 'The operator checks that the issuer and the client id of this face are configured alike.',
    },
  },
  'officer-appointment-missing': {
    status: 403,
    title: { th: 'บัญชีนี้ไม่ได้เป็นเจ้าหน้าที่', en: 'This account is not of an officer' },
    next: {
      th: 'ขอให้ผู้ดูแลระบบของหน่วยงานเพิ่มคุณเป็นเจ้าหน้าที่ แล้วเข้าสู่ระบบใหม่',
      en: "Ask your agency's administrator to add you as an officer, then sign in again.",
    },
  },
})
