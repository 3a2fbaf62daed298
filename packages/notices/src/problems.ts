import { defineProblems } from '@sapan/kernel'

/** Problems of the inbox, of addresses and of devices. */
export const noticesProblems = defineProblems({
  'notice-not-found': {
    status: 404,
    title: { th: 'ไม่พบข้อความนี้', en: 'There is no such message' },
    next: {
      th: 'กลับไปที่กล่องข้อความ ข้อความของผู้อื่นเปิดไม่ได้',
      en: 'Go back to your inbox. Messages of other people cannot be opened.',
    },
  },
  'inbox-list-unreadable': {
    status: 400,
    title: { th: 'เปิดกล่องข้อความตามที่อยู่นี้ไม่ได้', en: 'The inbox cannot be shown from this address' },
    next: {
      th: 'กลับไปที่หน้าแรกของกล่องข้อความ',
      en: 'Go back to the first page of your inbox.',
    },
  },
  'notice-setting-unknown': {
    status: 422,
    title: { th: 'ไม่มีการตั้งค่านี้', en: 'There is no such setting' },
    next: {
      th: 'เปิดหน้าการแจ้งเตือนอีกครั้ง แล้วเลือกจากรายการที่แสดง',
      en: 'Open the page of notices again and choose from what it shows.',
    },
  },
  'notice-setting-fixed': {
    status: 422,
    title: { th: 'ปิดการแจ้งเตือนนี้ไม่ได้', en: 'This notice cannot be switched off' },
    next: {
      th: 'การแจ้งเตือนนี้คุ้มครองบัญชีและสิทธิของคุณ จึงส่งเสมอ ช่องทางอื่นยังปิดได้',
      en: 'It protects your account and your rights and is always sent. Other channels can be switched off.',
    },
  },
  'push-subscription-invalid': {
    status: 422,
    title: { th: 'ลงทะเบียนอุปกรณ์นี้ไม่ได้', en: 'This device cannot be registered' },
    next: {
      th: 'ใช้เบราว์เซอร์รุ่นล่าสุดของ Chrome, Edge, Firefox หรือ Safari แล้วลองใหม่ หรือรับทางอีเมลแทน',
      en: 'Try again with a recent Chrome, Edge, Firefox or Safari, or receive notices by e-mail.',
    },
  },
  'push-devices-too-many': {
    status: 409,
    title: { th: 'ลงทะเบียนอุปกรณ์ครบจำนวนแล้ว', en: 'Too many devices are registered' },
    next: {
      th: 'ลบอุปกรณ์ที่ไม่ใช้แล้วออกก่อน แล้วลงทะเบียนใหม่',
      en: 'Remove a device that you no longer use, then register this one.',
    },
  },
  'email-address-invalid': {
    status: 422,
    title: { th: 'ที่อยู่อีเมลไม่ถูกต้อง', en: 'The e-mail address is not valid' },
    next: {
      th: 'ตรวจที่อยู่อีเมลอีกครั้ง เช่น somchai@example.go.th',
      en: 'Check the address. It looks like somchai@example.go.th.',
    },
  },
  'email-code-wrong': {
    status: 422,
    title: { th: 'รหัสไม่ถูกต้อง', en: 'The code is not right' },
    next: {
      th: 'ดูรหัสในอีเมลฉบับล่าสุดแล้วกรอกใหม่ หากกรอกผิดหลายครั้งต้องขอรหัสใหม่',
      en: 'Look for the code in the latest e-mail and type it again. After several wrong ones, ask for a new code.',
    },
  },
  'email-code-expired': {
    status: 422,
    title: { th: 'รหัสนี้ใช้ไม่ได้แล้ว', en: 'This code can no longer be used' },
    next: { th: 'ขอรหัสใหม่ แล้วกรอกภายในเวลาที่กำหนด', en: 'Ask for a new code and type it in time.' },
  },
  'email-codes-too-many': {
    status: 429,
    title: { th: 'ขอรหัสบ่อยเกินไป', en: 'Too many codes were asked for' },
    next: {
      th: 'รอหนึ่งชั่วโมงแล้วขอรหัสใหม่ หรือใช้รหัสในอีเมลฉบับล่าสุด',
      en: 'Wait for an hour and ask again, or use the code of the latest e-mail.',
    },
  },
})
