import { emptyRoot, hashBytes, nodeHash } from './hash.ts'
import { checkSize, nodesOfRange, splitPoint, type TreeNode } from './tree-shape.ts'

/** Gives the hashes of complete subtrees, in the order asked: from tiles, from a table, from memory. */
export type HashReader = (
  nodes: readonly TreeNode[],
) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>

/** Leaves `start` to `end` (exclusive) whose subtree's root is one hash of a proof. */
interface Range {
  readonly start: number
  readonly end: number
}

/**
 * The proof that leaf `index` is in the tree of `size` leaves (RFC 9162 §2.1.3.1), leaf's neighbour first. `read` is
 * asked once, for all nodes. Throws RangeError unless 0 ≤ index < size.
 */
export async function inclusionProof(index: number, size: number, read: HashReader): Promise<Buffer[]> {
  checkSize(size)
  checkSize(index)
  if (index >= size) throw new RangeError('no such leaf in a tree of this size')
  return await hashesOf(inclusionRanges(index, size), read)
}

/**
 * The proof that the tree of `oldSize` leaves is the beginning of the tree of `newSize` (RFC 9162 §2.1.4.1); empty
 * when the sizes are equal or `oldSize` is 0. Throws RangeError when `oldSize` is above `newSize`.
 */
export async function consistencyProof(
  oldSize: number,
  newSize: number,
  read: HashReader,
): Promise<Buffer[]> {
  checkSize(oldSize)
  checkSize(newSize)
  if (oldSize > newSize) throw new RangeError('the old tree is larger than the new one')
  if (oldSize === 0) return []
  return await hashesOf(consistencyRanges(oldSize, newSize), read)
}

/** The root of the tree's first `size` leaves. */
export async function rootHash(size: number, read: HashReader): Promise<Buffer> {
  checkSize(size)
  if (size === 0) return emptyRoot()
  const [root] = await hashesOf([{ start: 0, end: size }], read)
  if (!root) throw new Error('the hash reader gave nothing')
  return root
}

/** PATH(index, D[start:end]) as ranges, innermost first. */
function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitPoint(end - start)
    if (index < middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  return ranges.reverse()
}

/** SUBPROOF(oldSize, D[0:newSize], true) as ranges, innermost first. */
function consistencyRanges(oldSize: number, newSize: number): Range[] {
  const ranges: Range[] = []
  let start = 0
  let end = newSize
  while (end !== oldSize) {
    const middle = start + splitPoint(end - start)
    if (oldSize <= middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  // The old tree itself is left out only where it is a complete subtree of the new one.
  if (start > 0) ranges.push({ start, end })
  return ranges.reverse()
}

async function hashesOf(ranges: readonly Range[], read: HashReader): Promise<Buffer[]> {
  const wanted = ranges.map(({ start, end }) => nodesOfRange(start, end))
  const hashes = await read(wanted.flat())
  let at = 0
  return wanted.map((nodes) => {
    const parts = hashes.slice(at, at + nodes.length)
    at += nodes.length
    return foldRight(parts, nodes.length)
  })
}

/** Subtree roots, largest first, into the root over all of them. */
function foldRight(parts: readonly Uint8Array[], expected: number): Buffer {
  const last = parts.at(-1)
  if (!last || parts.length !== expected) throw new Error('the hash reader gave too few hashes')
  return parts.slice(0, -1).reduceRight<Buffer>((right, left) => nodeHash(left, right), Buffer.from(last))
}

export interface InclusionClaim {
  readonly leaf: Uint8Array
  readonly index: number
  readonly size: number
  readonly root: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Whether the proof shows the leaf's hash at that index in the tree (RFC 9162 §2.1.3.2). Never throws. */
export function verifyInclusion({ root, ...claim }: InclusionClaim): boolean {
  return inclusionRoot(claim)?.equals(root) ?? false
}

/** The root to which a proof leads from a leaf, or undefined where it is not one for such a place. Never throws. */
export function inclusionRoot({
  leaf,
  index,
  size,
  proof,
}: Omit<InclusionClaim, 'root'>): Buffer | undefined {
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes(leaf, proof)) return undefined
  let fn = index
  let sn = size - 1
  let hash: Buffer = Buffer.from(leaf)
  for (const step of proof) {
    if (sn === 0) return undefined
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(step, hash)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = half(sn)
      }
    } else {
      hash = nodeHash(hash, step)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 ? hash : undefined
}

function areHashes(first: Uint8Array, rest: readonly Uint8Array[]): boolean {
  return first.length === hashBytes && rest.every((hash) => hash.length === hashBytes)
}

export interface ConsistencyClaim {
  readonly oldSize: number
  readonly oldRoot: Uint8Array
  readonly newSize: number
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Whether the proof shows the old tree as the new tree's beginning (RFC 9162 §2.1.4.2). Never throws. */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { oldSize, newSize, proof } = claim
  const oldRoot = Buffer.from(claim.oldRoot)
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) return false
  if (oldSize === newSize) return proof.length === 0 && oldRoot.equals(claim.newRoot)
  if (oldSize === 0) return proof.length === 0 && oldRoot.equals(emptyRoot())
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof
  const [first, ...rest] = path
  if (!first || proof.length === 0 || !areHashes(first, rest)) return false
  return climb(oldSize, newSize, first, rest, oldRoot, claim.newRoot)
}

function climb(
  oldSize: number,
  newSize: number,
  first: Uint8Array,
  rest: readonly Uint8Array[],
  oldRoot: Buffer,
  newRoot: Uint8Array,
): boolean {
  let fn = oldSize - 1
  let sn = newSize - 1
  while (fn % 2 === 1) {
    fn = half(fn)
    sn = half(sn)
  }
  let fr: Buffer = Buffer.from(first)
  let sr: Buffer = Buffer.from(first)
  for (const step of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(step, fr)
      sr = nodeHash(step, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2
        sn = half(sn)
      }
    } else {
      sr = nodeHash(sr, step)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && fr.equals(oldRoot) && sr.equals(newRoot)
}

function half(n: number): number {
  return Math.floor(n / 2)
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (rest % 2 === 0) rest /= 2
  return rest === 1
}
