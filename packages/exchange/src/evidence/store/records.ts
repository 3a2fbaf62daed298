import { BinaryCopy } from '@sapan/kernel'
import type { EvidenceKind, EvidenceSide } from '../record.ts'
import type { HexRecord, StoredRecord } from '../stored.ts'

const written = [
  'member',
  'exchange',
  'side',
  'kind',
  'at',
  'client',
  'service',
  'operation',
  'method',
  'route',
  'status',
  'purpose',
  'implied_purpose',
  'law',
  'grant_hash',
  'peer',
  'problem',
  'subjects',
  'subject_key',
  'withheld_until',
  'fields',
  'body_bytes',
  'directory_version',
  'certificate',
  'commitment',
  'digest',
  'content',
  'ordinal',
] as const

export const copyRecords = `copy evidence.record (${written.join(', ')}) from stdin (format binary)`

/** A record before the database gave it its transaction number. */
export interface NewRecord {
  readonly clear: HexRecord
  /** In hex. */
  readonly digest: string
  readonly content: Buffer
}

/** The rows of one transaction, as COPY takes them. */
export function encodeRecords(records: readonly NewRecord[]): Buffer {
  let size = 64
  for (const { content } of records) size += 1536 + content.length
  const copy = new BinaryCopy(size)
  let ordinal = 0
  for (const record of records) encodeRecord(copy, record, ordinal++)
  return copy.finish()
}

function encodeRecord(copy: BinaryCopy, { clear, digest, content }: NewRecord, ordinal: number): void {
  copy
    .row(written.length)
    .text(clear.member)
    .uuid(clear.exchange)
    .text(clear.side)
    .text(clear.kind)
    .int8(clear.at)
    .text(clear.client)
    .text(clear.service)
    .text(clear.operation)
    .text(clear.method)
    .text(clear.route)
    .int4(clear.status)
    .text(clear.purpose)
    .bool(clear.impliedPurpose)
    .text(clear.law)
    .text(clear.grant)
    .text(clear.peer)
    .text(clear.problem)
    .hex(clear.subjects)
    .int4(clear.subjectKey)
    .int8(clear.withheldUntil)
    .text(clear.fields)
    .int8(clear.bodyBytes)
    .int8(clear.directoryVersion)
    .text(clear.certificate)
    .hex(clear.commitment)
    .hex(digest)
    .bytea(content)
    .int4(ordinal)
}

/** What the driver gives for a row: it hands out 64-bit numbers as text. */
export interface RecordRow {
  member: string
  exchange: string
  side: EvidenceSide
  kind: EvidenceKind
  at: string
  client: string
  service: string
  operation: string
  method: string
  route: string
  status: number | null
  purpose: string
  implied_purpose: boolean
  law: string
  grant_hash: string
  peer: string
  problem: string | null
  subjects: Buffer
  subject_key: number
  withheld_until: string | null
  fields: string
  body_bytes: string
  directory_version: string
  certificate: string
  commitment: Buffer
  digest: Buffer
  content: Buffer | null
  ordinal: number
  txid: string
}

export const recordColumns = [...written, 'txid'].map((column) => `r.${column}`).join(', ')

export function readRecordRow(row: RecordRow): StoredRecord {
  return {
    member: row.member,
    exchange: row.exchange,
    side: row.side,
    kind: row.kind,
    at: Number(row.at),
    client: row.client,
    service: row.service,
    operation: row.operation,
    method: row.method,
    route: row.route,
    status: row.status,
    purpose: row.purpose,
    impliedPurpose: row.implied_purpose,
    law: row.law,
    grant: row.grant_hash,
    peer: row.peer,
    problem: row.problem,
    subjects: row.subjects,
    subjectKey: row.subject_key,
    withheldUntil: row.withheld_until === null ? null : Number(row.withheld_until),
    fields: row.fields,
    bodyBytes: Number(row.body_bytes),
    directoryVersion: Number(row.directory_version),
    certificate: row.certificate,
    commitment: row.commitment,
    digest: row.digest,
    content: row.content,
    ordinal: row.ordinal,
    txid: Number(row.txid),
  }
}
