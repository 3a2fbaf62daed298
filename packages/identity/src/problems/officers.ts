import { defineProblems } from '@sapan/kernel'

/** What can go wrong with an agency's officers and their duties. */
export const officerProblems = defineProblems({
  'officer-duty-missing': {
    status: 403,
    title: { th: 'คุณไม่มีหน้าที่สำหรับเรื่องนี้', en: 'You do not have the duty for this' },
    next: {
      th: 'ขอให้ผู้ดูแลระบบของหน่วยงานมอบหน้าที่ หรือดูวันสิ้นสุดของหน้าที่ที่คุณได้รับ',
      en: "Ask your agency's administrator for the duty, or see when the one you had ended.",
    },
  },
  'officer-not-found': {
    status: 404,
    title: { th: 'ไม่พบเจ้าหน้าที่คนนี้ในหน่วยงานของคุณ', en: 'Your agency has no such officer' },
    next: {
      th: 'ค้นหาจากรายชื่อเจ้าหน้าที่ของหน่วยงาน',
      en: "Look for them in your agency's list of officers.",
    },
  },
  'officer-entry-invalid': {
    status: 422,
    title: { th: 'ข้อมูลเจ้าหน้าที่ไม่ถูกต้อง', en: 'What was entered about the officer is not right' },
    next: {
      th: 'แก้ช่องที่ระบุไว้ แล้วบันทึกอีกครั้ง',
      en: 'Correct the fields that are named, and save again.',
    },
  },
  'officer-file-unreadable': {
    status: 422,
    title: { th: 'อ่านไฟล์รายชื่อเจ้าหน้าที่ไม่ได้', en: 'The file of officers cannot be read' },
    next: {
      th: 'ใช้ไฟล์ CSV ที่มีชื่อคอลัมน์ในบรรทัดแรก หรือ JSON ที่เป็นรายการ ดูตัวอย่างในหน้านำเข้า',
      en: 'Use a CSV file with names of columns in its first line, or JSON with a list; the import page has an example.',
    },
  },
  'officer-appointed': {
    status: 409,
    title: { th: 'บุคคลนี้เป็นเจ้าหน้าที่ของหน่วยงานอยู่แล้ว', en: 'This person is already an officer here' },
    next: {
      th: 'เปิดรายการเดิมของบุคคลนี้แล้วแก้ไขแทนการเพิ่มใหม่',
      en: 'Open their entry and change it instead of adding another.',
    },
  },
  'officer-duty-own': {
    status: 403,
    title: { th: 'มอบหน้าที่นี้ให้ตัวเองไม่ได้', en: 'You cannot give this duty to yourself' },
    next: {
      th: 'ให้ผู้ดูแลระบบอีกคนของหน่วยงานเป็นผู้มอบ',
      en: 'Have another administrator of the agency give it.',
    },
  },
  'officer-duty-beyond': {
    status: 403,
    title: { th: 'คุณมอบหน้าที่นี้ไม่ได้', en: 'This duty is not yours to give' },
    next: {
      th: 'ให้ผู้ดูแลระบบตัวจริงของหน่วยงานเป็นผู้มอบ ผู้รักษาการหรือผู้ปฏิบัติราชการแทนมอบหน้าที่นี้ไม่ได้',
      en: 'Have an administrator in their own name give it: whoever stands in for one cannot.',
    },
  },
  'officer-last-administrator': {
    status: 409,
    title: {
      th: 'หน่วยงานต้องมีผู้ดูแลระบบอย่างน้อยหนึ่งคน',
      en: 'An agency keeps at least one administrator',
    },
    next: {
      th: 'มอบหน้าที่ผู้ดูแลระบบให้อีกคน และรอให้เขาเข้าสู่ระบบก่อน แล้วทำรายการนี้อีกครั้ง',
      en: 'Make somebody else administrator, wait until they have signed in, then do this again.',
    },
  },
  'officer-import-over': {
    status: 404,
    title: { th: 'ไม่พบรายการนำเข้านี้', en: 'There is no such import' },
    next: {
      th: 'เลือกไฟล์และเริ่มนำเข้าใหม่ ไม่มีข้อมูลใดถูกบันทึกจากรายการที่ค้างอยู่',
      en: 'Choose the file and begin again. Nothing was saved of an import that was left.',
    },
  },
  'officer-register-silent': {
    status: 503,
    title: { th: 'สอบถามทะเบียนข้าราชการไม่ได้', en: 'The register of officers did not answer' },
    next: {
      th: 'ตรวจภายหลังได้จากหน้าของเจ้าหน้าที่ การแต่งตั้งและหน้าที่ไม่ได้รับผลกระทบ',
      en: "Ask again later from the officer's page. Appointment and duties stay as they are.",
    },
  },
})
