import type { Text } from '@sapan/kernel'

export const words = {
  title: { th: 'คำขอ', en: 'Cases' },
  lists: { th: 'รายการคำขอ', en: 'Lists of cases' },
  number: { th: 'เลขรับ', en: 'Number' },
  service: { th: 'บริการ', en: 'Service' },
  duty: { th: 'หน้าที่', en: 'Duty' },
  state: { th: 'สถานะ', en: 'State' },
  clock: { th: 'กำหนดตามกฎหมาย', en: 'Time by law' },
  assignee: { th: 'ผู้รับผิดชอบ', en: 'Handled by' },
  nobody: { th: 'ยังไม่มี', en: 'Nobody yet' },
  system: { th: 'ระบบกำลังดำเนินการ', en: 'The system' },
  choose: { th: 'เลือก', en: 'Choose' },
  received: { th: 'ได้รับเมื่อ', en: 'Came in' },
  effective: { th: 'ถือว่าได้รับเมื่อ', en: 'Counts as received' },
  none: { th: 'ไม่มีคำขอในรายการนี้', en: 'There are no cases in this list' },
  noneNext: {
    th: 'คำขอใหม่จะขึ้นที่นี่เองเมื่อมีผู้ยื่นถึงหน้าที่ของคุณ',
    en: 'New ones appear here when somebody applies to your duties.',
  },
  silent: { th: 'คำขอบางเรื่องยังไม่แสดง', en: 'Some cases are not shown for now' },
  silentNext: {
    th: 'ไม่ตอบในขณะนี้ จึงยังตรวจไม่ได้ว่าคุณมีส่วนเกี่ยวข้องกับผู้ยื่นเรื่องเหล่านั้นหรือไม่ เรื่องจะกลับมาแสดงเองเมื่อทะเบียนใช้งานได้ กำหนดเวลายังเดินอยู่ หากมีเรื่องใกล้ครบกำหนด แจ้งหัวหน้าหน่วยของคุณ',
    en: 'not answering, so it is not known whether you have a part in what those applicants do. They come back by themselves once the register answers. Their time goes on: if one is near its deadline, tell the head of your unit.',
  },
  filters: { th: 'กรองรายการ', en: 'Filter' },
  all: { th: 'ทั้งหมด', en: 'All' },
  me: { th: 'ฉัน', en: 'Me' },
  due: { th: 'ครบกำหนดไม่เกินวันที่', en: 'Due no later than' },
  overdue: { th: 'เฉพาะที่เลยกำหนด', en: 'Only overdue ones' },
  numberHint: { th: 'เต็มหรือเฉพาะตัวเลขท้าย', en: 'The whole number, or its last digits.' },
  show: { th: 'แสดงรายการ', en: 'Show the list' },
  many: { th: 'ทำกับคำขอที่เลือก', en: 'Do with those chosen' },
  takeMany: { th: 'รับเรื่องที่เลือก', en: 'Take those chosen' },
  releaseMany: { th: 'คืนเรื่องที่เลือก', en: 'Put those chosen back' },
  reviewMany: { th: 'ตรวจผ่านเรื่องที่เลือก', en: 'Pass those chosen on' },
  endorseMany: { th: 'เห็นชอบเรื่องที่เลือก', en: 'Endorse those chosen' },
  report: { th: 'ผลการทำหลายเรื่อง', en: 'What came of it' },
  reportNone: { th: 'คุณยังไม่ได้เลือกคำขอ', en: 'No case was chosen' },
  reportNoneNext: { th: 'กลับไปเลือกอย่างน้อยหนึ่งเรื่อง', en: 'Go back and choose at least one.' },
  outcome: { th: 'ผล', en: 'Outcome' },
  done: { th: 'ทำแล้ว', en: 'Done' },
  back: { th: 'กลับไปรายการคำขอ', en: 'Back to the cases' },
} as const satisfies Record<string, Text>

/** Names of the tabs. */
export const showWords = {
  work: { th: 'ที่ต้องทำ', en: 'To be done' },
  mine: { th: 'ของฉัน', en: 'Mine' },
  awaited: { th: 'รอผู้อื่น', en: 'Waiting for others' },
  ended: { th: 'สิ้นสุดแล้ว', en: 'Ended' },
} as const satisfies Record<string, Text>
