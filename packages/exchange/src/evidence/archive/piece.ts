import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Sealer } from '@sapan/trust'

const cipherName = 'aes-256-gcm'
const keyBytes = 32
const tagBytes = 16
/** A key seals one content and nothing else: its nonce need not differ. */
const nonce = Buffer.alloc(12)
const pointerBytes = 8 + 4 + 1 + keyBytes

/** Where a content lies in a segment, and what opens it. Kept in the record's row, sealed. */
export interface Pointer {
  readonly from: number
  readonly length: number
  /** Whether it has a body, or only the body's digest: told without reading it. */
  readonly hasBody: boolean
  readonly key: Buffer
}

/** A record's content as it stands in a segment: under a key of its own, bound to the record's digest, in hex. */
export function sealPiece(plain: Uint8Array, digest: string): { bytes: Buffer; key: Buffer } {
  const key = randomBytes(keyBytes)
  const cipher = createCipheriv(cipherName, key, nonce)
  cipher.setAAD(boundTo(digest))
  const sealed = cipher.update(plain)
  cipher.final()
  return { bytes: Buffer.concat([sealed, cipher.getAuthTag()]), key }
}

/** The content; undefined where the bytes are not those that were sealed. */
export function openPiece(bytes: Uint8Array, digest: string, key: Uint8Array): Buffer | undefined {
  if (bytes.length < tagBytes) return undefined
  const decipher = createDecipheriv(cipherName, key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(boundTo(digest))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
  const plain = decipher.update(bytes.subarray(0, bytes.length - tagBytes))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  return plain
}

/** Seals where a record's content lies, bound to the record's digest and the segment. */
export function sealPointer(sealer: Sealer, digest: string, segment: string, pointer: Pointer): Buffer {
  const plain = Buffer.alloc(pointerBytes)
  plain.writeBigUInt64BE(BigInt(pointer.from), 0)
  plain.writeUInt32BE(pointer.length, 8)
  plain[12] = pointer.hasBody ? 1 : 0
  plain.set(pointer.key, 13)
  return sealer.seal(plain, pointerBoundTo(digest, segment))
}

/** Throws `sealed-unreadable`. */
export function openPointer(sealer: Sealer, digest: string, segment: string, sealed: Uint8Array): Pointer {
  const plain = sealer.open(sealed, pointerBoundTo(digest, segment))
  return {
    from: Number(plain.readBigUInt64BE(0)),
    length: plain.readUInt32BE(8),
    hasBody: plain[12] === 1,
    key: plain.subarray(13, 13 + keyBytes),
  }
}

function boundTo(digest: string): Buffer {
  return Buffer.from(`sapan-evidence piece\n${digest}`)
}

function pointerBoundTo(digest: string, segment: string): Buffer {
  return Buffer.from(`sapan-evidence pointer\n${digest}\n${segment}`)
}
