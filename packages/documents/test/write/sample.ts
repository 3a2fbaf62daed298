import { createHash } from 'node:crypto'
import type { Block, DocumentDescription } from '../../src/index.ts'

/** A document of the given blocks, with nothing that its test does not ask for. */
export const documentOf = (
  body: readonly Block[],
  more: Partial<DocumentDescription> = {},
): DocumentDescription => ({
  language: 'th',
  title: 'หนังสือทดสอบ',
  author: 'กรมตัวอย่าง',
  created: Date.UTC(2026, 10, 22, 4),
  attachments: [],
  ...more,
  body,
})

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The hardest Thai: marks in up to three storeys, letters that lose their foot or tail, SARA AM, ligatures. */
export const HARDEST_THAI = 'ปี่ ฝ้า ญู ฐู น้ำ กี่ ที่ ฤๅ เปี๊ยะ ป่ำ ฟื้น ปั๊ม ก๊วยเตี๋ยว เอื้อเฟื้อ ฎู ฏุ ฬุ ฦๅ กำ ำ ญี่ปุ่น'

/** Long enough for several lines. */
export const LONG_THAI =
  'ด้วยกรมการปกครองได้รับแจ้งจากสำนักทะเบียนกลางว่ามีผู้ยื่นคำขอหนังสือรับรองรายการทะเบียนราษฎรผ่านระบบอิเล็กทรอนิกส์เป็นจำนวนมาก โดยในปีงบประมาณ พ.ศ. ๒๕๖๙ มีผู้ยื่นคำขอจำนวน 1,234,567 ราย เพิ่มขึ้นจากปีก่อนร้อยละ ๑๒.๕ จึงจำเป็นต้องปรับปรุงระบบ Digital ID ให้รองรับการเชื่อมโยงข้อมูลระหว่างหน่วยงาน'
