import { defineProblems } from '@sapan/kernel'

/** What strangers meet who ask too often, or when too many ask at once. */
export const admissionProblems = defineProblems({
  'asked-too-often': {
    status: 429,
    title: {
      th: 'มีการขอจากเครือข่ายหรืออุปกรณ์นี้บ่อยเกินไป',
      en: 'Your network or device has asked for this too often',
    },
    next: {
      th: 'รอตามเวลาที่แจ้ง แล้วย้อนกลับไปลองใหม่ อุปกรณ์ที่คุณเคยใช้เข้าสู่ระบบไม่ถูกนับรวมกับผู้อื่น',
      en: 'Wait as long as it says, go back and try again. A device from which you signed in before is not counted together with others.',
    },
  },
  'place-in-line': {
    status: 429,
    title: {
      th: 'ขณะนี้มีผู้ใช้จำนวนมาก เราเก็บคิวไว้ให้คุณ',
      en: 'Many people ask at this moment; your place in the line is kept',
    },
    next: {
      th: 'รอตามเวลาที่แจ้ง แล้วย้อนกลับไปส่งอีกครั้งในหน้าเดิม คิวของคุณใช้ได้ 15 นาทีหลังจากนั้น',
      en: 'Wait as long as it says, then go back and send the same page again. Your place is kept for 15 minutes after that.',
    },
  },
})
