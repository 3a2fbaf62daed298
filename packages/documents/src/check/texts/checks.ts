import type { Text } from '@sapan/kernel'

/** What the checker looks at, each with what it says when it holds and when it does not. */
export const checkTexts = {
  'format-readable': {
    holds: { th: 'อ่านโครงสร้างลายมือชื่อได้', en: 'The signature can be read' },
    fails: {
      th: 'อ่านโครงสร้างลายมือชื่อไม่ได้ หรือไม่ถูกรูปแบบ',
      en: 'The signature cannot be read, or its form is wrong',
    },
  },
  'byte-range': {
    holds: {
      th: 'ลายมือชื่อครอบคลุมไฟล์ทั้งฉบับที่ลงนาม',
      en: 'The signature covers the whole of the file as it was signed',
    },
    fails: { th: 'ลายมือชื่อไม่ครอบคลุมไฟล์ทั้งฉบับ', en: 'The signature does not cover the whole file' },
  },
  'signed-attributes': {
    holds: { th: 'คุณลักษณะที่ลงนามครบถ้วน', en: 'The signed attributes are complete' },
    fails: { th: 'คุณลักษณะที่ลงนามขาดหรือขัดกัน', en: 'Signed attributes are missing or contradict each other' },
  },
  'one-signer': {
    holds: { th: 'มีผู้ลงนามหนึ่งรายในลายมือชื่อนี้', en: 'The signature has one signer' },
    fails: { th: 'โครงสร้างลายมือชื่อไม่ได้มีผู้ลงนามรายเดียว', en: 'The signature does not have exactly one signer' },
  },
  'container-form': {
    holds: { th: 'โครงสร้างซองถูกต้อง', en: 'The container is well formed' },
    fails: { th: 'โครงสร้างซองไม่ถูกต้อง', en: 'The container is not well formed' },
  },
  'signing-certificate': {
    holds: {
      th: 'พบใบรับรองของผู้ลงนาม และตรงกับที่ลงนามอ้างถึง',
      en: 'The signer’s certificate is there and is the one that was signed',
    },
    fails: {
      th: 'ไม่พบใบรับรองของผู้ลงนาม หรือไม่ตรงกับที่ลงนามอ้างถึง',
      en: 'The signer’s certificate is missing, or not the one that was signed',
    },
  },
  'signing-certificate-reference': {
    holds: { th: 'ลายมือชื่อผูกกับใบรับรอง', en: 'The signature is bound to the certificate' },
    fails: { th: 'ลายมือชื่อไม่ได้ผูกกับใบรับรอง', en: 'The signature is not bound to a certificate' },
  },
  'signature-policy': {
    holds: { th: 'นโยบายลายมือชื่อใช้ได้', en: 'The signature policy can be used' },
    fails: { th: 'ไม่มีนโยบายลายมือชื่อที่อ้างถึง', en: 'The signature policy that is named is not at hand' },
  },
  'signed-data-found': {
    holds: { th: 'พบข้อมูลที่ลงนาม', en: 'What was signed is there' },
    fails: { th: 'ไม่พบข้อมูลที่ลงนาม', en: 'What was signed is not there' },
  },
  'signed-data-intact': {
    holds: { th: 'ข้อมูลที่ลงนามไม่ถูกเปลี่ยน', en: 'What was signed is unchanged' },
    fails: { th: 'ข้อมูลถูกเปลี่ยนหลังลงนาม', en: 'What was signed has been changed' },
  },
  'signature-value': {
    holds: { th: 'ลายมือชื่อสร้างด้วยกุญแจของผู้ลงนาม', en: 'The signature was made with the signer’s key' },
    fails: { th: 'ลายมือชื่อไม่ได้สร้างด้วยกุญแจของผู้ลงนาม', en: 'The signature was not made with the signer’s key' },
  },
  'certificate-chain': {
    holds: { th: 'ใบรับรองสืบถึงผู้ที่เราเชื่อถือ', en: 'The certificate leads to an authority that is trusted here' },
    fails: {
      th: 'ใบรับรองสืบไม่ถึงผู้ที่เราเชื่อถือ',
      en: 'The certificate does not lead to an authority that is trusted here',
    },
  },
  'certificate-path': {
    holds: { th: 'สายใบรับรองถูกต้องตามกฎ', en: 'The chain of certificates follows the rules' },
    fails: { th: 'สายใบรับรองผิดกฎ', en: 'The chain of certificates breaks a rule' },
  },
  'certificate-usage': {
    holds: { th: 'ใบรับรองใช้ลงนามได้', en: 'The certificate may be used for this' },
    fails: { th: 'ใบรับรองไม่ได้มีไว้เพื่อการนี้', en: 'The certificate is not for this use' },
  },
  'certificate-validity': {
    holds: { th: 'ใบรับรองอยู่ในอายุ', en: 'The certificates are in their time' },
    fails: { th: 'มีใบรับรองนอกอายุ', en: 'A certificate is outside its time' },
  },
  'revocation-known': {
    holds: { th: 'ทราบสถานะการเพิกถอน', en: 'It is known whether the certificates were revoked' },
    fails: { th: 'ยังไม่ทราบสถานะการเพิกถอน', en: 'It is not known whether a certificate was revoked' },
  },
  'not-revoked': {
    holds: { th: 'ใบรับรองไม่ถูกเพิกถอน', en: 'No certificate is revoked' },
    fails: { th: 'ใบรับรองถูกเพิกถอนหรือถูกระงับ', en: 'A certificate is revoked or suspended' },
  },
  algorithms: {
    holds: { th: 'วิธีเข้ารหัสแข็งแรงพอ ณ เวลานั้น', en: 'The algorithms were strong enough at that time' },
    fails: { th: 'มีวิธีเข้ารหัสที่ไม่แข็งแรงพอ ณ เวลานั้น', en: 'An algorithm was not strong enough at that time' },
  },
  'claimed-time': {
    holds: { th: 'เวลาที่อ้างอยู่ในอายุใบรับรอง', en: 'The claimed time fits the certificate' },
    fails: { th: 'เวลาที่อ้างไม่อยู่ในอายุใบรับรอง', en: 'The claimed time does not fit the certificate' },
  },
  'timestamp-imprint': {
    holds: { th: 'ตราประทับเวลาเป็นของข้อมูลนี้', en: 'The time-stamp is over this data' },
    fails: { th: 'ตราประทับเวลาเป็นของข้อมูลอื่น', en: 'The time-stamp is over something else' },
  },
  'timestamp-valid': {
    holds: { th: 'ตราประทับเวลาเชื่อถือได้', en: 'The time-stamp holds' },
    fails: { th: 'ตราประทับเวลาเชื่อถือไม่ได้', en: 'The time-stamp does not hold' },
  },
  'timestamp-order': {
    holds: { th: 'ลำดับเวลาสอดคล้องกัน', en: 'The times agree with each other' },
    fails: { th: 'ลำดับเวลาขัดกัน', en: 'The times contradict each other' },
  },
  'proof-of-existence': {
    holds: {
      th: 'มีหลักฐานว่าลายมือชื่อมีอยู่ก่อนใบรับรองสิ้นผล',
      en: 'It is proved that the signature was there while the certificate was good',
    },
    fails: {
      th: 'ไม่มีหลักฐานว่าลายมือชื่อมีอยู่ก่อนใบรับรองสิ้นผล',
      en: 'It is not proved that the signature was there while the certificate was good',
    },
  },
  'seed-values': {
    holds: {
      th: 'ลายมือชื่อเป็นไปตามเงื่อนไขที่ช่องลายมือชื่อกำหนด',
      en: 'The signature meets the conditions that its field sets',
    },
    fails: {
      th: 'ลายมือชื่อไม่เป็นไปตามเงื่อนไขที่ช่องลายมือชื่อกำหนด',
      en: 'The signature does not meet the conditions that its field sets',
    },
  },
  'changes-after': {
    holds: { th: 'ไม่มีการเปลี่ยนสิ่งที่ลงนามไว้ภายหลัง', en: 'Nothing that was signed was altered later' },
    fails: {
      th: 'มีการเปลี่ยนภายหลังที่ลายมือชื่อไม่อนุญาต',
      en: 'The file was altered later in a way that the signature does not permit',
    },
  },
} as const satisfies Record<string, { holds: Text; fails: Text }>

export type CheckId = keyof typeof checkTexts
