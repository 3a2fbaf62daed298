/**
 * The shape of RFC 9162 trees. Sizes and indexes are integers below 2⁵³; bit operators would cut them to 32 bits, so
 * it is plain arithmetic throughout.
 */

/** A complete subtree: the 2^level leaves from `index · 2^level` on. */
export interface TreeNode {
  readonly level: number
  readonly index: number
}

/** Throws for what is not an integer of 0 to 2⁵³ − 1. */
export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`not a tree size: ${size}`)
}

/** The largest power of two smaller than `size`, which must be above 1. */
export function splitPoint(size: number): number {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

/**
 * The complete subtrees of the leaves `start` to `end` (exclusive), left to right. `start` must be where a subtree of
 * that many leaves may start, as all ranges in proofs are.
 */
export function nodesOfRange(start: number, end: number): TreeNode[] {
  const nodes: TreeNode[] = []
  let at = start
  while (at < end) {
    let level = 0
    let width = 1
    while (width * 2 <= end - at) {
      width *= 2
      level++
    }
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}
