import { defineProblems } from '@sapan/kernel'

/** What can go wrong with an account itself. */
export const accountProblems = defineProblems({
  'identifier-taken': {
    status: 409,
    title: {
      th: 'เลขหรือชื่อนี้ผูกกับบัญชีอื่นอยู่แล้ว',
      en: 'This number or address belongs to another account',
    },
    next: {
      th: 'เข้าสู่ระบบด้วยบัญชีเดิมของคุณ หรือกู้คืนบัญชีเดิมด้วยการพิสูจน์ตัวตน',
      en: 'Sign in with the account you already have, or recover it by proving who you are.',
    },
  },
  'identifier-invalid': {
    status: 422,
    title: { th: 'เลขหรือที่อยู่นี้ไม่ถูกต้อง', en: 'This number or address is not right' },
    next: {
      th: 'ตรวจเลขหรือที่อยู่อีเมลทีละตัว แล้วกรอกใหม่',
      en: 'Check the number or the email address letter by letter, and enter it again.',
    },
  },
  'account-not-found': {
    status: 404,
    title: { th: 'ไม่พบบัญชีนี้', en: 'There is no such account' },
    next: { th: 'เข้าสู่ระบบใหม่อีกครั้ง', en: 'Sign in again.' },
  },
  'account-frozen': {
    status: 403,
    title: { th: 'บัญชีนี้ถูกระงับไว้โดยเจ้าของ', en: 'The owner of this account has frozen it' },
    next: {
      th: 'เปิดใช้บัญชีอีกครั้งด้วยวิธีเข้าสู่ระบบที่ยังปลอดภัย หรือด้วยการพิสูจน์ตัวตนใหม่',
      en: 'Open it again with a way of signing in that is still safe, or by proving anew who you are.',
    },
  },
  'account-closed': {
    status: 403,
    title: { th: 'บัญชีนี้ปิดแล้ว', en: 'This account is closed' },
    next: {
      th: 'เปิดบัญชีใหม่ หรือติดต่อที่ว่าการอำเภอหรือสำนักงานเขต หากคุณไม่ได้ปิดเอง',
      en: 'Open a new account, or go to a district office if it was not you who closed it.',
    },
  },
  'email-needed': {
    status: 409,
    title: {
      th: 'ลบอีเมลนี้ไม่ได้ เพราะใช้เข้าสู่ระบบด้วยรหัสผ่าน',
      en: 'This address cannot be removed: you sign in with it and a password',
    },
    next: {
      th: 'ลบรหัสผ่านในหน้าความปลอดภัยก่อน หรือเปลี่ยนเป็นอีเมลอื่น',
      en: 'Remove the password on your security page first, or change the address to another.',
    },
  },
})
