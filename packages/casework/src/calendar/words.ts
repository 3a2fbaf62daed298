import type { Text } from '@sapan/kernel'
import type { DayKind } from './calendar-day.ts'

export const calendarWords = {
  title: { th: 'ปฏิทินวันทำการ', en: 'Calendar of working days' },
  lead: {
    th: 'วันหยุดและวันทำการที่คณะรัฐมนตรีกำหนดเพิ่ม มีผลกับกำหนดเวลาที่นับตั้งแต่บันทึก กำหนดที่วันสุดท้ายกลายเป็นวันหยุดเลื่อนไปวันทำการถัดไป (ป.พ.พ. มาตรา 193/8) ไม่มีกำหนดใดเลื่อนเร็วขึ้น',
    en: 'Holidays and working days that the cabinet added. They count for what is reckoned from now on. A time whose last day becomes a holiday ends on the next working day (Civil and Commercial Code, section 193/8); none ends earlier.',
  },
  changed: { th: 'วันที่กำหนดไว้', en: 'Days that were changed' },
  none: { th: 'ยังไม่มีวันที่กำหนดเพิ่ม', en: 'Nothing was added yet' },
  noneNext: {
    th: 'วันหยุดประจำปีอยู่ในปฏิทินแล้ว เพิ่มเฉพาะวันที่คณะรัฐมนตรีกำหนดภายหลัง',
    en: 'The yearly holidays stand in the calendar already. Add only days that the cabinet sets afterwards.',
  },
  add: { th: 'กำหนดวัน', en: 'Change a day' },
  date: { th: 'วันที่', en: 'Date' },
  kind: { th: 'เป็น', en: 'What it is' },
  th: { th: 'ชื่อภาษาไทย', en: 'Its name in Thai' },
  en: { th: 'ชื่อภาษาอังกฤษ', en: 'Its name in English' },
  source: { th: 'มติคณะรัฐมนตรีหรือประกาศ', en: 'The resolution or announcement' },
  save: { th: 'บันทึก', en: 'Save' },
  edit: { th: 'แก้ไข', en: 'Change' },
  history: { th: 'ประวัติการแก้ไข', en: 'All changes' },
  at: { th: 'เมื่อ', en: 'When' },
  by: { th: 'โดย', en: 'By' },
  dateWrong: { th: 'กรอกวันที่ให้ครบและถูกต้อง', en: 'Enter a whole date that exists.' },
  kindMissing: { th: 'เลือกว่าวันนี้เป็นอะไร', en: 'Choose what the day is.' },
  textWrong: { th: 'กรอกไม่เกิน 200 ตัวอักษร', en: 'Enter it, in at most 200 letters.' },
} as const satisfies Record<string, Text>

export const kindWords: Readonly<Record<DayKind, Text>> = {
  holiday: { th: 'วันหยุด', en: 'A holiday' },
  workday: { th: 'วันทำการ (แม้ตรงวันหยุด)', en: 'A working day, at a weekend or holiday too' },
  plain: { th: 'ตามปฏิทินเดิม', en: 'As the calendar has it' },
}
