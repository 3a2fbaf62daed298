import { defineProblems } from '@sapan/kernel'

/** What can go wrong with recovering an account, freezing it and opening it again. */
export const recoveryProblems = defineProblems({
  'recovery-waiting': {
    status: 409,
    title: { th: 'มีการกู้คืนบัญชีนี้รออยู่แล้ว', en: 'A recovery of this account is waiting already' },
    next: {
      th: 'รอจนครบเวลาที่แจ้ง หรือเข้าสู่ระบบแล้วยกเลิกการกู้คืนนั้นหากไม่ใช่คุณ',
      en: 'Wait until its time is over, or sign in and cancel it if it was not you.',
    },
  },
  'recovery-not-found': {
    status: 404,
    title: { th: 'ไม่พบการกู้คืนบัญชีที่รออยู่', en: 'There is no such recovery waiting' },
    next: {
      th: 'ดูประวัติในหน้าความปลอดภัย การกู้คืนนั้นอาจถูกยกเลิกหรือเสร็จไปแล้ว',
      en: 'See the history on your security page: it may have been cancelled or completed.',
    },
  },
  'recovery-proof-needed': {
    status: 403,
    title: { th: 'ต้องพิสูจน์ตัวตนก่อนกู้คืนบัญชี', en: 'Recovering an account needs proof of who you are' },
    next: {
      th: 'พิสูจน์ตัวตนใหม่ทางออนไลน์หรือที่ที่ว่าการอำเภอหรือสำนักงานเขต แล้วเริ่มกู้คืนอีกครั้ง',
      en: 'Prove who you are online or at a district office, then begin again.',
    },
  },
  'unfreeze-refused': {
    status: 403,
    title: {
      th: 'วิธีเข้าสู่ระบบนี้เปิดบัญชีที่ระงับไว้ไม่ได้',
      en: 'This way of signing in cannot open a frozen account',
    },
    next: {
      th: 'ใช้พาสคีย์ที่เพิ่มไว้ก่อนระงับบัญชีนานพอ หรือพิสูจน์ตัวตนใหม่ที่ที่ว่าการอำเภอหรือสำนักงานเขต',
      en: 'Use a passkey that you had added long enough before, or prove who you are at a district office.',
    },
  },
})
