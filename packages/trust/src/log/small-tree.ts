import { nodeHash } from './hash.ts'
import { splitPoint } from './tree-shape.ts'

/** A whole tree that fits in memory. */
export interface SmallTree {
  readonly root: Buffer
  /** For each leaf its inclusion proof (RFC 9162 §2.1.3.1), the leaf's neighbour first. */
  readonly proofs: readonly (readonly Buffer[])[]
}

/** The tree over leaves given by their hashes (`leafHash`), with every proof. Throws RangeError where there are none. */
export function smallTree(leaves: readonly Buffer[]): SmallTree {
  if (leaves.length === 0) throw new RangeError('a tree needs a leaf')
  const proofs = leaves.map((): Buffer[] => [])
  const grow = (start: number, end: number): Buffer => {
    if (end - start === 1) return leaves[start] as Buffer
    const middle = start + splitPoint(end - start)
    const left = grow(start, middle)
    const right = grow(middle, end)
    for (let n = start; n < end; n++) proofs[n]?.push(n < middle ? right : left)
    return nodeHash(left, right)
  }
  return { root: grow(0, leaves.length), proofs }
}
