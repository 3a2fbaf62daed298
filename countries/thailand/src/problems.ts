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
  'country-anchor-mismatch': {
    status: 500,
    title: {
      th: 'ใบรับรองที่เชื่อถือของประเทศไม่ตรงกับลายนิ้วมือที่กำหนด',
      en: 'A trust anchor of the country is not the certificate that it should be',
    },
    next: {
      th: 'อย่าใช้แฟ้มนี้จนกว่าจะยืนยันลายนิ้วมือกับเจ้าของใบรับรองด้วยทางอื่น แล้วแก้แฟ้มหรือ anchors.yaml',
      en: 'Do not use that file before its owner has confirmed the fingerprint in another way; then mend the file or anchors.yaml.',
    },
  },
})
