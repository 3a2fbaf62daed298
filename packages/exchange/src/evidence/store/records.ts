import { BinaryCopy } from '@sapan/kernel'
import type { KnownCircumstances } from '../circumstances.ts'
import type { EvidenceKind, EvidenceSide } from '../record.ts'
import type { OwnRecord, StoredRecord } from '../stored.ts'
import { readCircumstances } from './circumstances.ts'

/** A record's own columns; `content` is sealed. */
const own = [
  'member',
  'exchange',
  'side',
  'kind',
  'at',
  'status',
  'problem',
  'subjects',
  'fields',
  'body_bytes',
  'directory_version',
  'commitment',
  'digest',
  'content',
  'ordinal',
] as const

const written = [...own, 'circumstances'] as const

export const copyRecords = `copy evidence.record (${written.join(', ')}) from stdin (format binary)`

/** A record before the database gave it its transaction number. */
export interface NewRecord {
  readonly own: OwnRecord
  readonly circumstances: KnownCircumstances
  /** In hex. */
  readonly digest: string
  readonly content: Buffer
}

/** The rows of one transaction, as COPY takes them. */
export function encodeRecords(records: readonly NewRecord[]): Buffer {
  let size = 64
  for (const { content } of records) size += 1024 + content.length
  const copy = new BinaryCopy(size)
  let ordinal = 0
  for (const record of records) encodeRecord(copy, record, ordinal++)
  return copy.finish()
}

function encodeRecord(
  copy: BinaryCopy,
  { own, circumstances, digest, content }: NewRecord,
  ordinal: number,
): void {
  copy
    .row(written.length)
    .text(own.member)
    .uuid(own.exchange)
    .text(own.side)
    .text(own.kind)
    .int8(own.at)
    .int4(own.status)
    .text(own.problem)
    .hex(own.subjects)
    .text(own.fields)
    .int8(own.bodyBytes)
    .int8(own.directoryVersion)
    .hex(own.commitment)
    .hex(digest)
    .bytea(content)
    .int4(ordinal)
    .bytea(circumstances.id)
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
  segment: string | null
  ordinal: number
  txid: string
}

/** Of the view `whole_record`, which has the circumstances beside a record's own columns. */
export const recordColumns = [
  ...own,
  'segment',
  'txid',
  'client',
  'service',
  'operation',
  'method',
  'route',
  'purpose',
  'implied_purpose',
  'law',
  'grant_hash',
  'peer',
  'subject_key',
  'withheld_until',
  'certificate',
]
  .map((column) => `r.${column}`)
  .join(', ')

export function readRecordRow(row: RecordRow): StoredRecord {
  return {
    ...readCircumstances(row),
    member: row.member,
    exchange: row.exchange,
    side: row.side,
    kind: row.kind,
    at: Number(row.at),
    status: row.status,
    problem: row.problem,
    subjects: row.subjects,
    fields: row.fields,
    bodyBytes: Number(row.body_bytes),
    directoryVersion: Number(row.directory_version),
    commitment: row.commitment,
    digest: row.digest,
    content: row.content,
    segment: row.segment,
    ordinal: row.ordinal,
    txid: Number(row.txid),
  }
}
