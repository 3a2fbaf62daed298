import { defineProblems } from '@sapan/kernel'

/** What can go wrong with clients, sessions and consents at the OpenID provider. */
export const providerProblems = defineProblems({
  'sign-in-client-invalid': {
    status: 422,
    title: { th: 'ข้อมูลลงทะเบียนแอปไม่ถูกต้อง', en: 'The registration of a client is not right' },
    next: {
      th: 'แก้ไขตำแหน่งที่ระบุ แล้วส่งใหม่ ยังไม่มีสิ่งใดเปลี่ยนแปลง',
      en: 'Correct the place that is named and send it again. Nothing was changed.',
    },
  },
  'sign-in-client-unknown': {
    status: 404,
    title: { th: 'ไม่พบแอปนี้', en: 'There is no such client' },
    next: {
      th: 'ตรวจรหัสแอป หรือลงทะเบียนแอปก่อน',
      en: 'Check the id of the client, or register it first.',
    },
  },
  'sign-in-client-taken': {
    status: 409,
    title: { th: 'มีแอปรหัสนี้แล้ว', en: 'A client of this id is there already' },
    next: { th: 'เลือกรหัสอื่น หรือแก้ไขแอปเดิม', en: 'Choose another id, or change the client that is there.' },
  },
  'session-unknown': {
    status: 404,
    title: { th: 'ไม่พบการเข้าใช้นี้', en: 'There is no such session' },
    next: {
      th: 'เปิดรายการการเข้าใช้ของคุณใหม่ การเข้าใช้นี้อาจสิ้นสุดแล้ว',
      en: 'Open the list of your sessions again: this one may have ended.',
    },
  },
  'claims-consent-unknown': {
    status: 404,
    title: { th: 'ไม่พบความยินยอมนี้', en: 'There is no such consent' },
    next: {
      th: 'เปิดรายการความยินยอมของคุณใหม่ ความยินยอมนี้อาจถูกถอนหรือหมดอายุแล้ว',
      en: 'Open the list of your consents again: this one may be withdrawn or over.',
    },
  },
  'question-unknown': {
    status: 404,
    title: { th: 'ไม่พบคำขอนี้', en: 'There is no such request' },
    next: {
      th: 'เปิดรายการคำขอของคุณใหม่ คำขออาจหมดอายุหรือตอบไปแล้ว',
      en: 'Open the list of your requests again: this one may be over or answered.',
    },
  },
  'level-needed': {
    status: 403,
    title: { th: 'ต้องยืนยันตัวตนให้แน่นหนากว่านี้', en: 'A stronger proof of who you are is needed' },
    next: {
      th: 'ยืนยันตัวตนในระดับที่บริการนี้ต้องการ แล้วตอบคำขออีกครั้ง',
      en: 'Prove who you are at the level that the service needs, then answer the request again.',
    },
  },
  'system-token-needed': {
    status: 401,
    title: { th: 'ไม่รู้ว่าระบบใดเรียก', en: 'It is not known which system calls' },
    next: {
      th: 'ขอโทเคนใหม่ด้วย client_credentials พร้อมขอบเขตที่ต้องใช้ แล้วเรียกอีกครั้งโดยแนบหลักฐาน DPoP ของการเรียกนี้ถ้าโทเคนผูกกับกุญแจ',
      en: 'Get a token by client_credentials with the scope that is needed, and call again; with a DPoP proof of this very call where the token is bound to a key.',
    },
  },
  'sign-in-over': {
    status: 400,
    title: { th: 'การเข้าใช้ครั้งนี้สิ้นสุดแล้ว', en: 'This sign-in is over' },
    next: {
      th: 'กลับไปที่บริการที่คุณต้องการใช้ แล้วเริ่มเข้าใช้ใหม่',
      en: 'Go back to the service that you want to use, and sign in again.',
    },
  },
  'sign-in-request-refused': {
    status: 400,
    title: { th: 'เข้าใช้บริการนี้ไม่ได้', en: 'You cannot be signed in to this service' },
    next: {
      th: 'กลับไปที่บริการแล้วเริ่มใหม่ หากยังไม่ได้ แจ้งผู้ดูแลบริการนั้นพร้อมรหัสที่แสดง',
      en: 'Go back to the service and begin again. If that does not help, tell those who run it the code shown.',
    },
  },
})
