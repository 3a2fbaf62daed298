import { Type } from 'typebox'
import { columns, image, paragraph, spacer } from '../layout/builders.ts'
import { officialDigits } from '../text/digits.ts'
import { checkBlock } from './check-place.ts'
import { ending, linesOf, officialText, signatureBlock } from './closing.ts'
import { officialDateWithEra } from './official-date.ts'
import { emblemInMiddle, numberedPages } from './opening.ts'
import { date, line, prose, signer, strict } from './parts.ts'
import { defineTemplate } from './template.ts'

const schema = strict({
  number: line(60),
  from: Type.Array(line(120), { minItems: 1, maxItems: 5 }),
  /** What is certified, of whom: goes on from หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า. */
  statement: prose(),
  paragraphs: Type.Optional(Type.Array(prose(), { minItems: 1, maxItems: 20 })),
  date: date(),
  signer,
  /** JPEG or PNG of the person, base64, where the matter is an important one. */
  photo: Type.Optional(
    Type.String({
      pattern: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$',
      maxLength: 2_000_000,
    }),
  ),
})

/** Certificate letter (หนังสือรับรอง), after form 10 of the saraban regulation, B.E. 2526. */
export const certificateLetter = defineTemplate({
  name: 'certificate-letter',
  version: 1,
  title: { th: 'หนังสือรับรอง', en: 'Certificate letter' },
  about: {
    th: 'หนังสือที่ส่วนราชการออกให้เพื่อรับรองแก่บุคคล นิติบุคคล หรือหน่วยงาน',
    en: 'What an agency certifies of a person, company or agency',
  },
  schema,
  words: ['emblem', 'number', 'certifies', 'given', 'photo', 'check'],
  sample: {
    number: 'ทด 0101/รับรอง 56',
    from: ['กรมตัวอย่างเพื่อการทดสอบ', 'ถนนสมมติ กรุงเทพฯ 10000'],
    statement:
      'นายสมมติ ตัวอย่างเจริญ (บุคคลสมมติ) เลขประจำตัวประชาชน 0-0000-00000-00-1 ได้ผ่านการอบรมหลักสูตรการใช้เอกสารอิเล็กทรอนิกส์ จำนวน 30 ชั่วโมง และมีผลการประเมินในระดับดีมาก',
    date: '2026-11-22',
    signer: { name: 'นายตัวอย่าง สมมติวงศ์', position: 'อธิบดีกรมตัวอย่างเพื่อการทดสอบ' },
  },
  describe: (data, words, setting) => ({
    language: 'th',
    title: `หนังสือรับรอง ${data.number}`,
    author: data.from[0] ?? '',
    identifier: data.number,
    page: { textSize: 13, lineHeight: 1.45 },
    ...numberedPages,
    body: [
      emblemInMiddle(setting, words),
      columns([
        {
          width: { share: 1 },
          blocks: [paragraph(`${words.number} ${officialDigits(data.number)}`, { align: 'left' })],
        },
        {
          width: { share: 1 },
          blocks: [linesOf(data.from.map((text) => officialDigits(text)))],
        },
      ]),
      spacer(6),
      ...officialText([`${words.certifies}${data.statement}`, ...(data.paragraphs ?? [])]),
      paragraph(`${words.given} ${officialDateWithEra(data.date)}`, {
        indent: 50,
        spaceBefore: 5,
        keepWithNext: true,
      }),
      ending([
        signatureBlock(data.signer, setting),
        ...(data.photo === undefined
          ? []
          : [image({ source: { bytes: bytesOf(data.photo) }, width: 30, alt: words.photo, align: 'left' })]),
        ...checkBlock(setting.checkAddress, words),
      ]),
    ],
  }),
})

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
