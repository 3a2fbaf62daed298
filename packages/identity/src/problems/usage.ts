import { defineProblems } from '@sapan/kernel'

/** What can go wrong when a person looks who has looked. */
export const usageProblems = defineProblems({
  'usage-page-over': {
    status: 404,
    title: { th: 'รายการนี้หมดเวลาแล้ว', en: 'This list is no longer kept' },
    next: { th: 'เปิดหน้า “ใครดูข้อมูลของฉัน” ใหม่', en: 'Open “Who looked at my data” again.' },
  },
  'usage-unidentified': {
    status: 403,
    title: {
      th: 'ยังไม่ทราบว่าหน่วยงานรู้จักคุณด้วยเลขใด',
      en: 'It is not known yet by which number agencies know you',
    },
    next: {
      th: 'พิสูจน์ตัวตนที่หน้าของฉัน แล้วเปิดหน้านี้อีกครั้ง',
      en: 'Prove who you are on your page, then open this page again.',
    },
  },
  'usage-question-empty': {
    status: 422,
    title: { th: 'ยังไม่ได้เขียนคำถาม', en: 'There is no question yet' },
    next: { th: 'เขียนว่าต้องการทราบอะไร', en: 'Write what you want to know.' },
  },
})
