import type { Text } from '@sapan/kernel'

export const authoringWords = {
  title: { th: 'คำจำกัดความของบริการ', en: 'Definitions of services' },
  about: {
    th: 'บริการแต่ละรุ่นเขียนเป็นสามไฟล์ คำขอเดิมใช้รุ่นที่ยื่นไว้เสมอ',
    en: 'Each version of a service is three files. Applications keep the version under which they were handed in.',
  },
  service: { th: 'บริการ', en: 'Service' },
  version: { th: 'รุ่น', en: 'Version' },
  state: { th: 'สถานะ', en: 'State' },
  digest: { th: 'ดิเจสต์', en: 'Digest' },
  sound: { th: 'ใช้ได้', en: 'Sound' },
  toMend: { th: 'ต้องแก้', en: 'To mend' },
  none: { th: 'ยังไม่มีบริการ', en: 'There are no services yet' },
  tryOut: { th: 'ลองเขียนบริการ', en: 'Try a definition' },
  preview: { th: 'ลองเขียนบริการ', en: 'Try a definition' },
  previewAbout: {
    th: 'วางข้อความของสามไฟล์ หรือเลือกไฟล์ แล้วกดตรวจ ไม่มีการบันทึกและไม่มีการประกาศใช้',
    en: 'Paste the three files or choose them, and check. Nothing is kept, and nothing is put in force.',
  },
  orFile: { th: 'หรือเลือกไฟล์', en: 'or choose the file' },
  missing: {
    th: 'ยังว่างอยู่ วางข้อความของไฟล์นี้ หรือเลือกไฟล์',
    en: 'nothing was given. Paste the text of this file, or choose it below.',
  },
  check: { th: 'ตรวจ', en: 'Check' },
  findings: { th: 'สิ่งที่ต้องแก้', en: 'To mend' },
  place: { th: 'ที่', en: 'Where' },
  what: { th: 'เรื่อง', en: 'What' },
  isSound: { th: 'ไม่มีสิ่งที่ต้องแก้', en: 'There is nothing to mend' },
  pages: { th: 'หน้าที่จะเป็น', en: 'The pages that come of it' },
  servicePage: { th: 'หน้าบริการ', en: 'The service’s page' },
  noPages: {
    th: 'ยังสร้างหน้าไม่ได้ แก้สิ่งที่บอกไว้ก่อน',
    en: 'There are no pages yet: mend what is named first.',
  },
  onlyWhen: { th: 'แสดงเมื่อ', en: 'Shown when' },
  from: { th: 'เติมจาก', en: 'Filled in from' },
  repeated: { th: 'กรอกได้หลายรายการ', en: 'Filled in several times' },
} as const satisfies Record<string, Text>
