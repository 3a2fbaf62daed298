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
  'api-token-invalid': {
    status: 401,
    title: { th: 'โทเคนนี้ใช้ไม่ได้', en: 'This token does not hold' },
    next: {
      th: 'ขอโทเคนใหม่ด้วย refresh token หรือให้เจ้าตัวเข้าสู่ระบบใหม่ ถ้าโทเคนผูกกับกุญแจ ให้แนบหลักฐาน DPoP ของการเรียกนี้',
      en: 'Renew the token, or let the person sign in again; with a DPoP proof of this very call where it is bound to a key.',
    },
  },
  'api-scope-missing': {
    status: 403,
    title: { th: 'โทเคนนี้ไม่มีขอบเขต applications', en: 'This token lacks the scope applications' },
    next: {
      th: 'ให้เจ้าตัวเข้าสู่ระบบและยินยอมขอบเขต applications แล้วเรียกด้วยโทเคนใหม่',
      en: 'Let the person sign in and agree to the scope applications, and call with the new token.',
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
  'api-type-unsupported': {
    status: 415,
    title: { th: 'ไม่รับข้อมูลชนิดนี้', en: 'Data of this type is not taken here' },
    next: {
      th: 'ส่ง application/json หรือ multipart/form-data เมื่อส่งไฟล์ ตามที่ openapi.json ของบริการบอก',
      en: "Send application/json, or multipart/form-data with a file, as the service's openapi.json says.",
    },
  },
  'api-mandate-malformed': {
    status: 400,
    title: { th: 'Sapan-Mandate ไม่ใช่รหัสการมอบอำนาจ', en: 'Sapan-Mandate names no mandate' },
    next: {
      th: 'ส่งรหัส (UUID) ของการมอบอำนาจที่เจ้าตัวถืออยู่ หรือไม่ส่งหัวข้อความนี้เมื่อทำเพื่อเจ้าตัว',
      en: 'Send the id (a UUID) of a mandate that the person has, or leave the header out where it is for themselves.',
    },
  },
  'api-query-malformed': {
    status: 400,
    title: { th: 'ส่วนของรายการที่ขอไม่ถูกต้อง', en: 'No such part of the list' },
    next: {
      th: 'ให้ limit เป็น 1 ถึง 100 และ after เป็นค่า next ของคำตอบก่อนหน้า',
      en: 'Let limit be 1 to 100, and after the next of the answer before.',
    },
  },
  'api-key-malformed': {
    status: 400,
    title: { th: 'Idempotency-Key ไม่ถูกรูปแบบ', en: 'The Idempotency-Key is not one' },
    next: {
      th: 'ส่งข้อความในเครื่องหมายคำพูดไม่เกิน 255 ตัว เช่น UUID ใหม่ของแต่ละคำขอ',
      en: 'Send a quoted text of at most 255 letters, such as a new UUID for each request.',
    },
  },
  'api-key-reused': {
    status: 422,
    title: { th: 'Idempotency-Key นี้ใช้กับคำขออื่นแล้ว', en: 'This Idempotency-Key was used for another request' },
    next: {
      th: 'ใช้คีย์ใหม่กับคำขอใหม่ หรือส่งคำขอเดิมให้เหมือนเดิมทุกประการ',
      en: 'Take a new key for a new request, or send the request as it was.',
    },
  },
  'api-in-flight': {
    status: 409,
    title: { th: 'คำขอเดียวกันนี้กำลังดำเนินการอยู่', en: 'The same request is being worked on' },
    next: {
      th: 'รอตาม Retry-After แล้วส่งคำขอเดิมด้วยคีย์เดิม จะได้คำตอบเดียวกัน',
      en: 'Wait as Retry-After says, and send the same under the same key: it gets the same answer.',
    },
  },
  'api-precondition-needed': {
    status: 428,
    title: { th: 'ไม่ได้บอกว่าเห็นฉบับใด', en: 'It was not said which state was seen' },
    next: {
      th: 'ส่ง If-Match เป็น ETag ของแบบหรือเรื่องที่อ่านครั้งล่าสุด',
      en: 'Send If-Match with the ETag of the draft or application as you read it last.',
    },
  },
  'api-precondition-failed': {
    status: 412,
    title: { th: 'สิ่งนี้เปลี่ยนไปแล้วหลังจากที่อ่าน', en: 'It changed since it was read' },
    next: {
      th: 'อ่านอีกครั้ง รวมสิ่งที่เปลี่ยนกับของคุณ แล้วส่งใหม่ด้วย ETag ใหม่',
      en: 'Read it again, bring both together, and send it with the new ETag.',
    },
  },
  'api-file-unknown': {
    status: 404,
    title: { th: 'แบบนี้ไม่มีไฟล์นี้', en: 'The draft has no such file' },
    next: {
      th: 'อ่านแบบอีกครั้ง รหัสไฟล์อยู่ใน answers',
      en: 'Read the draft again: its answers name their files.',
    },
  },
  'api-document-unknown': {
    status: 404,
    title: { th: 'คำขอนี้ไม่มีเอกสารนี้', en: 'The application has no such document' },
    next: {
      th: 'อ่านคำขออีกครั้ง เอกสารที่ออกแล้วอยู่ใน documents',
      en: 'Read the application again: what was issued is in documents.',
    },
  },
  'api-payment-unknown': {
    status: 404,
    title: { th: 'คำขอนี้ไม่มีรายการชำระเงินนี้', en: 'The application has no such payment' },
    next: {
      th: 'อ่านคำขออีกครั้ง รายการที่ต้องชำระอยู่ใน payments',
      en: 'Read the application again: what is to be paid is in payments.',
    },
  },
  'api-level-too-low': {
    status: 401,
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
