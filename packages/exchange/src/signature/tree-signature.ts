import type { KeyObject } from 'node:crypto'
import { inclusionRoot, leafHash, type Signer, smallTree, verifySignature } from '@sapan/trust'
import type { VerificationKey } from './verify.ts'

/**
 * One signature for several messages: over the root of the Merkle tree (RFC 9162 §2.1) whose leaves are their signature
 * bases. Each message carries it with its own place and path, so that each is proven alone, and tells nothing of the
 * others: of a neighbour there is only a hash, over a base with a random nonce.
 *
 * size (2) ‖ index (2) ‖ signature of the key (64) ‖ path (32 each), numbers big-endian. The key signs
 * `sapan-signature-tree-v1\n` ‖ size (2) ‖ root (32).
 */
const headBytes = 4
const signatureBytes = 64
const hashBytes = 32
const pathAt = headBytes + signatureBytes

/** How many messages share a signature at most: a path then has 6 hashes. */
export const mostInTree = 64
const longestPath = Math.log2(mostInTree)

/** Keeps the root's signature from being taken for one of anything else. */
const context = Buffer.from('sapan-signature-tree-v1\n')

/** The size too: one path can lead to one root in trees of two sizes. */
function signedText(size: number, root: Buffer): Buffer {
  return Buffer.concat([context, Buffer.of(size >> 8, size & 0xff), root])
}

/** Signs the bases, 1 to `mostInTree` of them, with one signature; gives each one's own. */
export function signTree(signer: Signer, bases: readonly Buffer[]): Buffer[] {
  if (bases.length > mostInTree) throw new RangeError(`at most ${mostInTree} messages share a signature`)
  const { root, proofs } = smallTree(bases.map((base) => leafHash(base)))
  const signature = signer.sign(signedText(bases.length, root))
  return proofs.map((path, index) => {
    const head = Buffer.alloc(headBytes)
    head.writeUInt16BE(bases.length, 0)
    head.writeUInt16BE(index, 2)
    return Buffer.concat([head, signature, ...path])
  })
}

/** Whether the bytes have the form of such a signature. */
export function isTreeSignature(bytes: Buffer): boolean {
  const hashes = (bytes.length - pathAt) / hashBytes
  return Number.isInteger(hashes) && hashes >= 0 && hashes <= longestPath
}

/** Whether the signature is the key's, and its path leads from this base to what the key signed. Never throws. */
export function verifyTreeSignature(key: VerificationKey, base: Buffer, bytes: Buffer): boolean {
  if (!isTreeSignature(bytes)) return false
  const size = bytes.readUInt16BE(0)
  const proof: Buffer[] = []
  for (let at = pathAt; at < bytes.length; at += hashBytes) proof.push(bytes.subarray(at, at + hashBytes))
  if (size > mostInTree) return false
  const root = inclusionRoot({ leaf: leafHash(base), index: bytes.readUInt16BE(2), size, proof })
  return root !== undefined && isSigned(key, signedText(size, root), bytes.subarray(headBytes, pathAt))
}

/** Texts that were found to be signed, by key: the messages of one tree come close together. */
const signedTexts = new WeakMap<KeyObject, Set<string>>()
const mostRemembered = 256

function isSigned(key: VerificationKey, text: Buffer, signature: Buffer): boolean {
  let known = signedTexts.get(key.publicKey)
  if (known === undefined) {
    known = new Set()
    signedTexts.set(key.publicKey, known)
  }
  const name = text.toString('latin1') + signature.toString('latin1')
  if (known.has(name)) return true
  if (!verifySignature(key.algorithm, key.publicKey, text, signature)) return false
  if (known.size >= mostRemembered) known.clear()
  known.add(name)
  return true
}
