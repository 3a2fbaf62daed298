import { createHash, hash } from 'node:crypto'

/** Bytes of every hash in the log (SHA-256). */
export const hashBytes = 32

const leafPrefix = Buffer.of(0x00)
/** 0x00 and an entry that is not large, for the same reason. */
const leaf = Buffer.alloc(8 * 1024)
/** 0x01, left, right: written anew for each hash, since one call to hash is all that this may cost. */
const node = Buffer.alloc(1 + 2 * hashBytes, 0x01)

/** The hash of an entry (RFC 9162 §2.1.1): SHA-256 of 0x00 and the entry. */
export function leafHash(data: Uint8Array): Buffer {
  if (data.length >= leaf.length) return createHash('sha256').update(leafPrefix).update(data).digest()
  leaf.set(data, 1)
  return hash('sha256', leaf.subarray(0, 1 + data.length), 'buffer')
}

/** The hash of two subtrees (RFC 9162 §2.1.1): SHA-256 of 0x01, left and right. Throws RangeError unless both have 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== hashBytes || right.length !== hashBytes) throw new RangeError('a hash has 32 bytes')
  node.set(left, 1)
  node.set(right, 1 + hashBytes)
  return hash('sha256', node, 'buffer')
}

/** The root of a tree without entries: SHA-256 of nothing. */
export function emptyRoot(): Buffer {
  return createHash('sha256').digest()
}
