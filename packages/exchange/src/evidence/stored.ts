import type { EvidenceKind, EvidenceSide, RecordKey } from './record.ts'

/** Where a record or statement stands in the order of its member's log. */
export interface Position {
  /** Number of the transaction that kept it. */
  readonly txid: number
  /** Its place within that transaction. */
  readonly ordinal: number
}

/** The columns of a record that its digest covers, in that order. Nothing here is sealed, and nothing personal. */
export interface ClearRecord extends RecordKey {
  readonly at: number
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly method: string
  readonly route: string
  readonly status: number | null
  readonly purpose: string
  readonly impliedPurpose: boolean
  readonly law: string
  readonly grant: string
  readonly peer: string
  readonly problem: string | null
  /** Keyed hashes of 32 bytes each, one after another. */
  readonly subjects: Buffer
  readonly subjectKey: number
  readonly withheldUntil: number | null
  /** A JSON array of the fields' paths. */
  readonly fields: string
  readonly bodyBytes: number
  readonly directoryVersion: number
  readonly certificate: string
  /** Salted commitment to head and body, 32 bytes. */
  readonly commitment: Buffer
}

/** The same with its bytes as lower-case hex. */
export type HexRecord = Omit<ClearRecord, 'subjects' | 'commitment'> & {
  readonly subjects: string
  readonly commitment: string
}

/** A record as it lies in the database. */
export interface StoredRecord extends ClearRecord, Position {
  readonly digest: Buffer
  /** Sealed: head, and body where that is kept; null after an erasure. */
  readonly content: Buffer | null
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
