import { defineProblems } from '@sapan/kernel'

/** What can go wrong when a data-protection officer decides on an unusual access. */
export const accessProblems = defineProblems({
  'access-about-oneself': {
    status: 403,
    title: { th: 'ตัดสินการเข้าถึงของตนเองไม่ได้', en: 'Nobody decides on an access of their own' },
    next: {
      th: 'มอบงานนี้ให้เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคลคนอื่นของหน่วยงาน',
      en: 'Give this task to another data-protection officer of your agency.',
    },
  },
})
