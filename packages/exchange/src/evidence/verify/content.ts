import { createHash } from 'node:crypto'
import { parseContentDigest } from '../../signature/digest.ts'
import type { SignedMessage } from '../../signature/message.ts'
import { contentCommitment } from '../content.ts'
import { type ExportedRecord, headOf } from '../export/pieces.ts'
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
  if (!content) return !files.has(`${kind}.body`)
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
        en: `${file}: the body has the digest that was signed (${body.length} bytes).`,
      },
      no: {
        th: `${file}: เนื้อหาไม่ตรงกับดิเจสต์`,
        en: `${file}: the body does not have the digest that was signed.`,
      },
    },
    file,
  )
}

/** Whether what the record says in clear is what the message says that was signed. */
export function checkAgreement(piece: ExportedRecord, findings: Findings): void {
  const head = headOf(piece)
  if (!head) return
  const { record, content } = piece
  const file = `${record.kind}.json`
  const wrong = disagreement(piece, head, Buffer.from(content?.bodyDigest ?? '', 'hex'))
  findings.note(
    `${record.kind}-record`,
    wrong === undefined,
    {
      yes: {
        th: `${file}: บันทึกตรงกับข้อความที่ลงนาม`,
        en: `${file}: the record says what the signed message says.`,
      },
      no: {
        th: `${file}: ${wrong} ไม่ตรงกับข้อความที่ลงนาม`,
        en: `${file}: the record’s ${wrong} is not what the signed message says.`,
      },
    },
    file,
  )
}

/** The first column that contradicts the message. */
function disagreement(
  { record }: ExportedRecord,
  head: SignedMessage,
  bodyDigest: Buffer,
): string | undefined {
  const said = new Map(head.fields)
  const agrees = (name: string, value: string) => !said.has(name) || said.get(name) === value
  if (record.kind === 'answer' && (head.kind !== 'answer' || head.status !== record.status)) return 'status'
  if (record.kind === 'request' && (head.kind !== 'request' || head.method !== record.method)) return 'method'
  if (record.kind === 'request' && !isPathOf(head.path, record.service)) return 'service'
  if (!agrees('sapan-exchange', record.exchange)) return 'exchange'
  if (!agrees('x-road-client', record.client)) return 'client'
  if (!agrees('sapan-purpose', record.purpose)) return 'purpose'
  if (!agrees('sapan-grant', record.grant)) return 'grant'
  return digestAgrees(said.get('content-digest'), bodyDigest) ? undefined : 'body digest'
}

function isPathOf(path: string, service: string): boolean {
  return path === `/r1/${service}` || path.startsWith(`/r1/${service}/`)
}

function digestAgrees(header: string | undefined, bodyDigest: Buffer): boolean {
  try {
    return header !== undefined && parseContentDigest(header).equals(bodyDigest)
  } catch {
    return false
  }
}
