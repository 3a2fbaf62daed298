import type { Text } from '@sapan/kernel'

export const words = {
  title: { th: 'เข้าสู่ระบบผู้ดูแล', en: 'Sign in as an operator' },
  openid: {
    th: 'ผู้ที่อยู่ในรายชื่อผู้ดูแลเข้าสู่ระบบด้วยบัญชีดิจิทัลของตน',
    en: 'Who is among the operators signs in with their own Digital ID.',
  },
  byOpenid: { th: 'เข้าสู่ระบบด้วย Digital ID', en: 'Sign in with Digital ID' },
  byLink: { th: 'หรือด้วยลิงก์', en: 'Or by a link' },
  how: {
    th: 'เปิดหน้าจอคำสั่งบนเครื่องนี้ ด้วยบัญชีที่เปิดโปรแกรม แล้วพิมพ์คำสั่งนี้',
    en: 'Open a terminal on this machine, as the user who runs the program, and type',
  },
  howNext: {
    th: 'คำสั่งจะพิมพ์ลิงก์ที่ใช้เข้าสู่ระบบได้ครั้งเดียวภายในสิบนาที',
    en: 'It prints a link that signs you in once, within ten minutes.',
  },
  link: {
    th: 'กดปุ่มเพื่อเข้าสู่ระบบด้วยลิงก์นี้ ลิงก์ใช้ได้ครั้งเดียว',
    en: 'Press the button to sign in with this link. It works once.',
  },
  linkNote: {
    th: 'การเข้าสู่ระบบและทุกสิ่งที่เปลี่ยนถูกบันทึกไว้ หากไม่ใช้งาน 30 นาที ต้องเข้าสู่ระบบใหม่',
    en: 'Signing in and whatever is changed is recorded. After 30 minutes without use you sign in again.',
  },
} as const satisfies Record<string, Text>
