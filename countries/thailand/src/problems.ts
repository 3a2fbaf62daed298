import { defineProblems } from '@sapan/kernel'

export const thailandProblems = defineProblems({
  'country-data-invalid': {
    status: 500,
    title: { th: 'ข้อมูลประจำประเทศไม่ถูกต้อง', en: 'The country data is not valid' },
    next: {
      th: 'แก้ไฟล์และตำแหน่งที่ระบุในชุดข้อมูลประเทศ แล้วเริ่มระบบใหม่',
      en: 'Mend the named place in the country pack, then start again.',
    },
  },
})
