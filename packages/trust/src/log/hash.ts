import { createHash } from 'node:crypto'

/** Bytes of every hash in the log (SHA-256). */
export const hashBytes = 32

const leafPrefix = Buffer.of(0x00)
const nodePrefix = Buffer.of(0x01)

/** The hash of an entry (RFC 9162 §2.1.1): SHA-256 of 0x00 and the entry. */
export function leafHash(data: Uint8Array): Buffer {
  return createHash('sha256').update(leafPrefix).update(data).digest()
}

/** The hash of two subtrees (RFC 9162 §2.1.1): SHA-256 of 0x01, left and right. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest()
}

/** The root of a tree without entries: SHA-256 of nothing. */
export function emptyRoot(): Buffer {
  return createHash('sha256').digest()
}
