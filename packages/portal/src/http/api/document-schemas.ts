import type { AttachmentReport, DocumentReport, RevisionReport } from '@sapan/documents/check'
import {
  count,
  field,
  listOf,
  maybe,
  objectOf,
  reference,
  type Schema,
  sha256,
  string,
  wordOf,
  yes,
} from './schema.ts'

const revision = objectOf<RevisionReport>(
  { th: 'ฉบับแก้ไขภายในไฟล์', en: 'A revision within the file' },
  {
    index: field('ลำดับ นับจาก 0', 'its number, from 0', count),
    signedBy: maybe('ลายมือชื่อที่ปิดฉบับนี้', 'the signature that closes it', string),
    changes: field('สิ่งที่เปลี่ยน', 'what it changed', listOf(reference('Change'))),
    verdict: field(
      'อนุญาตหรือไม่',
      'whether that was permitted',
      wordOf<RevisionReport['verdict']>({
        first: true,
        allowed: true,
        suspicious: true,
        refused: true,
        unsigned: true,
      }),
    ),
  },
)

const change = objectOf<RevisionReport['changes'][number]>(
  { th: 'การเปลี่ยนแปลง', en: 'A change' },
  {
    kind: field('ชนิด', 'its kind', string),
    text: maybe('ถ้อยคำ', 'in words', reference('Text')),
    detail: maybe('รายละเอียดสำหรับผู้เชี่ยวชาญ', 'for specialists', string),
  },
)

const attachment = objectOf<AttachmentReport>(
  { th: 'ไฟล์แนบ', en: 'A file inside' },
  {
    name: field('ชื่อ', 'its name', string),
    mime: maybe('ชนิด', 'its media type', string),
    relationship: maybe('ความสัมพันธ์กับเอกสาร', 'its relationship to the document', string),
    sha256: field('ค่าย่อย SHA-256', 'its SHA-256', sha256),
    bytes: field('ขนาดเป็นไบต์', 'its size in bytes', count),
  },
)

const embedded = objectOf<NonNullable<DocumentReport['embedded']>>(
  { th: 'ข้อมูลที่ฝังมา เทียบกับหน้าที่มองเห็น', en: 'The data inside, held against the pages' },
  {
    template: field('แม่แบบ', 'the template that made it', string),
    agrees: field('ตรงกันหรือไม่', 'whether both say the same', yes),
    differences: field('ความต่าง', 'where they differ', listOf(reference('Difference'))),
  },
)

const difference = objectOf<NonNullable<DocumentReport['embedded']>['differences'][number]>(
  { th: 'ความต่าง', en: 'A difference' },
  {
    kind: field('ชนิด', 'its kind', string),
    text: field('ถ้อยคำ', 'in words', reference('Text')),
    expected: maybe('ที่ข้อมูลบอก', 'what the data makes', string),
    shown: maybe('ที่หน้าแสดง', 'what the page shows in its place', string),
  },
)

const document = objectOf<DocumentReport>(
  { th: 'สิ่งที่อยู่ในเอกสาร', en: 'What a document has inside' },
  {
    pages: maybe('จำนวนหน้า', 'how many pages', count),
    pdfaClaim: maybe('ระดับ PDF/A ที่ไฟล์อ้าง', 'the PDF/A level that it claims', string),
    title: maybe('ชื่อเอกสาร', 'its title', string),
    revisions: field('ฉบับแก้ไขภายในไฟล์', 'its revisions', listOf(reference('Revision'))),
    attachments: field('ไฟล์แนบ', 'files inside', listOf(reference('Attachment'))),
    embedded: maybe('ข้อมูลที่ฝังมา', 'the data inside', reference('Embedded')),
  },
)

/** What a PDF has inside, as part of a report. */
export const documentSchemas: Readonly<Record<string, Schema>> = {
  Document: document,
  Revision: revision,
  Change: change,
  Attachment: attachment,
  Embedded: embedded,
  Difference: difference,
}
