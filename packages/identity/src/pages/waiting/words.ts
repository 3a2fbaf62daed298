import type { Text } from '@sapan/kernel'

/** What the pages of questions to a person say. */
export const words = {
  title: { th: 'คำขอที่รอคุณตอบ', en: 'Waiting for your answer' },
  lead: {
    th: 'คำขอเหล่านี้มาจากที่อื่น เช่น แอปของหน่วยงานหรือเคาน์เตอร์ ตอบเฉพาะเรื่องที่คุณเริ่มเอง',
    en: 'These come from elsewhere: an agency’s app, a counter. Answer only what you began yourself.',
  },
  none: { th: 'ไม่มีคำขอที่รออยู่', en: 'Nothing waits for you' },
  noneNext: {
    th: 'เมื่อหน่วยงานขอให้คุณยืนยันตัวตนจากที่อื่น คำขอจะอยู่ที่นี่ไม่กี่นาที',
    en: 'When an agency asks you to sign in from elsewhere, it waits here for some minutes.',
  },
  signIn: { th: 'ขอให้คุณเข้าสู่ระบบ', en: 'asks you to sign in' },
  help: { th: 'เจ้าหน้าที่ขอช่วยคุณทำรายการ', en: 'An officer asks to help you' },
  toSign: { th: 'คุณกำลังลงนามเอกสารที่โต๊ะทำงาน', en: 'You are signing a document at the desk' },
  signed: { th: 'ยืนยันการลงนามแล้ว กลับไปที่หน้าจอเดิมได้', en: 'Confirmed. Go back to the other screen.' },
  unsigned: { th: 'ปฏิเสธแล้ว ไม่มีการลงนาม', en: 'Refused. Nothing was signed.' },
  look: { th: 'ดูและตอบ', en: 'Look and answer' },
  till: { th: 'ตอบได้ถึง', en: 'Until' },
  sign: { th: 'ข้อความที่ต้องตรงกับอีกหน้าจอ', en: 'Must be the same on the other screen' },
  who: { th: 'ผู้ขอ', en: 'Who asks' },
  agency: { th: 'หน่วยงาน', en: 'Agency' },
  purpose: { th: 'เพื่อ', en: 'What for' },
  knows: { th: 'ข้อมูลที่จะได้รู้', en: 'What it will be told' },
  days: {
    th: 'ใช้ได้ไม่เกิน {days} วัน ถอนได้ทุกเมื่อที่หน้า "ความยินยอม" ของคุณ',
    en: 'It holds for {days|day|days} at most. You can take it back at any time, on your page "Consents".',
  },
  warn: {
    th: 'ตอบตกลงเฉพาะเมื่อคุณกำลังใช้บริการนี้อยู่ และข้อความตรงกันทั้งสองหน้าจอ ถ้าไม่ใช่ ให้ปฏิเสธ',
    en: 'Agree only if you use this service right now and both screens show the same. If not, refuse.',
  },
  yes: { th: 'ใช่ ให้เข้าสู่ระบบ', en: 'Yes, sign me in' },
  no: { th: 'ไม่ใช่ ปฏิเสธ', en: 'No, refuse' },
  approved: { th: 'ตอบตกลงแล้ว กลับไปที่หน้าจอเดิมได้', en: 'Agreed. Go back to the other screen.' },
  denied: { th: 'ปฏิเสธแล้ว ไม่มีใครเข้าสู่ระบบในชื่อคุณ', en: 'Refused. Nobody was signed in.' },
} as const satisfies Record<string, Text>
