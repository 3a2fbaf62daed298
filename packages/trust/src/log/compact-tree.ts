import { emptyRoot, hashBytes, nodeHash } from './hash.ts'
import { checkSize } from './tree-shape.ts'

const sizeBytes = 8

/**
 * An append-only Merkle tree of which only the right edge is kept: the roots of its complete subtrees, largest first
 * (at most 53 hashes). Enough to append and to know the root.
 */
export class CompactTree {
  #size: number
  readonly #frontier: Buffer[]

  /** A tree of `size` leaves with that frontier; an empty tree by default. */
  constructor(size = 0, frontier: readonly Uint8Array[] = []) {
    checkSize(size)
    if (frontier.length !== onesIn(size) || frontier.some((hash) => hash.length !== hashBytes)) {
      throw new RangeError('the frontier does not belong to a tree of this size')
    }
    this.#size = size
    this.#frontier = frontier.map((hash) => Buffer.from(hash))
  }

  get size(): number {
    return this.#size
  }

  /** The roots of the complete subtrees, largest first. */
  get frontier(): readonly Buffer[] {
    return this.#frontier
  }

  /** Appends one leaf by its hash (`leafHash`). */
  append(hash: Uint8Array): void {
    let merged: Buffer = Buffer.from(hash)
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#frontier.pop()
      if (!left) throw new Error('the frontier is too short')
      merged = nodeHash(left, merged)
    }
    this.#frontier.push(merged)
    this.#size++
    checkSize(this.#size)
  }

  /** The Merkle tree hash (RFC 9162 §2.1.1). */
  root(): Buffer {
    const hash = this.#frontier.reduceRight<Buffer | undefined>(
      (right, left) => (right ? nodeHash(left, right) : left),
      undefined,
    )
    return hash ?? emptyRoot()
  }

  /** A copy that can be appended to on its own. */
  clone(): CompactTree {
    return new CompactTree(this.#size, this.#frontier)
  }

  /** Size (8 bytes, big-endian), then the frontier. `CompactTree.deserialise` reads it. */
  serialise(): Buffer {
    const size = Buffer.alloc(sizeBytes)
    size.writeBigUInt64BE(BigInt(this.#size))
    return Buffer.concat([size, ...this.#frontier])
  }

  /** Reads what `serialise` wrote; throws RangeError for anything else. */
  static deserialise(bytes: Uint8Array): CompactTree {
    const buffer = Buffer.from(bytes)
    const size = Number(buffer.readBigUInt64BE(0))
    const hashes: Buffer[] = []
    for (let at = sizeBytes; at < buffer.length; at += hashBytes) {
      hashes.push(buffer.subarray(at, at + hashBytes))
    }
    return new CompactTree(size, hashes)
  }
}

function onesIn(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}
