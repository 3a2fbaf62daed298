import { defineProblems } from '@sapan/kernel'

/** Problems of putting definitions in force. */
export const definitionProblems = defineProblems({
  'definition-changed': {
    status: 500,
    title: {
      th: 'แฟ้มของบริการรุ่นที่ใช้บังคับแล้วถูกแก้ไข',
      en: 'Files of a version that is in force were changed',
    },
    next: {
      th: 'คืนแฟ้มเดิมของรุ่นนั้น แล้วแก้ในโฟลเดอร์ของรุ่นถัดไป คำขอที่ยื่นแล้วใช้รุ่นของตนจนจบ',
      en: 'put the files of that version back as they were, and make the change in a folder of the next version',
    },
  },
})
