import { Type } from 'typebox'
import { columns, labelled, list, paragraph, spacer } from '../layout/builders.ts'
import type { Block } from '../layout/description.ts'
import { officialDigits } from '../text/digits.ts'
import { checkBlock } from './check-place.ts'
import { ending, linesOf, officialText, signatureBlock } from './closing.ts'
import { officialDate } from './official-date.ts'
import { emblemInMiddle, numberedPages, urgencyMark } from './opening.ts'
import { date, line, prose, signer, strict } from './parts.ts'
import { defineTemplate, type TemplateSetting } from './template.ts'

const schema = strict({
  /** `นร 0106/123`; printed in Thai digits. */
  number: line(60),
  urgency: Type.Optional(Type.Union([Type.Literal('ด่วน'), Type.Literal('ด่วนมาก'), Type.Literal('ด่วนที่สุด')])),
  /** Agency and address, a line each. */
  from: Type.Array(line(120), { minItems: 1, maxItems: 5 }),
  date: date(),
  subject: line(),
  /** เรียน, กราบเรียน, นมัสการ … */
  salutation: line(40),
  to: line(),
  references: Type.Optional(Type.Array(line(), { minItems: 1, maxItems: 10 })),
  enclosures: Type.Optional(Type.Array(line(), { minItems: 1, maxItems: 20 })),
  paragraphs: Type.Array(prose(), { minItems: 1, maxItems: 60 }),
  /** ขอแสดงความนับถือ … */
  closing: line(80),
  signer,
  /** The unit that has the matter in hand: name, telephone, e-mail, a line each. */
  contact: Type.Array(line(120), { minItems: 1, maxItems: 5 }),
  copies: Type.Optional(Type.Array(line(), { minItems: 1, maxItems: 10 })),
})

/** External letter (หนังสือภายนอก), after form 1 of the saraban regulation, B.E. 2526. */
export const externalLetter = defineTemplate({
  name: 'external-letter',
  version: 1,
  title: { th: 'หนังสือภายนอก', en: 'External letter' },
  about: {
    th: 'หนังสือติดต่อราชการที่เป็นแบบพิธี ใช้กระดาษตราครุฑ',
    en: 'The formal letter between agencies, and to people and companies, under the Garuda',
  },
  schema,
  words: ['emblem', 'number', 'subject', 'references', 'enclosures', 'copies', 'check'],
  sample: {
    number: 'ทด 0101/1234',
    urgency: 'ด่วนที่สุด',
    from: ['กรมตัวอย่างเพื่อการทดสอบ', 'ถนนสมมติ แขวงทดสอบ', 'กรุงเทพฯ 10000'],
    date: '2026-11-22',
    subject: 'ขอความอนุเคราะห์เชื่อมโยงข้อมูลทะเบียนกลาง (ตัวอย่าง)',
    salutation: 'เรียน',
    to: 'อธิบดีกรมสมมติ',
    references: ['หนังสือกรมสมมติ ที่ สม 0202/567 ลงวันที่ 1 ตุลาคม 2569'],
    enclosures: ['บันทึกข้อตกลง จำนวน 1 ฉบับ', 'รายการข้อมูลที่ขอเชื่อมโยง จำนวน 1 ชุด'],
    paragraphs: [
      'ตามที่กรมสมมติได้แจ้งแนวทางการเชื่อมโยงข้อมูลระหว่างหน่วยงานของรัฐมาเพื่อทราบ ความละเอียดแจ้งแล้วนั้น',
      'กรมตัวอย่างเพื่อการทดสอบพิจารณาแล้วเห็นว่า การเชื่อมโยงข้อมูลทะเบียนกลางจะช่วยให้ประชาชนไม่ต้องยื่นสำเนาเอกสารที่หน่วยงานของรัฐมีอยู่แล้ว จึงขอความอนุเคราะห์เชื่อมโยงข้อมูลตามรายการที่ส่งมาพร้อมนี้ โดยจะใช้ข้อมูลเท่าที่จำเป็นตามกฎหมายและเก็บหลักฐานการใช้ข้อมูลทุกครั้ง',
      'จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์ จะขอบคุณยิ่ง',
    ],
    closing: 'ขอแสดงความนับถือ',
    signer: { name: 'นายตัวอย่าง สมมติวงศ์', position: 'อธิบดีกรมตัวอย่างเพื่อการทดสอบ' },
    contact: ['สำนักงานเลขานุการกรม', 'โทร. 0 0000 0000', 'ไปรษณีย์อิเล็กทรอนิกส์ saraban@example.go.th'],
    copies: ['สำนักงานทดสอบแห่งชาติ'],
  },
  describe: (data, words, setting) => ({
    language: 'th',
    title: `${data.subject}`,
    author: data.from[0] ?? '',
    identifier: data.number,
    page: { textSize: 13, lineHeight: 1.4, margins: { top: 20 } },
    ...numberedPages,
    body: [
      emblemWithUrgency(data.urgency, setting, words),
      // The sender begins where the date does: at the middle of the emblem.
      columns(
        [
          {
            width: { share: 1 },
            blocks: [
              paragraph(`${words.number} ${officialDigits(data.number)}`, { align: 'left', indentRight: 4 }),
            ],
          },
          { width: { share: 1 }, blocks: [linesOf(data.from.map(officialDigits))] },
        ],
        { gap: 0 },
      ),
      paragraph(officialDate(data.date), { align: 'left', indentLeft: 80, spaceBefore: 2, spaceAfter: 2 }),
      labelled(words.subject, officialDigits(data.subject), { spaceAfter: 1.5, heading: 1 }),
      labelled(data.salutation, officialDigits(data.to), { spaceAfter: 1.5 }),
      ...listed(words.references, data.references),
      ...listed(words.enclosures, data.enclosures),
      ...officialText(data.paragraphs, 1.5),
      ending([
        signatureBlock(data.signer, setting, data.closing),
        spacer(3),
        columns(
          [
            {
              width: { share: 1 },
              blocks: [
                linesOf(data.contact.map(officialDigits)),
                ...(data.copies === undefined
                  ? []
                  : [labelled(words.copies, officialDigits(data.copies.join(' ')), { spaceBefore: 1.5 })]),
              ],
            },
            { width: 76, blocks: checkBlock(setting.checkAddress, words) },
          ],
          { vertical: 'bottom' },
        ),
      ]),
    ],
  }),
})

/** The emblem in the middle, and how urgent the letter is at its left. */
function emblemWithUrgency(
  urgency: string | undefined,
  setting: TemplateSetting,
  words: { readonly emblem: string },
): Block {
  const head = emblemInMiddle(setting, words)
  const mark = urgencyMark(urgency)
  if (mark.length === 0) return head
  return columns(
    [
      { width: { share: 1 }, blocks: mark },
      { width: 36, blocks: [head] },
      { width: { share: 1 }, blocks: [] },
    ],
    { gap: 0, vertical: 'bottom', spaceAfter: 4 },
  )
}

/** One stands beside its label; several are numbered. */
function listed(label: string, items: readonly string[] | undefined): Block[] {
  const [first, ...others] = items ?? []
  if (first === undefined) return []
  if (others.length === 0) return [labelled(label, officialDigits(first), { spaceAfter: 1.5 })]
  return [
    paragraph(label, { align: 'left', keepWithNext: true }),
    list(
      (items ?? []).map((item) => officialDigits(item)),
      { marker: 'decimal', spaceAfter: 2 },
    ),
  ]
}
