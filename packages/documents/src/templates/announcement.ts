import { Type } from 'typebox'
import { heading, paragraph } from '../layout/builders.ts'
import { officialDigits } from '../text/digits.ts'
import { checkBlock } from './check-place.ts'
import { ending, officialText, signatureBlock } from './closing.ts'
import { officialDateWithEra } from './official-date.ts'
import { emblemInMiddle, numberedPages, shortRule } from './opening.ts'
import { date, line, prose, signer, strict } from './parts.ts'
import { defineTemplate } from './template.ts'

const schema = strict({
  issuer: line(),
  subject: line(),
  paragraphs: Type.Array(prose(), { minItems: 1, maxItems: 60 }),
  date: date(),
  signer,
})

/** Announcement (ประกาศ), after form 7 of the saraban regulation, B.E. 2526. */
export const announcement = defineTemplate({
  name: 'announcement',
  version: 1,
  title: { th: 'ประกาศ', en: 'Announcement' },
  about: {
    th: 'ข้อความที่ทางราชการประกาศให้ทราบหรือแนะแนวทางปฏิบัติ',
    en: 'What an agency makes known to the public',
  },
  schema,
  words: ['emblem', 'announcement', 'subject', 'given', 'check'],
  sample: {
    issuer: 'กรมตัวอย่างเพื่อการทดสอบ',
    subject: 'วันเปิดให้บริการตรวจสอบเอกสารอิเล็กทรอนิกส์ (ตัวอย่าง)',
    paragraphs: [
      'ด้วยกรมตัวอย่างเพื่อการทดสอบได้จัดทำระบบตรวจสอบเอกสารอิเล็กทรอนิกส์ เพื่อให้ประชาชนตรวจสอบได้ด้วยตนเองว่าเอกสารที่ได้รับเป็นของหน่วยงานจริง ไม่ถูกแก้ไข และลงลายมือชื่อโดยผู้มีอำนาจ',
      'จึงประกาศให้ทราบว่า ตั้งแต่วันที่ 1 ธันวาคม 2569 เป็นต้นไป ผู้ที่ได้รับเอกสารสามารถตรวจสอบได้โดยไม่เสียค่าใช้จ่ายและไม่ต้องส่งเอกสารให้ผู้ใด',
    ],
    date: '2026-11-22',
    signer: {
      name: 'นางสาวทดสอบ ใจดีสมมติ',
      position: 'รองอธิบดี',
      acting: 'ปฏิบัติราชการแทนอธิบดีกรมตัวอย่างเพื่อการทดสอบ',
    },
  },
  describe: (data, words, setting) => ({
    language: 'th',
    title: `${words.announcement}${data.issuer} ${words.subject} ${data.subject}`,
    author: data.issuer,
    page: { textSize: 13, lineHeight: 1.45 },
    ...numberedPages,
    body: [
      emblemInMiddle(setting, words),
      heading(1, `${words.announcement}${officialDigits(data.issuer)}`, { align: 'center', size: 15 }),
      paragraph(`${words.subject} ${officialDigits(data.subject)}`, { align: 'center' }),
      shortRule(),
      ...officialText(data.paragraphs),
      paragraph(`${words.given} ${officialDateWithEra(data.date)}`, {
        indent: 50,
        spaceBefore: 5,
        keepWithNext: true,
      }),
      ending([signatureBlock(data.signer, setting), ...checkBlock(setting.checkAddress, words)]),
    ],
  }),
})
