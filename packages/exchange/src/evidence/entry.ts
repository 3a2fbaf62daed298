import type { EvidenceKind, EvidenceSide } from './record.ts'
import { type Position, readRecordCode, statementCode } from './stored.ts'

/** What an entry of the log stands for, and where it came in. */
export type Entry = Position &
  (
    | {
        readonly of: 'record'
        readonly exchange: string
        readonly side: EvidenceSide
        readonly kind: EvidenceKind
      }
    | { readonly of: 'statement'; readonly id: string }
    /** A code that means nothing: the bytes were changed. */
    | { readonly of: 'nothing'; readonly id: string }
  )

/** UUID (16), code (2), transaction (8), place within it (4), big-endian. */
export const entryBytes = 30

/** How entries come out of the database: the entry, then its digest. */
export const digestedEntryBytes = entryBytes + 32

/** Reads entries that stand one after another. Bytes that are left over are ignored. */
export function readEntries(bytes: Buffer, width = entryBytes): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at + width <= bytes.length; at += width) entries.push(readEntry(bytes, at))
  return entries
}

export function readEntry(bytes: Buffer, at: number): Entry {
  const id = readUuid(bytes, at)
  const code = bytes.readUInt16BE(at + 16)
  const position = { txid: Number(bytes.readBigInt64BE(at + 18)), ordinal: bytes.readInt32BE(at + 26) }
  if (code === statementCode) return { of: 'statement', id, ...position }
  const record = readRecordCode(code)
  return record ? { of: 'record', exchange: id, ...record, ...position } : { of: 'nothing', id, ...position }
}

/** One entry for a statement. */
export function writeStatementEntry(id: string, { txid, ordinal }: Position): Buffer {
  const entry = Buffer.alloc(entryBytes)
  entry.write(id.replaceAll('-', ''), 'hex')
  entry.writeUInt16BE(statementCode, 16)
  entry.writeBigInt64BE(BigInt(txid), 18)
  entry.writeInt32BE(ordinal, 26)
  return entry
}

function readUuid(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
