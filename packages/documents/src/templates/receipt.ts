import { type Static, Type } from 'typebox'
import { cell, heading, labelled, paragraph, rowHeader, table } from '../layout/builders.ts'
import type { Block } from '../layout/description.ts'
import { checkBlock } from './check-place.ts'
import { ending, signatureBlock } from './closing.ts'
import { plainDate, plainMoment } from './official-date.ts'
import { emblemWithName, runningFoot } from './opening.ts'
import { date, line, moment, signer, strict } from './parts.ts'
import { defineTemplate, type Words } from './template.ts'

const schema = strict({
  agency: line(),
  number: line(60),
  service: line(),
  applicant: line(200),
  /** As it may be shown: `1-2345-xxxxx-12-1`. */
  applicantNumber: Type.Optional(line(40)),
  receivedAt: moment(),
  /** When it counts as received: the next opening, where it came outside office hours. */
  effectiveAt: moment(),
  /** The last day on which the agency must have decided. */
  due: Type.Optional(date()),
  /** Working days that the law gives the agency. */
  days: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
  law: Type.Optional(line()),
  entries: Type.Array(strict({ label: line(120), value: line(1000) }), { maxItems: 200 }),
  files: Type.Optional(
    Type.Array(
      strict({
        name: line(200),
        bytes: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
        sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      }),
      { maxItems: 100 },
    ),
  ),
  signer: Type.Optional(signer),
})

/** Receipt of a submission (ใบรับคำขอ): what an agency owes who submits electronically. */
export const receipt = defineTemplate({
  name: 'receipt',
  version: 1,
  title: { th: 'ใบรับคำขอ', en: 'Receipt of a submission' },
  about: {
    th: 'หลักฐานว่าหน่วยงานได้รับคำขอแล้ว เมื่อใด และต้องพิจารณาให้เสร็จเมื่อใด',
    en: 'Proof that an agency has a submission, since when, and by when it must decide',
  },
  schema,
  words: [
    'emblem',
    'heading',
    'number',
    'service',
    'applicant',
    'applicantNumber',
    'receivedAt',
    'effectiveAt',
    'due',
    'days',
    'law',
    'entries',
    'entry',
    'value',
    'files',
    'file',
    'bytes',
    'digest',
    'automatic',
    'check',
  ],
  sample: {
    agency: 'กรมตัวอย่างเพื่อการทดสอบ',
    number: 'TEST-2569-000123',
    service: 'ขอหนังสือรับรองการอบรม (ตัวอย่าง)',
    applicant: 'นายสมมติ ตัวอย่างเจริญ (บุคคลสมมติ)',
    applicantNumber: '0-0000-xxxxx-00-1',
    receivedAt: '2026-11-21T18:32:00+07:00',
    effectiveAt: '2026-11-23T08:30:00+07:00',
    due: '2026-11-30',
    days: 5,
    law: 'พระราชบัญญัติการปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. 2565',
    entries: [
      { label: 'หลักสูตร', value: 'การใช้เอกสารอิเล็กทรอนิกส์' },
      { label: 'วันที่อบรม', value: '1–5 พฤศจิกายน 2569' },
      { label: 'ช่องทางรับเอกสาร', value: 'กล่องเอกสารของฉัน' },
    ],
    files: [{ name: 'หลักฐานการลงทะเบียน.pdf', bytes: 48213, sha256: '0'.repeat(64) }],
  },
  describe: (data, words, setting) => ({
    language: 'th',
    title: `${words.heading} ${data.number}`,
    author: data.agency,
    identifier: data.number,
    page: { textSize: 12 },
    ...runningFoot(`${words.heading} ${data.number}`),
    body: [
      emblemWithName(setting, words, { emblemHeight: 15, titleSize: 20 }),
      paragraph(data.agency, { align: 'left', spaceAfter: 3 }),
      ...facts(data, words),
      ...entries(data.entries, words),
      ...files(data.files ?? [], words),
      ending([
        data.signer
          ? signatureBlock(data.signer, setting)
          : paragraph(words.automatic, { align: 'left', size: 10.5 }),
        ...checkBlock(setting.checkAddress, words),
      ]),
    ],
  }),
})

type ReceiptData = Static<typeof schema>

function facts(data: ReceiptData, words: Words): Block[] {
  const rows: (readonly [string | undefined, string | undefined])[] = [
    [words.number, data.number],
    [words.service, data.service],
    [words.applicant, data.applicant],
    [words.applicantNumber, data.applicantNumber],
    [words.receivedAt, plainMoment(data.receivedAt)],
    [words.effectiveAt, plainMoment(data.effectiveAt)],
    [words.days, data.days === undefined ? undefined : String(data.days)],
    [words.due, data.due === undefined ? undefined : plainDate(data.due)],
    [words.law, data.law],
  ]
  return rows.flatMap(([label, value]) =>
    label === undefined || value === undefined
      ? []
      : [labelled({ text: label, bold: true }, value, { width: 68 })],
  )
}

function entries(list: ReceiptData['entries'], words: Words): Block[] {
  if (list.length === 0) return []
  return [
    heading(2, words.entries ?? '', { size: 13, spaceBefore: 5 }),
    table({
      columns: [
        { width: 55, align: 'left' },
        { width: { share: 1 }, align: 'left' },
      ],
      head: [[words.entry ?? '', words.value ?? '']],
      rows: list.map(({ label, value }) => [rowHeader(label), value]),
      borders: 'horizontal',
      keepWithNext: true,
      ...(words.entries && { summary: words.entries }),
    }),
  ]
}

function files(list: NonNullable<ReceiptData['files']>, words: Words): Block[] {
  if (list.length === 0) return []
  return [
    heading(2, words.files ?? '', { size: 13, spaceBefore: 5 }),
    table({
      columns: [
        { width: { share: 1 }, align: 'left' },
        { width: 'auto', align: 'right' },
        { width: 72, align: 'left' },
      ],
      head: [[words.file ?? '', words.bytes ?? '', words.digest ?? '']],
      rows: list.map(({ name, bytes, sha256 }) => [
        rowHeader(name),
        bytes.toLocaleString('en-US'),
        cell(`${sha256.slice(0, 32)} ${sha256.slice(32)}`),
      ]),
      borders: 'horizontal',
      size: 10,
      keepWithNext: true,
      ...(words.files && { summary: words.files }),
    }),
  ]
}
