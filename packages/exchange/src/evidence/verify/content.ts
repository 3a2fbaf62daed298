import { createHash } from 'node:crypto'
import { counted } from '@sapan/kernel'
import { contentCommitment } from '../content.ts'
import type { ExportedRecord } from '../export/pieces.ts'
import type { Findings } from './findings.ts'

/** Whether what was said is what the log committed to: head, salt, digest, and the body where it is shown. */
export function checkContent(
  piece: ExportedRecord,
  files: ReadonlyMap<string, Buffer>,
  findings: Findings,
): boolean {
  const { kind } = piece.record
  const { content } = piece
  const file = `${kind}.json`
  if (!content) return true
  const bodyDigest = Buffer.from(content.bodyDigest, 'hex')
  const commitment = contentCommitment(
    Buffer.from(content.salt, 'hex'),
    JSON.stringify(content.head),
    bodyDigest,
  )
  const committed = findings.note(
    `${kind}-commitment`,
    commitment.toString('hex') === piece.record.commitment,
    {
      yes: {
        th: `${file}: ข้อความตรงกับที่ล็อกผูกไว้`,
        en: `${file}: the message is the one that the log committed to.`,
      },
      no: {
        th: `${file}: ข้อความไม่ตรงกับที่ล็อกผูกไว้`,
        en: `${file}: the message is not the one that the log committed to.`,
      },
    },
    file,
  )
  return checkBody(piece, files.get(`${kind}.body`), bodyDigest, findings) && committed
}

function checkBody(
  { record, content }: ExportedRecord,
  body: Buffer | undefined,
  bodyDigest: Buffer,
  findings: Findings,
): boolean {
  const file = `${record.kind}.body`
  if (!body) {
    if (!content?.bodyKept) return true
    return findings.fail(`${record.kind}-body`, { th: `ไม่มี ${file}`, en: `${file} is missing.` }, file)
  }
  const passed =
    createHash('sha256').update(body).digest().equals(bodyDigest) && body.length === record.bodyBytes
  return findings.note(
    `${record.kind}-body`,
    passed,
    {
      yes: {
        th: `${file}: เนื้อหาตรงกับดิเจสต์ (${body.length} ไบต์)`,
        en: `${file}: the body has the digest that was signed (${counted(body.length, 'byte')}).`,
      },
      no: {
        th: `${file}: เนื้อหาไม่ตรงกับดิเจสต์`,
        en: `${file}: the body does not have the digest that was signed.`,
      },
    },
    file,
  )
}
