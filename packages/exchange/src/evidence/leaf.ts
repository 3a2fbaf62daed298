import { hash } from 'node:crypto'
import type { Circumstances, ClearRecord, OwnRecord, Position } from './stored.ts'

const recordDomain = 'sapan-evidence-record-v1\n'
const circumstancesDomain = 'sapan-evidence-circumstances-v1\n'
const statementDomain = 'sapan-evidence-statement-v1\n'

/**
 * The one text of circumstances: a JSON array in the order of `Circumstances`, written as ECMAScript and RFC 8785
 * write strings, whole numbers and null. Throws TypeError for text that UTF-8 or PostgreSQL cannot hold.
 */
export function circumstancesText(circumstances: Circumstances): string {
  return checked(
    JSON.stringify([
      circumstances.client,
      circumstances.service,
      circumstances.operation,
      circumstances.method,
      circumstances.route,
      circumstances.purpose,
      circumstances.impliedPurpose,
      circumstances.law,
      circumstances.grant,
      circumstances.peer,
      circumstances.subjectKey,
      circumstances.withheldUntil,
      circumstances.certificate,
    ]),
  )
}

/** SHA-256 over the text of circumstances: by which records name them. */
export function circumstancesId(text: string): Buffer {
  return hash('sha256', circumstancesDomain + text, 'buffer')
}

/**
 * The one text of a record: the text of its circumstances, and after a line feed a JSON array of its own columns in
 * the order of `OwnRecord`, written alike; bytes as lower-case hex. Throws TypeError as `circumstancesText` does.
 */
function recordText(circumstances: string, own: OwnRecord): string {
  const text = JSON.stringify([
    own.member,
    own.exchange,
    own.side,
    own.kind,
    own.at,
    own.status,
    own.problem,
    own.subjects,
    own.fields,
    own.bodyBytes,
    own.directoryVersion,
    own.commitment,
  ])
  return `${circumstances}\n${checked(text)}`
}

function checked(text: string): string {
  if (text.includes('\\u') && /(?<!\\)(?:\\\\)*\\u(?:d[89a-f]|0000)/.test(text)) {
    throw new TypeError('a record holds a lone surrogate or U+0000')
  }
  return text
}

/** SHA-256 over the record's text: what its log entry holds. */
export function recordDigest(record: ClearRecord): Buffer {
  const { subjects, commitment } = record
  const own = { ...record, subjects: subjects.toString('hex'), commitment: commitment.toString('hex') }
  return Buffer.from(recordDigestHex(circumstancesText(record), own), 'hex')
}

/** The same in hex, where the text of the circumstances is known: a buffer costs more to make than the hash. */
export function recordDigestHex(circumstances: string, own: OwnRecord): string {
  return hash('sha256', recordDomain + recordText(circumstances, own), 'hex')
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
