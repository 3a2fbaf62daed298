import { defineProblems } from '@sapan/kernel'

/** What an officer can meet in the frame of the desk. */
export const deskProblems = defineProblems({
  'desk-appointment-unknown': {
    status: 404,
    title: { th: 'ไม่พบการแต่งตั้งนี้', en: 'There is no such appointment' },
    next: {
      th: 'เปิดรายการตำแหน่งของคุณใหม่ การแต่งตั้งนี้อาจสิ้นสุดแล้ว',
      en: 'Open the list of your appointments again: this one may have ended.',
    },
  },
})
