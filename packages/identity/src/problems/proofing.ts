import { defineProblems } from '@sapan/kernel'

const otherWays = {
  th: 'ลองใหม่ภายหลัง หรือเลือกวิธีอื่นในหน้าพิสูจน์ตัวตน เช่น ThaID หรือพบเจ้าหน้าที่',
  en: 'Try again later, or choose another way on the proofing page, such as ThaID or seeing an officer.',
}

/** What can go wrong while somebody proves who they are. */
export const proofingProblems = defineProblems({
  'proofing-no-match': {
    status: 422,
    title: { th: 'ข้อมูลไม่ตรงกับทะเบียน', en: 'What you entered does not agree with the register' },
    next: {
      th: 'ตรวจทุกช่องกับหลักฐานของคุณแล้วลองใหม่ เราไม่ทราบว่าช่องใดไม่ตรง',
      en: 'Check every field against your document and try again. We are not told which of them differs.',
    },
  },
  'proofing-too-many-attempts': {
    status: 429,
    title: { th: 'ลองหลายครั้งเกินไปแล้ว', en: 'Too many attempts' },
    next: {
      th: 'รอจนครบเวลาที่บอก หรือเลือกวิธีอื่น เช่น ThaID หรือพบเจ้าหน้าที่ ซึ่งใช้ได้ทันที',
      en: 'Wait for the time named, or choose another way now, such as ThaID or seeing an officer.',
    },
  },
  'proofing-register-unavailable': {
    status: 503,
    title: { th: 'ทะเบียนที่ต้องถามใช้งานไม่ได้ชั่วคราว', en: 'The register that we must ask cannot answer now' },
    next: otherWays,
  },
  'proofing-document-not-valid': {
    status: 422,
    title: { th: 'หลักฐานนี้หมดอายุหรือถูกยกเลิก', en: 'This document has expired or was cancelled' },
    next: {
      th: 'ใช้หลักฐานที่ยังไม่หมดอายุ หรือทำบัตรใหม่ที่สำนักทะเบียน',
      en: 'Use a document that is valid, or get a new one at a registration office.',
    },
  },
  'proofing-number-in-use': {
    status: 409,
    title: { th: 'เลขนี้มีบัญชีอยู่แล้ว', en: 'There is an account with this number already' },
    next: {
      th: 'เข้าสู่ระบบด้วยบัญชีเดิม หรือกู้คืนบัญชีเดิม ประวัติและอำนาจทำการแทนจะยังอยู่',
      en: 'Sign in with that account, or recover it: its history and mandates are kept.',
    },
  },
  'proofing-other-person': {
    status: 409,
    title: { th: 'บัญชีนี้เป็นของบุคคลอื่นแล้ว', en: 'This account has been proved to be someone else’s' },
    next: {
      th: 'บัญชีหนึ่งเป็นของคนเดียว ออกจากระบบ แล้วใช้บัญชีของคุณเอง',
      en: 'An account is one person’s. Sign out, and use an account of your own.',
    },
  },
  'proofing-person-dead': {
    status: 422,
    title: { th: 'ทะเบียนระบุว่าบุคคลนี้เสียชีวิตแล้ว', en: 'The register says that this person has died' },
    next: {
      th: 'หากไม่ถูกต้อง ติดต่อที่ว่าการอำเภอหรือสำนักงานเขตพร้อมหลักฐาน',
      en: 'If that is wrong, go to a district registration office with your documents.',
    },
  },
  'passport-lines-unreadable': {
    status: 422,
    title: {
      th: 'อ่านแถบตัวอักษรท้ายหนังสือเดินทางไม่ได้',
      en: 'The lines at the foot of the passport cannot be read',
    },
    next: {
      th: 'คัดลอกทุกบรรทัดจากท้ายหน้ารูปให้ครบทุกตัว รวมเครื่องหมาย <',
      en: 'Copy each line at the foot of the picture page, every character, the < signs too.',
    },
  },
  'passport-check-digit-wrong': {
    status: 422,
    title: { th: 'หลักตรวจสอบในแถบตัวอักษรไม่ถูกต้อง', en: 'A check digit of the passport’s lines is wrong' },
    next: {
      th: 'เทียบส่วนที่ระบุกับหนังสือเดินทางทีละตัว ระวัง 0 กับ O และ 1 กับ I',
      en: 'Compare the part that is named letter by letter. Mind 0 and O, 1 and I.',
    },
  },
  'passport-date-impossible': {
    status: 422,
    title: { th: 'วันที่ในแถบตัวอักษรไม่มีในปฏิทิน', en: 'A date in the passport’s lines does not exist' },
    next: {
      th: 'เทียบวันที่ที่ระบุกับหนังสือเดินทางทีละตัว',
      en: 'Compare the date that is named with the passport, digit by digit.',
    },
  },
  'sign-in-elsewhere-failed': {
    status: 422,
    title: { th: 'การเข้าใช้ที่ผู้ให้บริการอื่นไม่สำเร็จ', en: 'The sign-in with the other provider did not succeed' },
    next: { th: 'เริ่มใหม่จากหน้าพิสูจน์ตัวตน', en: 'Begin again from the proofing page.' },
  },
  'counter-not-allowed': {
    status: 403,
    title: { th: 'คุณไม่มีหน้าที่พิสูจน์ตัวตนที่เคาน์เตอร์', en: 'You do not have the duty to proof people at a counter' },
    next: {
      th: 'ขอหน้าที่นายทะเบียนจากผู้ดูแลของหน่วยงาน',
      en: 'Ask your agency’s administrator for the duty of registrar.',
    },
  },
  'counter-own-identity': {
    status: 403,
    title: { th: 'เจ้าหน้าที่พิสูจน์ตัวตนของตนเองไม่ได้', en: 'An officer cannot proof themselves' },
    next: { th: 'ให้เจ้าหน้าที่คนอื่นตรวจ', en: 'Let another officer do it.' },
  },
  'counter-visit-not-found': {
    status: 404,
    title: { th: 'ไม่พบรายการที่เคาน์เตอร์นี้', en: 'There is no such visit at the counter' },
    next: { th: 'ค้นหาบุคคลด้วยเลขใหม่อีกครั้ง', en: 'Look the person up by number again.' },
  },
  'counter-check-incomplete': {
    status: 422,
    title: { th: 'ยังตรวจหลักฐานไม่ครบ', en: 'The check is not complete' },
    next: {
      th: 'เลือกหลักฐานสองอย่างที่ต่างกัน อย่างแรกต้องมีรูป และยืนยันว่าเทียบใบหน้าแล้ว',
      en: 'Choose two different pieces of evidence, the first with a picture, and confirm that you compared the face.',
    },
  },
  'enrolment-code-invalid': {
    status: 422,
    title: { th: 'รหัสนี้ใช้ไม่ได้หรือหมดเวลาแล้ว', en: 'This code is wrong or has run out' },
    next: {
      th: 'ตรวจรหัสกับหน้าจอของเจ้าหน้าที่ หรือขอรหัสใหม่',
      en: 'Compare the code with the officer’s screen, or ask for a new one.',
    },
  },
})
