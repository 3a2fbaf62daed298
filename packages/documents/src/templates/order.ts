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
  /** Who orders: agency, or position of who has the power. */
  issuer: line(),
  /** `123/2569`. */
  number: line(60),
  subject: line(),
  paragraphs: Type.Array(prose(), { minItems: 1, maxItems: 60 }),
  /** ทั้งนี้ ตั้งแต่… */
  effect: line(),
  date: date(),
  signer,
})

/** Order (คำสั่ง), after form 4 of the saraban regulation, B.E. 2526. */
export const order = defineTemplate({
  name: 'order',
  version: 1,
  title: { th: 'คำสั่ง', en: 'Order' },
  about: { th: 'ข้อความที่ผู้บังคับบัญชาสั่งการให้ปฏิบัติโดยชอบด้วยกฎหมาย', en: 'What a superior orders by law' },
  schema,
  words: ['emblem', 'order', 'number', 'subject', 'given', 'check'],
  sample: {
    issuer: 'กรมตัวอย่างเพื่อการทดสอบ',
    number: '123/2569',
    subject: 'แต่งตั้งคณะทำงานทดสอบระบบเอกสารอิเล็กทรอนิกส์ (ตัวอย่าง)',
    paragraphs: [
      'เพื่อให้การทดสอบระบบเอกสารอิเล็กทรอนิกส์เป็นไปด้วยความเรียบร้อย อาศัยอำนาจตามกฎหมายว่าด้วยระเบียบบริหารราชการแผ่นดิน จึงแต่งตั้งคณะทำงาน ประกอบด้วยผู้แทนของทุกกอง โดยมีผู้อำนวยการกองเทคโนโลยีดิจิทัลเป็นประธาน',
      'ให้คณะทำงานมีหน้าที่ตรวจสอบว่าเอกสารที่ออกแล้วอ่านได้ ตรวจลายมือชื่อได้ และเก็บรักษาได้ตลอดอายุ แล้วรายงานผลภายใน 30 วัน',
    ],
    effect: 'ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป',
    date: '2026-11-22',
    signer: { name: 'นายตัวอย่าง สมมติวงศ์', position: 'อธิบดีกรมตัวอย่างเพื่อการทดสอบ' },
  },
  describe: (data, words, setting) => ({
    language: 'th',
    title: `${words.order}${data.issuer} ${words.number} ${data.number} ${words.subject} ${data.subject}`,
    author: data.issuer,
    identifier: data.number,
    page: { textSize: 13, lineHeight: 1.45 },
    ...numberedPages,
    body: [
      emblemInMiddle(setting, words),
      heading(1, `${words.order}${officialDigits(data.issuer)}`, { align: 'center', size: 15 }),
      paragraph(`${words.number} ${officialDigits(data.number)}`, { align: 'center' }),
      paragraph(`${words.subject} ${officialDigits(data.subject)}`, { align: 'center' }),
      shortRule(),
      ...officialText(data.paragraphs),
      paragraph(officialDigits(data.effect), { indent: 25, spaceBefore: 3, keepWithNext: true }),
      paragraph(`${words.given} ${officialDateWithEra(data.date)}`, {
        indent: 50,
        spaceBefore: 5,
        keepWithNext: true,
      }),
      ending([signatureBlock(data.signer, setting), ...checkBlock(setting.checkAddress, words)]),
    ],
  }),
})
