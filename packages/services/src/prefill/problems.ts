import { defineProblems } from '@sapan/kernel'

/** What can go wrong with what registers say. A register that is down is none: the form is typed. */
export const factProblems = defineProblems({
  'fact-not-found': {
    status: 404,
    title: { th: 'ไม่พบข้อมูลนี้', en: 'There is no such data' },
    next: {
      th: 'กลับไปที่หน้าข้อมูลจากหน่วยงานของแบบฟอร์ม ข้อมูลที่ไม่ได้เลือกใช้จะไม่ถูกเก็บไว้ ขอใหม่ได้จากหน้านั้น',
      en: 'Go back to the form’s page of what agencies know. What you did not choose to use is not kept; ask for it there again.',
    },
  },
})
