import { hash } from 'node:crypto'
import { drawRandom } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { SignedMessage } from '../signature/message.ts'
import type { RecordKey } from './record.ts'

const domain = Buffer.from('sapan-evidence-content-v1\n')
const saltBytes = 32
const digestBytes = 32
const headAt = saltBytes + digestBytes + 1

/** What a record keeps sealed, opened. */
export interface Content {
  /** Random; without it the commitment tells nothing. */
  readonly salt: Buffer
  /** SHA-256 of the body. */
  readonly bodyDigest: Buffer
  /** Whether the body is kept, or only its digest. */
  readonly keepsBody: boolean
  /** JSON of a `SignedMessage` or null, as it was committed to. */
  readonly headText: string
}

/**
 * The commitment to head and body that the log holds in their place:
 * SHA-256(domain ‖ salt ‖ SHA-256(head's JSON) ‖ SHA-256(body)).
 */
export function contentCommitment(salt: Uint8Array, headText: string, bodyDigest: Uint8Array): Buffer {
  return hash(
    'sha256',
    Buffer.concat([domain, salt, hash('sha256', headText, 'buffer'), bodyDigest]),
    'buffer',
  )
}

/** Commits to head and body with a new salt, and seals all of it, bound to the record's key. */
export function sealContent(
  sealer: Sealer,
  key: RecordKey,
  head: SignedMessage | null,
  bodyDigest: Buffer,
  body: Buffer | null,
): { commitment: Buffer; head: Buffer; body: Buffer | null } {
  const headText = JSON.stringify(head)
  const plain = Buffer.allocUnsafe(headAt + Buffer.byteLength(headText))
  const salt = drawRandom(saltBytes)
  plain.set(salt)
  plain.set(bodyDigest, saltBytes)
  plain[headAt - 1] = body === null ? 0 : 1
  plain.write(headText, headAt)
  return {
    commitment: contentCommitment(salt, headText, bodyDigest),
    head: sealer.seal(plain, boundTo(key, 'head')),
    // An empty body has nothing to hide, and most requests have one.
    body: body === null || body.length === 0 ? body : sealer.seal(body, boundTo(key, 'body')),
  }
}

/** Opens a sealed head; throws `sealed-unreadable`. */
export function openHead(sealer: Sealer, key: RecordKey, sealed: Uint8Array): Content {
  const plain = sealer.open(sealed, boundTo(key, 'head'))
  return {
    salt: plain.subarray(0, saltBytes),
    bodyDigest: plain.subarray(saltBytes, saltBytes + digestBytes),
    keepsBody: plain[headAt - 1] === 1,
    headText: plain.toString('utf8', headAt),
  }
}

/** Opens a body; throws `sealed-unreadable`. */
export function openBody(sealer: Sealer, key: RecordKey, sealed: Uint8Array): Buffer {
  return sealed.length === 0 ? Buffer.alloc(0) : sealer.open(sealed, boundTo(key, 'body'))
}

/** Sealed bytes moved to another row or column do not open. */
function boundTo({ member, exchange, side, kind }: RecordKey, column: 'head' | 'body'): Buffer {
  return Buffer.from(`sapan-evidence ${column}\n${member}\n${exchange}\n${side}\n${kind}`)
}
