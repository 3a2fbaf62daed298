import { defineProblems } from '@sapan/kernel'

/** What the stand-in registers answer when they cannot do what was asked. */
export const sandboxProblems = defineProblems({
  'register-request-invalid': {
    status: 400,
    title: { th: 'คำขอถึงทะเบียนไม่ถูกต้อง', en: 'The request to the register is not valid' },
    next: {
      th: 'แก้ค่าที่ระบุไว้ตามคำอธิบายของบริการ แล้วส่งใหม่',
      en: 'Mend the named value as the service’s description says, then send it again.',
    },
  },
  'register-not-found': {
    status: 404,
    title: { th: 'ไม่พบในทะเบียน', en: 'The register has no such entry' },
    next: {
      th: 'ตรวจสอบเลขหรือรหัส แซนด์บ็อกซ์มีเฉพาะข้อมูลสังเคราะห์ของตนเอง',
      en: 'Check the number or code. The sandbox only knows its own synthetic entries.',
    },
  },
  'register-conflict': {
    status: 409,
    title: { th: 'ขัดกับข้อมูลในทะเบียน', en: 'The register’s entry does not allow this' },
    next: {
      th: 'อ่านข้อมูลล่าสุดจากทะเบียน แล้วแก้คำขอให้ตรงกัน',
      en: 'Read the entry as it is now, then change the request to fit.',
    },
  },
  'idempotency-key-missing': {
    status: 400,
    title: { th: 'ไม่มีหัวข้อ Idempotency-Key', en: 'The Idempotency-Key header is missing' },
    next: {
      th: 'ใส่ Idempotency-Key ที่ไม่ซ้ำกับคำขออื่น 8 ถึง 128 ตัวอักษร แล้วส่งใหม่',
      en: 'Add an Idempotency-Key of your own, 8 to 128 characters, then send it again.',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    title: { th: 'ใช้ Idempotency-Key ซ้ำกับคำขออื่น', en: 'The Idempotency-Key belongs to another request' },
    next: {
      th: 'ใช้กุญแจใหม่สำหรับคำขอใหม่ ใช้กุญแจเดิมเฉพาะเมื่อส่งคำขอเดิมซ้ำ',
      en: 'Take a new key for a new request; keep a key only to send the same request again.',
    },
  },
  'register-too-many-checks': {
    status: 429,
    title: {
      th: 'มีการตรวจสอบเลขนี้ถี่เกินไป',
      en: 'This number was checked too often in a short time',
    },
    next: { th: 'รอหนึ่งนาทีแล้วลองใหม่', en: 'Wait a minute, then try again.' },
  },
  'register-unavailable': {
    status: 503,
    title: { th: 'ทะเบียนใช้งานไม่ได้ชั่วคราว', en: 'The register cannot answer for now' },
    next: { th: 'รอสักครู่แล้วลองใหม่', en: 'Wait a moment, then try again.' },
  },
})
