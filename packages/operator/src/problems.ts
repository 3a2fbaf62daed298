import { defineProblems } from '@sapan/kernel'

/** What an operator can meet on the way to the pages of a gateway or of the center. */
export const operatorProblems = defineProblems({
  'operator-link-spent': {
    status: 410,
    title: { th: 'ลิงก์เข้าสู่ระบบนี้ใช้ไม่ได้แล้ว', en: 'This sign-in link no longer works' },
    next: {
      th: 'ขอลิงก์ใหม่ด้วยคำสั่ง sapan gateway sign-in หรือ sapan center sign-in แต่ละลิงก์ใช้ได้ครั้งเดียวภายในสิบนาที',
      en: 'Ask for a new one with sapan gateway sign-in or sapan center sign-in: each works once, for ten minutes.',
    },
  },
  'operator-link-elsewhere': {
    status: 403,
    title: {
      th: 'ลิงก์เข้าสู่ระบบใช้ได้บนเครื่องที่เปิดเกตเวย์เท่านั้น',
      en: 'A sign-in link works on the machine of the gateway alone',
    },
    next: {
      th: 'เปิดลิงก์บนเครื่องนั้น หรือผ่านอุโมงค์ SSH ไปยังพอร์ตผู้ดูแลของเครื่องนั้น',
      en: 'Open it on that machine, or through an SSH tunnel to its operator’s port.',
    },
  },
  'operator-openid-unavailable': {
    status: 503,
    title: { th: 'ติดต่อผู้ให้บริการยืนยันตัวตนไม่ได้', en: 'The issuer of identities cannot be reached' },
    next: {
      th: 'ลองใหม่ในอีกสักครู่ หรือเข้าสู่ระบบด้วยลิงก์จากคำสั่ง sapan gateway sign-in',
      en: 'Try again in a while, or sign in by a link of sapan gateway sign-in.',
    },
  },
  'operator-openid-failed': {
    status: 403,
    title: { th: 'การเข้าสู่ระบบไม่สำเร็จ', en: 'Signing in did not succeed' },
    next: {
      th: 'เริ่มเข้าสู่ระบบใหม่จากหน้าผู้ดูแล',
      en: 'Begin again from the operator’s pages.',
    },
    place: { path: '/operator/sign-in', text: { th: 'เข้าสู่ระบบ', en: 'Sign in' } },
  },
  'operator-openid-unknown': {
    status: 403,
    title: { th: 'คุณไม่อยู่ในรายชื่อผู้ดูแลของเกตเวย์นี้', en: 'You are not among the operators of this gateway' },
    next: {
      th: 'ส่งรหัสข้างต้นให้ผู้ดูแลเกตเวย์ เพื่อเพิ่มใน operator.openid ของ gateway.yaml',
      en: 'Give the name above to whoever runs the gateway, to be added to operator.openid in gateway.yaml.',
    },
  },
  'operator-signed-out': {
    status: 401,
    title: { th: 'คุณออกจากระบบแล้ว', en: 'You are signed out' },
    next: {
      th: 'เข้าสู่ระบบใหม่ โทเคนที่ใช้เข้าสู่ระบบอาจถูกยกเลิกแล้ว',
      en: 'Sign in again. The token with which you had signed in may have been taken back.',
    },
    place: { path: '/operator/sign-in', text: { th: 'เข้าสู่ระบบ', en: 'Sign in' } },
  },
})
