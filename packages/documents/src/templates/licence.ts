import { Type } from 'typebox'
import { box, heading, labelled, list, paragraph, spacer } from '../layout/builders.ts'
import { officialDigits } from '../text/digits.ts'
import { checkBlock } from './check-place.ts'
import { ending, signatureBlock } from './closing.ts'
import { officialDate } from './official-date.ts'
import { emblemInMiddle, numberedPages } from './opening.ts'
import { date, line, prose, signer, strict } from './parts.ts'
import { defineTemplate } from './template.ts'

const schema = strict({
  agency: line(),
  /** What it permits, as its heading says: ใบอนุญาตประกอบกิจการ… */
  kind: line(200),
  number: line(60),
  holder: line(200),
  holderNumber: Type.Optional(line(40)),
  place: Type.Optional(line(500)),
  activity: line(500),
  conditions: Type.Array(prose(), { maxItems: 40 }),
  law: line(),
  issuedOn: date(),
  validFrom: date(),
  /** Absent where it does not lapse. */
  validUntil: Type.Optional(date()),
  signer,
})

/** Licence (ใบอนุญาต). */
export const licence = defineTemplate({
  name: 'licence',
  version: 1,
  title: { th: 'ใบอนุญาต', en: 'Licence' },
  about: {
    th: 'เอกสารที่หน่วยงานออกเพื่ออนุญาตให้ประกอบกิจการหรือกระทำการตามกฎหมาย',
    en: 'What an agency permits by law, to whom, where and until when',
  },
  schema,
  words: [
    'emblem',
    'number',
    'holder',
    'holderNumber',
    'place',
    'activity',
    'conditions',
    'law',
    'issuedOn',
    'validFrom',
    'validUntil',
    'noEnd',
    'check',
  ],
  sample: {
    agency: 'กรมตัวอย่างเพื่อการทดสอบ',
    kind: 'ใบอนุญาตประกอบกิจการร้านอาหารสมมติ (ตัวอย่าง)',
    number: 'ทด-อ 15/2569',
    holder: 'บริษัท ตัวอย่างอร่อย จำกัด (นิติบุคคลสมมติ)',
    holderNumber: '0-0000-00000-00-1',
    place: 'เลขที่ 99/1 ถนนสมมติ แขวงทดสอบ เขตตัวอย่าง กรุงเทพมหานคร 10000',
    activity: 'จำหน่ายอาหาร พื้นที่ประกอบการไม่เกิน 200 ตารางเมตร',
    conditions: [
      'ต้องแสดงใบอนุญาตนี้ไว้ในที่เปิดเผยและเห็นได้ง่าย ณ สถานที่ประกอบกิจการ',
      'ต้องจัดให้มีน้ำสะอาด ที่ล้างมือ และการกำจัดน้ำเสียที่ถูกสุขลักษณะ',
      'ต้องยื่นคำขอต่ออายุก่อนใบอนุญาตสิ้นอายุ',
    ],
    law: 'กฎหมายสมมติว่าด้วยการทดสอบ มาตรา 10',
    issuedOn: '2026-11-22',
    validFrom: '2026-12-01',
    validUntil: '2027-11-30',
    signer: { name: 'นายตัวอย่าง สมมติวงศ์', position: 'อธิบดีกรมตัวอย่างเพื่อการทดสอบ' },
  },
  lastDay: ({ validUntil }) => validUntil,
  describe: (data, words, setting) => ({
    language: 'th',
    title: `${data.kind} ${data.number}`,
    author: data.agency,
    identifier: data.number,
    page: { textSize: 13 },
    ...numberedPages,
    body: [
      emblemInMiddle(setting, words),
      paragraph(data.agency, { align: 'center' }),
      heading(1, officialDigits(data.kind), { align: 'center', size: 18, spaceBefore: 2, spaceAfter: 5 }),
      ...[
        [words.number, data.number],
        [words.holder, data.holder],
        [words.holderNumber, data.holderNumber],
        [words.activity, data.activity],
        [words.place, data.place],
        [words.law, data.law],
      ].flatMap(([label, value]) =>
        label === undefined || value === undefined
          ? []
          : [labelled({ text: label, bold: true }, officialDigits(value), { width: 45, spaceAfter: 1 })],
      ),
      ...(data.conditions.length === 0
        ? []
        : [
            heading(2, words.conditions, { size: 13, spaceBefore: 4 }),
            list(
              data.conditions.map((text) => officialDigits(text)),
              { marker: 'decimal', spaceAfter: 3 },
            ),
          ]),
      ending([
        box([
          labelled({ text: words.issuedOn, bold: true }, officialDate(data.issuedOn), { width: 45 }),
          labelled({ text: words.validFrom, bold: true }, officialDate(data.validFrom), { width: 45 }),
          labelled(
            { text: words.validUntil, bold: true },
            data.validUntil === undefined ? words.noEnd : officialDate(data.validUntil),
            { width: 45 },
          ),
        ]),
        spacer(6),
        signatureBlock(data.signer, setting),
        ...checkBlock(setting.checkAddress, words),
      ]),
    ],
  }),
})
