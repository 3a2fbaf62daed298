import { defineProblems } from '@sapan/kernel'

/** Problems of the API of services. */
export const apiProblems = defineProblems({
  'api-token-needed': {
    status: 401,
    title: { th: 'ไม่รู้ว่าทำในนามของผู้ใด', en: 'It is not known for whom this is' },
    next: {
      th: 'ให้เจ้าตัวเข้าสู่ระบบและยินยอมขอบเขต applications แล้วเรียกด้วยโทเคนนั้น',
      en: 'Let the person sign in and agree to the scope applications, and call with that token.',
    },
  },
  'api-body-malformed': {
    status: 400,
    title: { th: 'ข้อมูลที่ส่งมาไม่ใช่ JSON ตามที่กำหนด', en: 'What was sent is not the JSON that belongs here' },
    next: {
      th: 'ดูรูปแบบที่ openapi.json ของบริการนี้ แล้วส่งใหม่',
      en: "Look at the service's openapi.json, and send it again.",
    },
  },
  'api-answers-wrong': {
    status: 422,
    title: { th: 'มีคำตอบที่ใช้ไม่ได้', en: 'Some answers cannot be used' },
    next: {
      th: 'แก้คำตอบตามรายการที่แจ้ง แล้วส่งหน้านี้ใหม่ ยังไม่ได้บันทึกสิ่งใด',
      en: 'Mend what is listed, and send the page again. Nothing was saved.',
    },
  },
  'api-page-unknown': {
    status: 404,
    title: { th: 'แบบนี้ไม่ได้ถามหน้านี้', en: 'This form does not ask that page now' },
    next: {
      th: 'อ่านแบบที่กรอกค้างไว้อีกครั้ง หน้าที่ต้องตอบอยู่ในรายการ pages',
      en: 'Read the draft again: the pages that are asked are listed there.',
    },
  },
  'api-level-too-low': {
    status: 403,
    title: {
      th: 'ระดับการยืนยันตัวตนยังไม่ถึงที่บริการต้องการ',
      en: 'The sign-in is not strong enough for this service',
    },
    next: {
      th: 'ให้เจ้าตัวเข้าสู่ระบบใหม่ด้วย acr_values ตามระดับที่บริการแจ้ง',
      en: 'Let the person sign in again with acr_values of the level that the service names.',
    },
  },
  'api-not-declared': {
    status: 422,
    title: { th: 'ยังไม่ได้รับรองว่าข้อมูลเป็นความจริง', en: 'It was not declared to be true' },
    next: {
      th: 'แสดงคำรับรองให้เจ้าตัวอ่าน แล้วส่ง declared: true เมื่อรับรอง',
      en: 'Show the declaration to the person, and send declared: true when they declare it.',
    },
  },
})
