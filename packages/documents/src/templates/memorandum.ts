import { Type } from 'typebox'
import { columns, labelled, rule, span } from '../layout/builders.ts'
import { officialDigits } from '../text/digits.ts'
import { checkBlock } from './check-place.ts'
import { ending, officialText, signatureBlock } from './closing.ts'
import { officialDate } from './official-date.ts'
import { emblemWithName, numberedPages, urgencyMark } from './opening.ts'
import { date, line, prose, signer, strict } from './parts.ts'
import { defineTemplate } from './template.ts'

const schema = strict({
  urgency: Type.Optional(Type.Union([Type.Literal('ด่วน'), Type.Literal('ด่วนมาก'), Type.Literal('ด่วนที่สุด')])),
  /** Unit, agency and telephone. */
  from: line(),
  number: line(60),
  date: date(),
  subject: line(),
  salutation: line(40),
  to: line(),
  paragraphs: Type.Array(prose(), { minItems: 1, maxItems: 60 }),
  signer,
})

/** Memorandum (หนังสือภายใน, บันทึกข้อความ), after form 2 of the saraban regulation, B.E. 2526. */
export const memorandum = defineTemplate({
  name: 'memorandum',
  version: 1,
  title: { th: 'บันทึกข้อความ', en: 'Memorandum' },
  about: {
    th: 'หนังสือติดต่อภายในกระทรวง กรม หรือจังหวัดเดียวกัน',
    en: 'The letter within one ministry, department or province',
  },
  schema,
  words: ['emblem', 'heading', 'from', 'number', 'date', 'subject', 'check'],
  sample: {
    urgency: 'ด่วน',
    from: 'กองเทคโนโลยีดิจิทัล กรมตัวอย่างเพื่อการทดสอบ โทร. 0 0000 0000 ต่อ 123',
    number: 'ทด 0105/89',
    date: '2026-11-22',
    subject: 'รายงานผลการทดสอบระบบเอกสารอิเล็กทรอนิกส์ (ตัวอย่าง)',
    salutation: 'เรียน',
    to: 'อธิบดีกรมตัวอย่างเพื่อการทดสอบ',
    paragraphs: [
      'ตามที่ได้รับมอบหมายให้ทดสอบระบบเอกสารอิเล็กทรอนิกส์ กองเทคโนโลยีดิจิทัลได้ทดสอบเสร็จเรียบร้อยแล้ว พบว่าตัวอักษรไทยที่มีสระและวรรณยุกต์ซ้อนกัน เช่น ปี่ ฝ้า ญู ฐู น้ำ กี่ ที่ ฤๅ และเปี๊ยะ แสดงผลถูกต้องทุกหน้า และคัดลอกข้อความออกมาได้ครบถ้วน',
      'จึงเรียนมาเพื่อโปรดทราบ',
    ],
    signer: { name: 'นางสาวทดสอบ ใจดีสมมติ', position: 'ผู้อำนวยการกองเทคโนโลยีดิจิทัล' },
  },
  describe: (data, words, setting) => ({
    language: 'th',
    title: data.subject,
    author: data.from,
    identifier: data.number,
    page: { textSize: 13, lineHeight: 1.45 },
    ...numberedPages,
    body: [
      emblemWithName(setting, words, { emblemHeight: 15, titleSize: 24 }),
      ...urgencyMark(data.urgency),
      labelled(span(words.from, { bold: true }), officialDigits(data.from), { dotted: true }),
      columns([
        {
          width: { share: 1 },
          blocks: [
            labelled(span(words.number, { bold: true }), officialDigits(data.number), { dotted: true }),
          ],
        },
        {
          width: { share: 1 },
          blocks: [labelled(span(words.date, { bold: true }), officialDate(data.date), { dotted: true })],
        },
      ]),
      labelled(span(words.subject, { bold: true }), officialDigits(data.subject), {
        dotted: true,
        heading: 2,
      }),
      rule({ spaceBefore: 2, spaceAfter: 3 }),
      labelled(data.salutation, officialDigits(data.to), { spaceAfter: 2 }),
      ...officialText(data.paragraphs),
      ending([signatureBlock(data.signer, setting), ...checkBlock(setting.checkAddress, words)]),
    ],
  }),
})
