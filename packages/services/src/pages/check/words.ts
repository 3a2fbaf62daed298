import type { Text } from '@sapan/kernel'
import type { Verdict } from '../../eligibility/judge.ts'

export const checkWords = {
  title: { th: 'ตรวจว่าใช้บริการนี้ได้หรือไม่', en: 'Check whether this service is for you' },
  lead: {
    th: 'ไม่ต้องเข้าสู่ระบบ ข้อใดไม่ทราบให้เว้นไว้ เราไม่เก็บคำตอบของคุณ',
    en: 'You don’t need to sign in. Leave out what you don’t know. We don’t keep your answers.',
  },
  back: { th: 'กลับไปที่บริการ', en: 'Back to the service' },
  button: { th: 'ตรวจเงื่อนไข', en: 'Check the conditions' },
  againButton: { th: 'ตรวจอีกครั้ง', en: 'Check again' },
  againTitle: { th: 'แก้คำตอบแล้วตรวจใหม่', en: 'Change your answers and check again' },
  nothingAsked: {
    th: 'ไม่มีคำถามที่ต้องตอบก่อน เงื่อนไขของบริการนี้จะตรวจเมื่อยื่น',
    en: 'There is nothing to answer beforehand. The conditions are checked when you apply.',
  },
  none: { th: 'บริการนี้ไม่มีเงื่อนไขเฉพาะ', en: 'This service has no conditions of its own' },
  resultTitle: { th: 'ผลการตรวจ', en: 'The result' },
  conditions: { th: 'ทีละเงื่อนไข', en: 'Each condition' },
  because: { th: 'เพราะ', en: 'Because' },
  instead: { th: 'สิ่งที่ทำได้', en: 'What you can do' },
  missing: { th: 'ต้องทราบ', en: 'It depends on' },
  later: {
    th: 'จะทราบเมื่อคุณยื่น จากแบบฟอร์มและทะเบียน',
    en: 'We will know when you apply, from the form and the registers.',
  },
  below: { th: 'ตอบคำถามด้านล่างเพื่อให้ทราบ', en: 'Answer the questions below to find out.' },
  law: { th: 'กฎหมาย', en: 'The law' },
  section: { th: 'มาตรา', en: 'section' },
  apply: { th: 'เริ่มทำคำขอ', en: 'Start your application' },
  notBinding: {
    th: 'ผลนี้มาจากคำตอบของคุณเท่านั้น ไม่ใช่คำตัดสิน เจ้าหน้าที่พิจารณาเมื่อคุณยื่น',
    en: 'This rests on your answers alone. It is not a decision: an officer decides when you apply.',
  },
} as const satisfies Record<string, Text>

export const verdictWords: Readonly<Record<Verdict, Text>> = {
  yes: { th: 'เป็นไปตามเงื่อนไข', en: 'Met' },
  no: { th: 'ไม่เป็นไปตามเงื่อนไข', en: 'Not met' },
  unknown: { th: 'ยังไม่ทราบ', en: 'Not known yet' },
}

export const overallWords: Readonly<Record<Verdict, Text>> = {
  yes: { th: 'ตามคำตอบของคุณ คุณใช้บริการนี้ได้', en: 'From your answers, you can use this service' },
  no: { th: 'ตามคำตอบของคุณ มีเงื่อนไขที่ยังไม่เป็นไปตามกำหนด', en: 'From your answers, a condition is not met' },
  unknown: { th: 'ยังบอกไม่ได้ จากคำตอบที่มี', en: 'Your answers are not enough to say' },
}
