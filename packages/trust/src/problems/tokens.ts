import { defineProblems } from '@sapan/kernel'

/** What can go wrong with keys in a token (PKCS#11). */
export const tokenProblems = defineProblems({
  'token-module-unusable': {
    status: 500,
    title: { th: 'ใช้โมดูล PKCS#11 ไม่ได้', en: 'The PKCS#11 module cannot be used' },
    next: {
      th: 'ตรวจที่อยู่แฟ้มโมดูลของผู้ผลิตโทเค็น สถาปัตยกรรมของเครื่อง และว่า Node ของ Sapan รองรับ node:ffi',
      en: "Check the path of the maker's module, that it is for this machine, and that Sapan's Node has node:ffi.",
    },
  },
  'token-not-found': {
    status: 503,
    title: { th: 'ไม่พบโทเค็น', en: 'The token is not there' },
    next: {
      th: 'เสียบโทเค็น ตรวจป้ายชื่อหรือหมายเลขช่อง แล้วลองใหม่',
      en: 'Insert the token, check its label or slot number, and try again.',
    },
  },
  'token-ambiguous': {
    status: 409,
    title: { th: 'มีโทเค็นหรือกุญแจที่ตรงกันหลายรายการ', en: 'Several tokens or keys fit' },
    next: {
      th: 'ระบุหมายเลขช่อง หรือรหัสกุญแจ (id) แทนป้ายชื่อ',
      en: "Name the slot's number, or the key's id instead of its label.",
    },
  },
  'token-pin-wrong': {
    status: 403,
    title: { th: 'โทเค็นไม่รับ PIN', en: 'The token refused the PIN' },
    next: {
      th: 'อย่าให้โปรแกรมลองซ้ำ โทเค็นจะล็อกตัวเอง ตรวจ PIN แล้วเปิดกุญแจใหม่ด้วย PIN ที่ถูกต้อง',
      en: 'Let no program try again: the token locks itself. Check the PIN, then open the key anew with the right one.',
    },
  },
  'token-pin-locked': {
    status: 403,
    title: {
      th: 'PIN ของโทเค็นถูกล็อก หรือเหลือการลองครั้งสุดท้าย',
      en: "The token's PIN is locked, or has one try left",
    },
    next: {
      th: 'ปลดล็อกหรือป้อน PIN ด้วยเครื่องมือของผู้ผลิตโทเค็น',
      en: "Unlock it, or enter the PIN, with the token maker's own tool.",
    },
  },
  'token-key-not-found': {
    status: 404,
    title: { th: 'ไม่พบกุญแจหรือใบรับรองในโทเค็น', en: 'The token has no such key, or no certificate for it' },
    next: {
      th: 'ดูรายการในโทเค็นด้วย pkcs11-tool --list-objects แล้วระบุป้ายชื่อหรือ id ที่มี หรือให้ใบรับรองมาด้วย',
      en: 'List the token with pkcs11-tool --list-objects; name a label or id that is there, or give the certificate.',
    },
  },
  'token-mechanism-unsupported': {
    status: 422,
    title: { th: 'โทเค็นไม่รองรับวิธีลงนามนี้', en: 'The token does not sign that way' },
    next: {
      th: 'เลือกอัลกอริทึมที่โทเค็นรองรับ เช่น rsa-pkcs1-sha256 แทน rsa-pss-sha256',
      en: 'Choose an algorithm that the token has, such as rsa-pkcs1-sha256 instead of rsa-pss-sha256.',
    },
  },
  'token-unavailable': {
    status: 503,
    title: { th: 'โทเค็นไม่ตอบ หรือถูกถอดระหว่างใช้', en: 'The token does not answer, or was taken out' },
    next: {
      th: 'เสียบโทเค็นให้แน่น แล้วลงนามอีกครั้ง ไม่มีลายมือชื่อใดถูกส่งออกไป',
      en: 'Insert the token again and sign once more. No signature was given out.',
    },
  },
})
