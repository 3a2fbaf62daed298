import type { Text } from '@sapan/kernel'
import type { Verdict } from '../../eligibility/judge.ts'

export const checkWords = {
  title: { th: 'ตรวจว่าใช้บริการนี้ได้หรือไม่', en: 'Check whether this service is for you' },
  lead: {
    th: 'ไม่ต้องเข้าสู่ระบบ ข้อใดไม่ทราบให้เว้นไว้ เราไม่เก็บคำตอบของคุณ',
    en: 'You need not sign in. Leave out what you don’t know. Your answers are not kept.',
  },
  back: { th: 'กลับไปที่บริการ', en: 'Back to the service' },
  button: { th: 'ตรวจเงื่อนไข', en: 'Check the conditions' },
  againButton: { th: 'ตรวจอีกครั้ง', en: 'Check again' },
  againTitle: { th: 'แก้คำตอบแล้วตรวจใหม่', en: 'Change your answers and check again' },
  nothingAsked: {
    th: 'ไม่มีคำถามที่ต้องตอบก่อน เงื่อนไขของบริการนี้จะตรวจเมื่อยื่น',
    en: 'There is nothing to answer beforehand: the conditions are looked at when you apply.',
  },
  none: { th: 'บริการนี้ไม่มีเงื่อนไขเฉพาะ', en: 'This service has no conditions of its own' },
  resultTitle: { th: 'ผลการตรวจ', en: 'The result' },
  conditions: { th: 'ทีละเงื่อนไข', en: 'Condition by condition' },
  because: { th: 'เพราะ', en: 'Because' },
  instead: { th: 'สิ่งที่ทำได้', en: 'What you can do' },
  missing: { th: 'ต้องทราบ', en: 'It depends on' },
  later: {
    th: 'ตอบเพิ่มด้านล่าง หรือเมื่อยื่นจริงจะทราบจากแบบฟอร์มและทะเบียน',
    en: 'Answer more below; or it is known from the form and registers when you apply.',
  },
  law: { th: 'กฎหมาย', en: 'The law' },
  section: { th: 'มาตรา', en: 'section' },
  apply: { th: 'เริ่มยื่นคำขอ', en: 'Apply' },
  notBinding: {
    th: 'ผลนี้มาจากคำตอบของคุณเท่านั้น ไม่ใช่คำตัดสิน เจ้าหน้าที่พิจารณาเมื่อคุณยื่น',
    en: 'This rests on your answers alone. It is no decision: that is made when you apply.',
  },
} as const satisfies Record<string, Text>

export const verdictWords: Readonly<Record<Verdict, Text>> = {
  yes: { th: 'เป็นไปตามเงื่อนไข', en: 'Yes' },
  no: { th: 'ไม่เป็นไปตามเงื่อนไข', en: 'No' },
  unknown: { th: 'ยังไม่ทราบ', en: 'Not known' },
}

export const overallWords: Readonly<Record<Verdict, Text>> = {
  yes: { th: 'ตามคำตอบของคุณ คุณใช้บริการนี้ได้', en: 'By your answers, you can use this service' },
  no: { th: 'ตามคำตอบของคุณ มีเงื่อนไขที่ยังไม่เป็นไปตามกำหนด', en: 'By your answers, a condition is not met' },
  unknown: { th: 'ยังบอกไม่ได้ จากคำตอบที่มี', en: 'Your answers are not enough to say' },
}
