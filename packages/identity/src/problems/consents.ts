import { defineProblems } from '@sapan/kernel'

/** What can go wrong with consents on a person's page, and with asking for them. */
export const consentRoomProblems = defineProblems({
  'consent-not-found': {
    status: 404,
    title: { th: 'ไม่พบความยินยอมนี้', en: 'There is no such consent' },
    next: { th: 'กลับไปที่รายการความยินยอมของคุณ', en: 'Go back to the list of your consents.' },
  },
  'consent-decided': {
    status: 409,
    title: { th: 'เรื่องนี้ตัดสินใจไปแล้วหรือหมดเวลาแล้ว', en: 'This was decided already, or its time is over' },
    next: {
      th: 'เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด',
      en: 'Open the page again to see how it stands.',
    },
  },
  'consent-question-invalid': {
    status: 422,
    title: { th: 'คำขอความยินยอมไม่ถูกต้อง', en: 'The question for a consent is not right' },
    next: {
      th: 'ระบุบุคคล ระบบของหน่วยงานคุณ บริการ วัตถุประสงค์ รายการข้อมูล และเหตุผลทั้งสองภาษา',
      en: 'Name the person, a subsystem of your own, service, purpose, fields, and the reason in both languages.',
    },
  },
  'consent-too-many': {
    status: 429,
    title: { th: 'วันนี้ถามบุคคลนี้หลายครั้งแล้ว', en: 'This person was asked often enough today' },
    next: {
      th: 'รอคำตอบของคำขอที่ถามไปแล้ว หรือถามใหม่หลัง 24 ชั่วโมง รวมรายการที่จำเป็นไว้ในคำขอเดียว',
      en: 'Wait for the answers to what you asked, or ask after 24 hours. Put what you need into one question.',
    },
  },
  'consent-choice-invalid': {
    status: 422,
    title: { th: 'ยังไม่ได้เลือกสิ่งที่จะยินยอม', en: 'Nothing to consent to was chosen' },
    next: {
      th: 'เลือกข้อมูลอย่างน้อยหนึ่งรายการและระยะเวลา หรือกดไม่ยินยอม',
      en: 'Choose at least one field and for how long, or refuse.',
    },
  },
})
