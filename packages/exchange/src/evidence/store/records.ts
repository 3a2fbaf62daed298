import { BinaryCopy } from '@sapan/kernel'
import type { EvidenceKind, EvidenceSide } from '../record.ts'
import type { StoredRecord } from '../stored.ts'

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
  'head',
  'body',
  'ordinal',
] as const

export const copyRecords = `copy evidence.record (${written.join(', ')}) from stdin (format binary)`

/** A record before the database gave it its transaction number. */
export type NewRecord = Omit<StoredRecord, 'txid' | 'ordinal'>

/** The rows of one transaction, as COPY takes them. */
export function encodeRecords(records: readonly NewRecord[]): Buffer {
  const size = records.reduce(
    (sum, { head, body }) => sum + 1536 + (head?.length ?? 0) + (body?.length ?? 0),
    64,
  )
  const copy = new BinaryCopy(size)
  for (const [ordinal, record] of records.entries()) encodeRecord(copy, record, ordinal)
  return copy.finish()
}

function encodeRecord(copy: BinaryCopy, record: NewRecord, ordinal: number): void {
  copy
    .row(written.length)
    .text(record.member)
    .uuid(record.exchange)
    .text(record.side)
    .text(record.kind)
    .int8(record.at)
    .text(record.client)
    .text(record.service)
    .text(record.operation)
    .text(record.method)
    .text(record.route)
    .int4(record.status)
    .text(record.purpose)
    .bool(record.impliedPurpose)
    .text(record.law)
    .text(record.grant)
    .text(record.peer)
    .text(record.problem)
    .bytea(record.subjects)
    .int4(record.subjectKey)
    .int8(record.withheldUntil)
    .text(record.fields)
    .int8(record.bodyBytes)
    .int8(record.directoryVersion)
    .text(record.certificate)
    .bytea(record.commitment)
    .bytea(record.digest)
    .bytea(record.head)
    .bytea(record.body)
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
  head: Buffer | null
  body: Buffer | null
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
    head: row.head,
    body: row.body,
    ordinal: row.ordinal,
    txid: Number(row.txid),
  }
}
