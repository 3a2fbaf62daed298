import type { EvidenceKind, EvidenceSide, RecordKey } from './record.ts'

/** Where a record or statement stands in the order of its member's log. */
export interface Position {
  /** Number of the transaction that kept it. */
  readonly txid: number
  /** Its place within that transaction. */
  readonly ordinal: number
}

/** What many records have in common, and is kept once for them. */
export interface Circumstances {
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly method: string
  readonly route: string
  readonly purpose: string
  readonly impliedPurpose: boolean
  readonly law: string
  readonly grant: string
  readonly peer: string
  readonly subjectKey: number
  readonly withheldUntil: number | null
  readonly certificate: string
}

interface OwnColumns<Bytes> extends RecordKey {
  readonly at: number
  readonly status: number | null
  readonly problem: string | null
  /** Keyed hashes of 32 bytes each, one after another. */
  readonly subjects: Bytes
  /** A JSON array of the fields' paths. */
  readonly fields: string
  readonly bodyBytes: number
  readonly directoryVersion: number
  /** Salted commitment to head and body, 32 bytes. */
  readonly commitment: Bytes
}

/** What its digest covers of a record. Nothing here is sealed, and nothing personal. */
export interface ClearRecord extends Circumstances, OwnColumns<Buffer> {}

/** A record's own part of that, with bytes as lower-case hex. */
export type OwnRecord = OwnColumns<string>

/** A record as it lies in the database. */
export interface StoredRecord extends ClearRecord, Position {
  readonly digest: Buffer
  /** Sealed: head, and body where that is kept, or where in an archive they lie; null after an erasure. */
  readonly content: Buffer | null
  /** The archive's segment in which the content lies; null where it lies here. */
  readonly segment: string | null
}

/** Entries of the log are told apart by a code: three for each side's records, one for statements. */
export const statementCode = 6

const kinds = ['request', 'answer', 'failure'] as const
const sides = ['consumer', 'provider'] as const

export function recordCode(side: EvidenceSide, kind: EvidenceKind): number {
  return sides.indexOf(side) * 3 + kinds.indexOf(kind)
}

/** Undefined for a statement's code and for what is no code. */
export function readRecordCode(code: number): { side: EvidenceSide; kind: EvidenceKind } | undefined {
  const side = sides[Math.floor(code / 3)]
  const kind = kinds[code % 3]
  return side && kind ? { side, kind } : undefined
}

export function comparePositions(a: Position, b: Position): number {
  return a.txid - b.txid || a.ordinal - b.ordinal
}
