import { hash } from 'node:crypto'
import type { ClearRecord, HexRecord, Position } from './stored.ts'

const recordDomain = 'sapan-evidence-record-v1\n'
const statementDomain = 'sapan-evidence-statement-v1\n'

/**
 * The one text of a record: a JSON array of its clear columns in the order of `ClearRecord`, written as ECMAScript
 * and RFC 8785 write strings, whole numbers and null; bytes as lower-case hex. Throws TypeError for text that UTF-8
 * or PostgreSQL cannot hold.
 */
export function recordText(record: HexRecord): string {
  const text = JSON.stringify([
    record.member,
    record.exchange,
    record.side,
    record.kind,
    record.at,
    record.client,
    record.service,
    record.operation,
    record.method,
    record.route,
    record.status,
    record.purpose,
    record.impliedPurpose,
    record.law,
    record.grant,
    record.peer,
    record.problem,
    record.subjects,
    record.subjectKey,
    record.withheldUntil,
    record.fields,
    record.bodyBytes,
    record.directoryVersion,
    record.certificate,
    record.commitment,
  ])
  if (text.includes('\\u') && /(?<!\\)(?:\\\\)*\\u(?:d[89a-f]|0000)/.test(text)) {
    throw new TypeError('a record holds a lone surrogate or U+0000')
  }
  return text
}

/** SHA-256 over the record's text: what its log entry holds. */
export function recordDigest(record: ClearRecord): Buffer {
  const { subjects, commitment } = record
  const inHex = { ...record, subjects: subjects.toString('hex'), commitment: commitment.toString('hex') }
  return Buffer.from(recordDigestHex(inHex), 'hex')
}

/** The same in hex, of a record whose bytes are in hex: a buffer costs more to make than the hash. */
export function recordDigestHex(record: HexRecord): string {
  return hash('sha256', recordDomain + recordText(record), 'hex')
}

/** SHA-256 over a statement's id and note. */
export function statementDigest(id: string, note: string): Buffer {
  return hash('sha256', `${statementDomain}${id}\n${note}`, 'buffer')
}

const entryBytes = 44

/**
 * A log entry (what RFC 9162 §2.1.1 calls d[n]): the digest of a record or statement (32 bytes) and its position,
 * transaction (8) and place within it (4), big-endian.
 */
export function logEntry(digest: Uint8Array, { txid, ordinal }: Position): Buffer {
  const entry = Buffer.alloc(entryBytes)
  entry.set(digest)
  // A damaged row may hold any number: it then has another hash, and no error.
  entry.writeBigInt64BE(BigInt.asIntN(64, BigInt(txid)), 32)
  entry.writeInt32BE(ordinal, 40)
  return entry
}
