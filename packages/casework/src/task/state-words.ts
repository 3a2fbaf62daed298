import type { Text } from '@sapan/kernel'
import type { TaskAction, TaskState } from './states.ts'

/** What a state is called, to officers. */
export const stateNames: Readonly<Record<TaskState, Text>> = {
  open: { th: 'รอรับงาน', en: 'Waiting' },
  taken: { th: 'กำลังทำ', en: 'Being handled' },
  answered: { th: 'ตอบแล้ว', en: 'Answered' },
  closed: { th: 'ปิดแล้ว', en: 'Closed' },
}

/** What happened, in a word. */
export const eventNames: Readonly<Record<TaskAction, Text>> = {
  open: { th: 'เปิดงาน', en: 'Opened' },
  take: { th: 'รับงาน', en: 'Taken' },
  assign: { th: 'มอบงาน', en: 'Assigned' },
  release: { th: 'คืนงาน', en: 'Put back' },
  note: { th: 'บันทึก', en: 'Note' },
  answer: { th: 'ตอบ', en: 'Answered' },
  close: { th: 'ปิดงาน', en: 'Closed' },
  reopen: { th: 'เปิดงานใหม่', en: 'Opened again' },
  overdue: { th: 'เลยกำหนด', en: 'Overdue' },
  postpone: { th: 'เลื่อนกำหนด เพราะวันสุดท้ายเป็นวันหยุด', en: 'Moved: the last day became a holiday' },
}
