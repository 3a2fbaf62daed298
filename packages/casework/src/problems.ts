import { defineProblems } from '@sapan/kernel'

/** Problems of tasks. What an officer may not see is not there: `task-not-found`. */
export const caseworkProblems = defineProblems({
  'task-not-found': {
    status: 404,
    title: { th: 'ไม่พบงานนี้', en: 'There is no such task' },
    next: {
      th: 'กลับไปที่รายการงาน หากงานย้ายไปหน้าที่อื่นแล้ว คุณจะไม่เห็นงานนั้นอีก',
      en: 'Go back to the list of tasks. A task that belongs to another duty is not shown to you.',
    },
  },
  'task-changed': {
    status: 409,
    title: { th: 'มีผู้อื่นทำงานนี้ไปแล้วระหว่างที่คุณเปิดดู', en: 'Somebody else changed this task meanwhile' },
    next: {
      th: 'เปิดงานนี้อีกครั้งเพื่อดูสถานะล่าสุด แล้วทำรายการใหม่หากยังจำเป็น',
      en: 'Open the task again to see how it stands, and repeat what you did if it is still needed.',
    },
  },
  'task-transition-not-allowed': {
    status: 409,
    title: { th: 'ทำรายการนี้ไม่ได้ในสถานะปัจจุบันของงาน', en: 'The task is not in a state for this' },
    next: {
      th: 'เปิดงานนี้เพื่อดูสถานะ ปุ่มที่แสดงคือสิ่งที่ทำได้',
      en: 'Open the task to see its state. The buttons shown are what can be done.',
    },
  },
  'task-not-yours': {
    status: 403,
    title: { th: 'งานนี้มีเจ้าหน้าที่ผู้อื่นรับไว้', en: 'Another officer has taken this task' },
    next: {
      th: 'มอบงานให้ตนเองก่อน แล้วจึงทำรายการนี้',
      en: 'Assign the task to yourself first, then do this.',
    },
  },
  'task-colleague-unsuitable': {
    status: 422,
    title: { th: 'มอบงานนี้ให้เจ้าหน้าที่ผู้นี้ไม่ได้', en: 'The task cannot be given to this officer' },
    next: {
      th: 'เลือกเจ้าหน้าที่ในหน่วยงานเดียวกันที่มีหน้าที่ตรงกับงานนี้',
      en: 'Choose an officer of the same agency who has the duty of this task.',
    },
  },
  'task-words-missing': {
    status: 422,
    title: { th: 'ข้อความยังไม่ครบหรือยาวเกินไป', en: 'The text is missing or too long' },
    next: {
      th: 'กรอกข้อความทุกช่องที่จำเป็น ช่องละไม่เกิน 10,000 ตัวอักษร คำตอบต้องมีเหตุผลประกอบ',
      en: 'Fill in every field that is needed, with at most 10,000 letters each. An answer needs its reasons.',
    },
  },
  'task-list-unreadable': {
    status: 400,
    title: { th: 'เปิดรายการงานตามที่อยู่นี้ไม่ได้', en: 'The list of tasks cannot be shown from this address' },
    next: {
      th: 'กลับไปที่รายการงานหน้าแรก แล้วเลือกตัวกรองใหม่',
      en: 'Go back to the first page of the list and choose the filters again.',
    },
  },
})
