import { defineProblems } from '@sapan/kernel'

/** What can go wrong when an officer signs a document at the desk. */
export const signingRoomProblems = defineProblems({
  'signing-document-not-found': {
    status: 404,
    title: { th: 'ไม่พบเอกสารนี้ในรายการของคุณ', en: 'You have no such document' },
    next: {
      th: 'เลือกเอกสารจากหน้าลงนาม หรืออัปโหลดไฟล์ใหม่',
      en: 'Choose a document on the signing page, or upload the file again.',
    },
  },
  'signing-request-over': {
    status: 410,
    title: { th: 'คำขอลงนามนี้สิ้นสุดแล้ว', en: 'This request to sign is over' },
    next: {
      th: 'เริ่มลงนามใหม่จากหน้าเอกสาร คำขอแต่ละครั้งใช้ได้สิบนาทีและใช้ได้ครั้งเดียว',
      en: 'Begin again from the document: a request holds for ten minutes and is used once.',
    },
  },
  'signing-authenticator-weak': {
    status: 403,
    title: { th: 'วิธีเข้าสู่ระบบนี้ใช้ลงนามไม่ได้', en: 'This way of proving yourself is not enough to sign' },
    next: {
      th: 'ยืนยันตัวตนอีกครั้งด้วยพาสคีย์หรือวิธีที่มีระดับ AAL ตามที่กำหนด',
      en: 'Prove yourself again with a passkey, or another way of the level that signing needs.',
    },
  },
  'signing-confirmation-stale': {
    status: 403,
    title: { th: 'ต้องยืนยันตัวตนอีกครั้งสำหรับการลงนามนี้', en: 'Prove yourself again for this signature' },
    next: {
      th: 'กดยืนยันตัวตนหลังจากเห็นรายการที่จะลงนามแล้ว จากนั้นลงนามภายในห้านาที',
      en: 'Prove yourself after you have seen what is to be signed, and sign within five minutes.',
    },
  },
  'signing-not-confirmed': {
    status: 409,
    title: { th: 'ยังไม่ได้ยืนยันการลงนามบนอุปกรณ์ของคุณ', en: 'The signature is not confirmed on your device yet' },
    next: {
      th: 'เปิดคำขอที่รอคุณตอบบนอุปกรณ์ของคุณ ตรวจเลขให้ตรงกัน แล้วตอบ',
      en: 'Open what waits for your answer on your own device, see that the number is the same, and answer.',
    },
  },
  'signing-declined': {
    status: 403,
    title: { th: 'ไม่มีการลงนามเอกสารนี้', en: 'This document was not signed' },
    next: {
      th: 'ตรวจว่าคุณยังมีหน้าที่ผู้ลงนามและการแต่งตั้งยังไม่สิ้นสุด แล้วเริ่มลงนามใหม่',
      en: 'See that you still have the duty to sign and that your appointment holds, then begin again.',
    },
  },
  'signing-name-missing': {
    status: 409,
    title: { th: 'ยังออกใบรับรองให้คุณไม่ได้', en: 'No certificate can be made for you yet' },
    next: {
      th: 'พิสูจน์ตัวตนกับทะเบียนราษฎรก่อน ใบรับรองต้องมีชื่อที่ตรวจแล้ว',
      en: 'Prove your identity against the population register first: a certificate has a name that was checked.',
    },
  },
  'signing-file-missing': {
    status: 422,
    title: { th: 'ยังไม่ได้เลือกไฟล์ PDF', en: 'No PDF file was chosen' },
    next: { th: 'เลือกไฟล์ PDF ที่จะลงนาม ไม่เกิน 20 MB', en: 'Choose the PDF file to sign, of at most 20 MB.' },
  },
})
