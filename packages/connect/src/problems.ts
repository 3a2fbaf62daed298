import { defineProblems } from '@sapan/kernel'

/** What a connector refuses, and what its source may be. */
export const connectProblems = defineProblems({
  'connector-source-unusable': {
    status: 503,
    title: { th: 'อ่านแหล่งข้อมูลของตัวเชื่อมไม่ได้', en: 'The source of the connector cannot be read' },
    next: {
      th: 'แก้แฟ้มข้อมูลตามบรรทัดที่บอก แล้วตรวจด้วย sapan connect check',
      en: 'mend the file at the line that is named, then look with sapan connect check',
    },
  },
  'connector-request-unknown': {
    status: 404,
    title: { th: 'ตัวเชื่อมไม่มีการทำงานนี้', en: 'The connector has no such operation' },
    next: {
      th: 'ดูเส้นทางที่มีด้วย sapan connect describe',
      en: 'see the paths that there are with sapan connect describe',
    },
  },
  'connector-request-invalid': {
    status: 400,
    title: { th: 'ค่าที่ใช้ค้นไม่ถูกต้อง', en: 'The value that is searched for is not valid' },
    next: { th: 'ส่งค่าที่ไม่ว่าง ยาวไม่เกิน 200 ตัวอักษร', en: 'send a value of 1 to 200 letters' },
  },
  'connector-too-many-rows': {
    status: 422,
    title: { th: 'พบข้อมูลมากเกินกว่าที่จะตอบ', en: 'More rows fit than may be answered' },
    next: {
      th: 'ค้นด้วยค่าที่เจาะจงกว่านี้ หรือขอให้ผู้ให้ข้อมูลเพิ่ม atMost',
      en: 'search by something more exact, or ask the provider to raise atMost',
    },
  },
})
