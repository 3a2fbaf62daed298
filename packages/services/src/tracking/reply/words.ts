import type { Text } from '@sapan/kernel'

export const replyWords = {
  about: {
    th: 'คำตอบของคุณไปถึงเจ้าหน้าที่ทันที แล้วเวลาพิจารณานับต่อ',
    en: 'Your answer reaches the officer at once, and the clock starts again.',
  },
  fields: { th: 'ข้อที่เจ้าหน้าที่ให้ตอบอีกครั้ง', en: 'What the officer asks you to answer again' },
  fieldsAbout: {
    th: 'ช่องด้านล่างมีคำตอบเดิมอยู่ ข้อใดถูกแล้วให้คงไว้ เจ้าหน้าที่เห็นทั้งของเดิมและของใหม่',
    en: 'Your earlier answers are shown below. Leave what is right. The officer sees the old next to the new.',
  },
  before: { th: 'ที่ยื่นไว้', en: 'Handed in before' },
  files: { th: 'เอกสารที่เจ้าหน้าที่ขอ', en: 'Documents that the officer asks for' },
  attached: { th: 'แนบแล้ว', en: 'Attached' },
  text: { th: 'คำตอบของคุณ', en: 'Your answer' },
  textMore: { th: 'ถึงเจ้าหน้าที่', en: 'To the officer' },
  textHint: {
    th: 'หากไม่มีเอกสารที่ขอ เขียนว่าเพราะเหตุใด',
    en: 'Where you don’t have a document, say why.',
  },
  send: { th: 'ส่งคำตอบ', en: 'Send the answer' },
  missing: { th: 'เขียนคำตอบ', en: 'Write your answer' },
  missingFile: {
    th: 'แนบเอกสารนี้ หรือเขียนถึงเจ้าหน้าที่ว่าเพราะเหตุใดจึงไม่มี',
    en: 'Attach this, or tell the officer below why you don’t have it.',
  },
  askedNow: {
    th: 'คำตอบใหม่ทำให้มีข้อที่ต้องตอบเพิ่ม ตอบข้อที่ว่างแล้วส่งอีกครั้ง',
    en: 'Your new answer brings up more. Answer what is empty, then send again.',
  },
} as const satisfies Record<string, Text>
