import { defineProblems } from './problem.ts'

/** Problems of the ground: the database and its queues. */
export const kernelProblems = defineProblems({
  busy: {
    status: 503,
    title: { th: 'ระบบมีงานรอเต็มแล้ว', en: 'Too much work is waiting' },
    next: {
      th: 'รอสักครู่แล้วลองใหม่ หากเกิดซ้ำให้แจ้งผู้ดูแลระบบ',
      en: 'Wait a moment and try again. If it keeps happening, tell the operator.',
    },
  },
  'database-down': {
    status: 503,
    title: { th: 'ฐานข้อมูลไม่พร้อมใช้งาน', en: 'The database is not available' },
    next: {
      th: 'ลองใหม่ภายหลัง ระบบจะกลับมาทำงานเองเมื่อฐานข้อมูลพร้อม',
      en: 'Try again later. The service resumes by itself when the database is back.',
    },
  },
  'migration-altered': {
    status: 500,
    title: {
      th: 'ไฟล์ปรับโครงสร้างฐานข้อมูลที่ใช้ไปแล้วถูกแก้ไข',
      en: 'A migration that was already applied has been edited',
    },
    next: {
      th: 'คืนไฟล์เดิม แล้วเพิ่มการเปลี่ยนแปลงเป็นไฟล์ลำดับถัดไป',
      en: 'Put the file back as it was, and make the change in a new file with the next number.',
    },
  },
  'migration-missing': {
    status: 500,
    title: {
      th: 'ไม่พบไฟล์ปรับโครงสร้างฐานข้อมูลที่เคยใช้',
      en: 'A migration that was already applied is missing',
    },
    next: {
      th: 'ใช้ซอฟต์แวร์รุ่นเดียวกับฐานข้อมูลหรือใหม่กว่า หรือคืนไฟล์ที่ลบไป',
      en: 'Run the version of the software that made this database, or a newer one; or put the file back.',
    },
  },
  'migration-misnamed': {
    status: 500,
    title: {
      th: 'ชื่อหรือลำดับของไฟล์ปรับโครงสร้างฐานข้อมูลไม่ถูกต้อง',
      en: 'A migration has a wrong name or number',
    },
    next: {
      th: 'ตั้งชื่อเป็นเลขสี่หลักตามด้วยชื่อ เช่น 0007-name.sql และให้เลขสูงกว่าไฟล์ที่ใช้ไปแล้วทุกไฟล์',
      en: 'Name it by four digits and a name, as in 0007-name.sql, with a number above every applied file.',
    },
  },
  'migration-failed': {
    status: 500,
    title: { th: 'ปรับโครงสร้างฐานข้อมูลไม่สำเร็จ', en: 'A migration failed' },
    next: {
      th: 'ดูสาเหตุในบันทึกของระบบ ไฟล์นี้ยังไม่มีผลใด ๆ ต่อฐานข้อมูล แก้ไขแล้วเริ่มใหม่ได้',
      en: 'The log has the cause. Nothing of this file was applied: mend it and start again.',
    },
  },
})
