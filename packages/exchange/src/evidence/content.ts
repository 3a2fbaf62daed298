import { hash } from 'node:crypto'
import { drawRandom } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { SignedMessage } from '../signature/message.ts'

const domain = Buffer.from('sapan-evidence-content-v1\n')
const saltBytes = 32
const digestBytes = 32
const headAt = saltBytes + digestBytes
/** Length of the head (4 bytes, big-endian), then 1 where the body is kept, else 0. */
const endBytes = 5

/** What a record keeps sealed, opened. */
export interface Content {
  /** Random; without it the commitment tells nothing. */
  readonly salt: Buffer
  /** SHA-256 of the body. */
  readonly bodyDigest: Buffer
  /** JSON of a `SignedMessage` or null, as it was committed to. */
  readonly headText: string
  /** Null where only its digest is kept. */
  readonly body: Buffer | null
}

/**
 * The commitment to head and body that the log holds in their place:
 * SHA-256(domain ‖ salt (32) ‖ SHA-256(body) ‖ head's JSON).
 */
export function contentCommitment(salt: Uint8Array, headText: string, bodyDigest: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([domain, salt, bodyDigest, Buffer.from(headText)]), 'buffer')
}

/** Head and body of a message, committed to and not sealed yet. */
export interface Committed {
  /** In hex. */
  readonly commitment: string
  /** What is to be sealed; good until the next message is committed to. */
  readonly plain: Buffer
}

/** Where contents are put together that are not large; each use ends before the next begins. */
const bench = Buffer.allocUnsafeSlow(64 * 1024)
domain.copy(bench)

/**
 * Commits to head and body with a new salt, and puts together what the record keeps of them: salt, the body's digest,
 * head, body, and what tells the two apart.
 */
export function commitTo(head: SignedMessage | null, bodyDigest: Buffer, body: Buffer | null): Committed {
  const headText = JSON.stringify(head)
  const plain = benchFor(domain.length + headAt + 3 * headText.length + (body?.length ?? 0) + endBytes)
  let at = domain.length
  plain.set(drawRandom(saltBytes), at)
  plain.set(bodyDigest, at + saltBytes)
  const headBytes = plain.write(headText, at + headAt)
  at += headAt + headBytes
  const commitment = hash('sha256', plain.subarray(0, at), 'hex')
  if (body !== null) plain.set(body, at)
  at = plain.writeUInt32BE(headBytes, at + (body?.length ?? 0))
  plain[at] = body === null ? 0 : 1
  return { commitment, plain: plain.subarray(domain.length, at + 1) }
}

/** Seals what was committed to, bound to the record's digest, in hex. */
export function sealContent(sealer: Sealer, digest: string, { plain }: Committed): Buffer {
  return sealer.seal(plain, boundTo(digest))
}

function benchFor(bytes: number): Buffer {
  if (bytes <= bench.length) return bench
  const larger = Buffer.allocUnsafeSlow(bytes)
  larger.set(domain)
  return larger
}

/** Seals anew, under another key, what `openPlain` gave. */
export function sealPlain(sealer: Sealer, digest: string, plain: Uint8Array): Buffer {
  return sealer.seal(plain, boundTo(digest))
}

/** What is sealed, as it was put together; throws `sealed-unreadable`. */
export function openPlain(sealer: Sealer, digest: string, sealed: Uint8Array): Buffer {
  return sealer.open(sealed, boundTo(digest))
}

/** What was put together, read: its parts are views of it. */
export function readContent(plain: Buffer): Content {
  const end = plain.length - endBytes
  const bodyAt = headAt + plain.readUInt32BE(end)
  return {
    salt: plain.subarray(0, saltBytes),
    bodyDigest: plain.subarray(saltBytes, headAt),
    headText: plain.toString('utf8', headAt, bodyAt),
    body: plain[end + 4] === 1 ? plain.subarray(bodyAt, end) : null,
  }
}

/** The message that was signed; null where none was. */
export function readHead({ headText }: Content): SignedMessage | null {
  return JSON.parse(headText) as SignedMessage | null
}

/**
 * Sealed bytes do not open in another row, nor in their own where a column was edited and the digest made anew: that
 * needs no key, and until the record is in the log nothing else tells of it.
 */
function boundTo(digest: string): Buffer {
  return Buffer.from(`sapan-evidence content\n${digest}`)
}
