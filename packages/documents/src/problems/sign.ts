import { defineProblems, Problem, type ProblemOptions } from '@sapan/kernel'

/** What can go wrong while a document is signed, stamped or kept checkable. */
export const signProblems = defineProblems({
  'signer-key-mismatch': {
    status: 500,
    title: { th: 'กุญแจลงนามไม่ตรงกับใบรับรอง', en: 'The signing key does not fit its certificate' },
    next: {
      th: 'ตั้งค่าใบรับรองของกุญแจนี้ให้ตรงกัน แล้วลงนามใหม่',
      en: 'Configure the certificate that was issued for this key, then sign again.',
    },
  },
  'signer-certificate-unusable': {
    status: 500,
    title: { th: 'ใบรับรองใช้ลงนามเอกสารไม่ได้', en: 'The certificate cannot be used to sign documents' },
    next: {
      th: 'ใช้ใบรับรองที่ออกให้เพื่อลงนามเอกสาร',
      en: 'Use a certificate that was issued for signing documents.',
    },
  },
  'signer-certificate-expired': {
    status: 422,
    title: { th: 'ใบรับรองของผู้ลงนามหมดอายุแล้ว', en: "The signer's certificate has expired" },
    next: {
      th: 'ขอใบรับรองใหม่ก่อนลงนาม และตรวจนาฬิกาของเครื่อง',
      en: "Get a new certificate before signing, and check the machine's clock.",
    },
  },
  'signer-certificate-not-yet-valid': {
    status: 422,
    title: { th: 'ใบรับรองของผู้ลงนามยังไม่เริ่มมีผล', en: "The signer's certificate is not valid yet" },
    next: {
      th: 'รอให้ถึงวันเริ่มมีผล หรือตรวจนาฬิกาของเครื่อง',
      en: "Wait for its first day, or check the machine's clock.",
    },
  },
  'signer-certificate-revoked': {
    status: 422,
    title: { th: 'ใบรับรองถูกเพิกถอนแล้ว', en: 'A certificate of the signature is revoked' },
    next: {
      th: 'ห้ามลงนามด้วยกุญแจนี้อีก ขอใบรับรองใหม่',
      en: 'Do not sign with this key any more: get a new certificate.',
    },
  },
  'signer-chain-missing': {
    status: 422,
    title: { th: 'ไม่มีใบรับรองของผู้ออกใบรับรอง', en: "The certificate's issuer is missing" },
    next: {
      th: 'ให้ใบรับรองของผู้ออกมาด้วยทุกใบ (--chain) หรือลงนามระดับ B-B หรือ B-T ซึ่งไม่ตรวจการเพิกถอน',
      en: 'Give the certificates above it too (--chain), or sign at level B-B or B-T, which ask about no revocation.',
    },
  },
  'signing-stamp-unavailable': {
    status: 503,
    title: { th: 'ติดต่อผู้ให้บริการประทับเวลาไม่ได้', en: 'The time-stamp authority cannot be reached' },
    next: {
      th: 'ลองใหม่ภายหลัง หรือลงนามระดับ B-B ก่อนแล้วประทับเวลาภายหลังด้วย sapan document renew',
      en: 'Try again later, or sign at level B-B first and have it stamped afterwards with sapan document renew.',
    },
  },
  'signing-stamp-refused': {
    status: 502,
    title: {
      th: 'ผู้ให้บริการประทับเวลาไม่ออกตราประทับ',
      en: 'The time-stamp authority gave no stamp',
    },
    next: {
      th: 'ดูเหตุผลที่แจ้งมา และตรวจที่อยู่กับสิทธิ์ใช้บริการ',
      en: 'See the reason given; check the address and the right to use the service.',
    },
  },
  'signing-stamp-invalid': {
    status: 502,
    title: { th: 'ตราประทับเวลาที่ได้รับใช้ไม่ได้', en: 'The time-stamp that came back cannot be used' },
    next: {
      th: 'เอกสารยังไม่ได้ลงนาม แจ้งผู้ให้บริการประทับเวลา หรือใช้ผู้ให้บริการอื่น',
      en: 'Nothing was signed. Tell the time-stamp authority, or use another one.',
    },
  },
  'signing-stamp-time-wrong': {
    status: 502,
    title: { th: 'เวลาในตราประทับไม่ตรงกับนาฬิกา', en: "The time-stamp's time does not agree with the clock" },
    next: {
      th: 'ตรวจนาฬิกาของเครื่อง หากถูกต้อง ให้แจ้งผู้ให้บริการประทับเวลา',
      en: "Check the machine's clock; if it is right, tell the time-stamp authority.",
    },
  },
  'revocation-unavailable': {
    status: 503,
    title: {
      th: 'ตรวจสถานะการเพิกถอนใบรับรองไม่ได้',
      en: 'Whether a certificate is revoked cannot be found out',
    },
    next: {
      th: 'ลองใหม่ภายหลัง หรือลงนามระดับ B-T แล้วเพิ่มข้อมูลสถานะภายหลังด้วย sapan document renew',
      en: 'Try again later, or sign at level B-T and add the status afterwards with sapan document renew.',
    },
  },
  'revocation-unknown': {
    status: 422,
    title: { th: 'ผู้ออกใบรับรองไม่รู้จักใบรับรองนี้', en: 'The issuer does not know the certificate' },
    next: {
      th: 'ตรวจว่าใช้ใบรับรองถูกใบ แล้วสอบถามผู้ออกใบรับรอง',
      en: 'Check that this is the right certificate, then ask its issuer.',
    },
  },
  'revocation-stale': {
    status: 502,
    title: { th: 'ข้อมูลการเพิกถอนใบรับรองเก่าเกินไป', en: 'What is known about revocation is out of date' },
    next: {
      th: 'ลองใหม่ภายหลัง หากยังเป็นอยู่ ให้แจ้งผู้ออกใบรับรอง และตรวจนาฬิกาของเครื่อง',
      en: "Try again later; if it stays so, tell the issuer, and check the machine's clock.",
    },
  },
  'revocation-invalid': {
    status: 502,
    title: { th: 'ข้อมูลการเพิกถอนใบรับรองเชื่อถือไม่ได้', en: 'What came back about revocation cannot be trusted' },
    next: {
      th: 'แจ้งผู้ออกใบรับรอง ข้อมูลผิดรูปแบบหรือลงนามโดยผู้อื่น',
      en: 'Tell the issuer: it is malformed, or signed by someone else.',
    },
  },
  'document-unsignable': {
    status: 422,
    title: { th: 'ลงนามไฟล์นี้ไม่ได้', en: 'This file cannot be signed' },
    next: {
      th: 'ใช้ไฟล์ PDF ที่สมบูรณ์ ตรวจได้ด้วย sapan document check',
      en: 'Use a whole PDF file; sapan document check tells what is wrong with it.',
    },
  },
  'document-encrypted': {
    status: 422,
    title: { th: 'ไฟล์เข้ารหัสไว้', en: 'The file is encrypted' },
    next: {
      th: 'บันทึกเป็นไฟล์ที่ไม่เข้ารหัส เช่นด้วย qpdf --decrypt จากนั้นจึงลงนาม หรือใส่ทั้งไฟล์ในซอง (--out ชื่อ.asice)',
      en: 'Save it without encryption (qpdf --decrypt does), then sign it; or put it into a container as it is (--out NAME.asice).',
    },
  },
  'signature-field-taken': {
    status: 409,
    title: { th: 'ช่องลายมือชื่อนี้ลงนามแล้ว', en: 'This signature field is signed already' },
    next: {
      th: 'ระบุช่องอื่นที่ยังว่าง หรือชื่อใหม่เพื่อเพิ่มช่อง',
      en: 'Name another field that is empty, or a new name to add one.',
    },
  },
  'signature-field-unusable': {
    status: 422,
    title: { th: 'ใช้ช่องลายมือชื่อนี้ไม่ได้', en: 'This signature field cannot be used' },
    next: {
      th: 'ระบุช่องลายมือชื่อ หน้า และตำแหน่งที่มีอยู่จริง',
      en: 'Name a signature field, a page and a place that exist.',
    },
  },
  'signature-field-demands': {
    status: 422,
    title: {
      th: 'ลายมือชื่อไม่ตรงตามเงื่อนไขของช่องลายมือชื่อ',
      en: 'The signature would not meet what its field demands',
    },
    next: {
      th: 'ทำตามเงื่อนไขที่แจ้งแล้วลงนามใหม่ หรือใช้ช่องอื่น หากเงื่อนไขไม่ถูกต้อง ให้แจ้งผู้จัดทำเอกสาร',
      en: 'Do what the field demands and sign again, or use another field; where the demand is wrong, tell the maker of the document.',
    },
  },
  'document-locked': {
    status: 409,
    title: { th: 'เอกสารไม่ยอมให้ลงนามเพิ่ม', en: 'The document permits no further signature' },
    next: {
      th: 'ลงนามในช่องว่างที่เอกสารเตรียมไว้ หรือลงนามแบบมองไม่เห็น หากไม่ได้ ขอฉบับที่ยังลงนามเพิ่มได้จากผู้จัดทำ',
      en: 'Sign in an empty field that it has, or unseen; where it was closed wholly, ask its maker for one that may still be signed.',
    },
  },
  'certification-not-first': {
    status: 409,
    title: {
      th: 'การรับรองเอกสารต้องเป็นลายมือชื่อแรก',
      en: 'Only the first signature can certify a document',
    },
    next: {
      th: 'ลงนามโดยไม่รับรอง (ไม่ใส่ --certify) หรือรับรองฉบับที่ยังไม่มีผู้ลงนาม',
      en: 'Sign without certifying (leave --certify out), or certify the document before others sign it.',
    },
  },
  'signature-appearance-unusable': {
    status: 422,
    title: { th: 'วาดลายมือชื่อที่มองเห็นไม่ได้', en: 'The visible signature cannot be drawn' },
    next: {
      th: 'ใช้ข้อความที่สั้นลง กรอบที่ใหญ่ขึ้น และอักขระที่ฟอนต์มี',
      en: 'Use a shorter text, a larger box, and characters that the font has.',
    },
  },
  'container-file-unusable': {
    status: 422,
    title: { th: 'ใส่ไฟล์นี้ในซอง ASiC ไม่ได้', en: 'This file cannot go into an ASiC container' },
    next: {
      th: 'ใช้ชื่อไฟล์ที่ไม่ซ้ำ ไม่มีเส้นทางย้อนกลับ และไม่ขึ้นต้นด้วย META-INF',
      en: 'Use names that differ, without ".." and not under META-INF.',
    },
  },
  'document-unrenewable': {
    status: 422,
    title: { th: 'ต่ออายุเอกสารนี้ไม่ได้', en: 'This document cannot be renewed' },
    next: {
      th: 'ดูด้วย sapan document check แล้วขอฉบับที่ถูกต้องจากผู้จัดทำ การต่ออายุไม่ทำให้ลายมือชื่อที่เสียแล้วกลับมาถูกต้อง',
      en: 'See what sapan document check says, and ask its maker for the right one: renewal mends no broken signature.',
    },
  },
  'container-unrenewable': {
    status: 422,
    title: {
      th: 'ลงนามเพิ่มหรือต่ออายุซอง ASiC นี้ไม่ได้',
      en: 'This ASiC container cannot be signed again or renewed',
    },
    next: {
      th: 'ตรวจซองด้วย sapan document check หากลายมือชื่อยังถูกต้อง ให้ใส่ซองทั้งไฟล์ในซองใหม่แล้วลงนาม',
      en: 'Look at it with sapan document check; if its signatures hold, put the whole container into a new one and sign that.',
    },
  },
})

export type SignProblemCode = keyof typeof signProblems

/** A problem of signing, to be thrown. `thai` and `english` say what it is this time. */
export function signProblem(
  code: SignProblemCode,
  thai?: string,
  english?: string,
  options: Omit<ProblemOptions, 'detail'> = {},
): Problem {
  if (thai === undefined || english === undefined) return new Problem(signProblems[code], options)
  return new Problem(signProblems[code], { ...options, detail: { th: thai, en: english } })
}
