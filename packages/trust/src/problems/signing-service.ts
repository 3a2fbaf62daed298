import { defineProblems } from '@sapan/kernel'

/** What can go wrong with a key that a signing service keeps (CSC API). */
export const signingServiceProblems = defineProblems({
  'signing-service-unavailable': {
    status: 503,
    title: { th: 'ติดต่อบริการลงนามไม่ได้', en: 'The signing service cannot be reached' },
    next: {
      th: 'ตรวจที่อยู่และเครือข่าย แล้วลงนามอีกครั้ง ระบบไม่ส่งคำขอลงนามซ้ำเอง',
      en: 'Check the address and the network, then sign again. A request to sign is never repeated by itself.',
    },
  },
  'signing-service-refused': {
    status: 502,
    title: { th: 'บริการลงนามปฏิเสธคำขอ', en: 'The signing service refused the request' },
    next: {
      th: 'ดูเหตุผลที่บริการแจ้ง ตรวจรหัสกุญแจ (credentialID) และอัลกอริทึม',
      en: "See the service's reason; check the credentialID and the algorithm.",
    },
  },
  'signing-service-token-refused': {
    status: 401,
    title: { th: 'บริการลงนามไม่รับโทเค็นการเข้าถึง', en: 'The signing service refused the access token' },
    next: {
      th: 'ขอโทเค็นใหม่จากผู้ให้บริการลงนาม แล้วลองอีกครั้ง',
      en: "Get a new token from the signing service's operator, then try again.",
    },
  },
  'signing-not-authorized': {
    status: 403,
    title: { th: 'ผู้ลงนามไม่ได้อนุญาตการลงนามนี้', en: 'The signer did not authorise this signature' },
    next: {
      th: 'ตรวจ PIN หรือ OTP แล้วให้ผู้ลงนามอนุญาตใหม่ หาก PIN ผิดหลายครั้ง กุญแจจะถูกปิดชั่วคราว',
      en: 'Check PIN or OTP and have the signer authorise anew. After several wrong ones the key is closed for a while.',
    },
  },
  'signing-service-answer-invalid': {
    status: 502,
    title: { th: 'คำตอบของบริการลงนามใช้ไม่ได้', en: "The signing service's answer cannot be used" },
    next: {
      th: 'แจ้งผู้ให้บริการลงนาม ลายมือชื่อที่ได้ไม่ถูกนำไปใช้',
      en: "Tell the signing service's operator. No signature that came was used.",
    },
  },
})
