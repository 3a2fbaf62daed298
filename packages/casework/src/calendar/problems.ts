import { defineProblems } from '@sapan/kernel'

/** Problems of the calendar of working days. */
export const calendarProblems = defineProblems({
  'calendar-day-past': {
    status: 409,
    title: { th: 'แก้ปฏิทินของวันที่ผ่านไปแล้วไม่ได้', en: 'A day that is over cannot be changed' },
    next: {
      th: 'เลือกวันนี้หรือวันหลังจากนี้ กำหนดที่นับไปแล้วไม่เปลี่ยนย้อนหลัง',
      en: 'Choose today or a later day. What was counted by earlier days stays as it was.',
    },
  },
  'calendar-not-yours': {
    status: 403,
    title: {
      th: 'ปฏิทินวันทำการแก้ได้โดยหน่วยงานผู้ให้บริการระบบเท่านั้น',
      en: 'The calendar is kept by the agency that runs this system',
    },
    next: {
      th: 'แจ้งผู้ดูแลระบบของหน่วยงานผู้ให้บริการ พร้อมมติคณะรัฐมนตรี',
      en: "Tell an administrator of that agency, with the cabinet's resolution.",
    },
  },
})
