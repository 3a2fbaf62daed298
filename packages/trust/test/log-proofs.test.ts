import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CompactTree,
  consistencyProof,
  emptyRoot,
  type HashReader,
  inclusionProof,
  leafHash,
  nodeHash,
  rootHash,
  smallTree,
  verifyConsistency,
  verifyInclusion,
} from '../src/index.ts'

/** RFC 9162 §2.1.1, word for word. */
function merkleTreeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves
  if (!only) return emptyRoot()
  if (leaves.length === 1) return only
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(merkleTreeHash(leaves.slice(0, k)), merkleTreeHash(leaves.slice(k)))
}

const leaves = Array.from({ length: 400 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)))

const naive = new Map<string, Buffer>()
const read: HashReader = (nodes) =>
  nodes.map(({ level, index }) => {
    const key = `${level}/${index}`
    const width = 2 ** level
    const hash = naive.get(key) ?? merkleTreeHash(leaves.slice(index * width, (index + 1) * width))
    naive.set(key, hash)
    return hash
  })

const roots = Array.from({ length: 301 }, (_, size) => merkleTreeHash(leaves.slice(0, size)))
const rootOf = (size: number): Buffer => roots[size] ?? Buffer.alloc(0)
const leafAt = (index: number): Buffer => leaves[index] ?? Buffer.alloc(0)

/** The test vectors of Certificate Transparency: eight entries and the roots of their trees. */
const vectorEntries = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'))

const vectorRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('the compact tree', () => {
  it('has the roots of the published vectors', () => {
    const tree = new CompactTree()
    expect(tree.root().toString('hex')).toBe(vectorRoots[0])
    vectorEntries.forEach((entry, i) => {
      tree.append(leafHash(entry))
      expect(tree.root().toString('hex')).toBe(vectorRoots[i + 1])
    })
  })

  it('has the root of the definition at every size, also after writing and reading it', () => {
    let tree = new CompactTree()
    for (let size = 0; size <= 300; size++) {
      expect(tree.root().equals(rootOf(size))).toBe(true)
      tree = CompactTree.deserialise(tree.serialise())
      tree.append(leafAt(size))
    }
  })

  it('refuses a frontier that does not belong to its size', () => {
    expect(() => new CompactTree(3, [leafAt(0)])).toThrow(RangeError)
    expect(() => CompactTree.deserialise(new CompactTree(0).serialise().subarray(1))).toThrow(RangeError)
    expect(() => new CompactTree(1, [Buffer.alloc(31)])).toThrow(RangeError)
  })

  it('keeps a copy apart', () => {
    const tree = new CompactTree()
    tree.append(leafAt(0))
    const copy = tree.clone()
    copy.append(leafAt(1))
    expect(tree.root().equals(leafAt(0))).toBe(true)
    expect(copy.size).toBe(2)
  })
})

describe('inclusion', () => {
  it('is proved for every leaf of every size up to 130', async () => {
    for (let size = 1; size <= 130; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, read)
        expect(verifyInclusion({ leaf: leafAt(index), index, size, root: rootOf(size), proof })).toBe(true)
      }
    }
  })

  it('has the published proof for leaf 0 of 8', async () => {
    const hashes = vectorEntries.map(leafHash)
    const proof = await inclusionProof(0, 8, (nodes) =>
      nodes.map(({ level, index }) =>
        merkleTreeHash(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)),
      ),
    )
    expect(proof.map((hash) => hash.toString('hex'))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
  })

  it('is refused when leaf, index, size, root or any step is altered', async () => {
    await fc.assert(
      fc.asyncProperty(placeInTree, fc.nat(), fc.nat(255), async ({ size, index }, at, bit) => {
        const proof = await inclusionProof(index, size, read)
        const claim = { leaf: leafAt(index), index, size, root: rootOf(size), proof }
        expect(verifyInclusion(claim)).toBe(true)
        expect(verifyInclusion({ ...claim, leaf: flipped(claim.leaf, bit) })).toBe(false)
        expect(verifyInclusion({ ...claim, root: flipped(claim.root, bit) })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: [...proof, leafAt(0)] })).toBe(false)
        const otherIndex = at % (size + 2)
        if (otherIndex !== index) expect(verifyInclusion({ ...claim, index: otherIndex })).toBe(false)
        if (proof.length > 0) {
          const altered = proof.map((step, i) => (i === at % proof.length ? flipped(step, bit) : step))
          expect(verifyInclusion({ ...claim, proof: altered })).toBe(false)
          expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false)
          expect(verifyInclusion({ ...claim, proof: proof.slice(0, -1) })).toBe(false)
        }
      }),
    )
  })

  it('is neither made nor believed beyond the tree', async () => {
    await expect(inclusionProof(5, 5, read)).rejects.toThrow(RangeError)
    await expect(inclusionProof(-1, 5, read)).rejects.toThrow(RangeError)
    const claim = { leaf: leafAt(0), size: 1, root: leafAt(0), proof: [] }
    for (const index of [1, -1, 0.5, Number.NaN]) expect(verifyInclusion({ ...claim, index })).toBe(false)
  })

  it('works beyond 32 bits', async () => {
    // All leaves alike: every complete subtree of a level has the same hash.
    const levels = [leafAt(0)]
    while (levels.length < 50) levels.push(nodeHash(levels.at(-1) ?? leafAt(0), levels.at(-1) ?? leafAt(0)))
    const alike: HashReader = (nodes) => nodes.map(({ level }) => levels[level] ?? Buffer.alloc(0))
    const size = 2 ** 40 + 12_345
    const oldSize = 2 ** 36 + 7
    const [root, oldRoot] = [await rootHash(size, alike), await rootHash(oldSize, alike)]
    const proof = await inclusionProof(oldSize, size, alike)
    expect(verifyInclusion({ leaf: leafAt(0), index: oldSize, size, root, proof })).toBe(true)
    expect(verifyInclusion({ leaf: leafAt(1), index: oldSize, size, root, proof })).toBe(false)
    const growth = await consistencyProof(oldSize, size, alike)
    expect(verifyConsistency({ oldSize, oldRoot, newSize: size, newRoot: root, proof: growth })).toBe(true)
  })
})

describe('consistency', () => {
  it('is proved between all sizes up to 130', async () => {
    for (let newSize = 0; newSize <= 130; newSize++) {
      for (let oldSize = 0; oldSize <= newSize; oldSize++) {
        const proof = await consistencyProof(oldSize, newSize, read)
        const claim = { oldSize, newSize, oldRoot: rootOf(oldSize), newRoot: rootOf(newSize), proof }
        expect(verifyConsistency(claim)).toBe(true)
      }
    }
  })

  it('is refused when a size, a root or any step is altered', async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, fc.nat(), fc.nat(255), async ({ oldSize, newSize }, at, bit) => {
        const proof = await consistencyProof(oldSize, newSize, read)
        const claim = { oldSize, newSize, oldRoot: rootOf(oldSize), newRoot: rootOf(newSize), proof }
        expect(verifyConsistency(claim)).toBe(true)
        expect(verifyConsistency({ ...claim, oldRoot: flipped(claim.oldRoot, bit) })).toBe(false)
        expect(verifyConsistency({ ...claim, newRoot: flipped(claim.newRoot, bit) })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: [...proof, leafAt(0)] })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false)
        const altered = proof.map((step, i) => (i === at % proof.length ? flipped(step, bit) : step))
        expect(verifyConsistency({ ...claim, proof: altered })).toBe(false)
        const otherSize = 1 + (at % (newSize - 1))
        if (otherSize !== oldSize) expect(verifyConsistency({ ...claim, oldSize: otherSize })).toBe(false)
      }),
    )
  })

  it('is refused backwards, and from nothing with a root that is not the empty one', async () => {
    await expect(consistencyProof(3, 2, read)).rejects.toThrow(RangeError)
    const claim = { oldSize: 3, oldRoot: rootOf(3), newSize: 2, newRoot: rootOf(2), proof: [] }
    expect(verifyConsistency(claim)).toBe(false)
    expect(verifyConsistency({ ...claim, oldSize: 0 })).toBe(false)
    expect(verifyConsistency({ ...claim, oldSize: 0, oldRoot: emptyRoot() })).toBe(true)
  })
})

const placeInTree = fc
  .integer({ min: 1, max: 300 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }))

const twoSizes = fc
  .integer({ min: 2, max: 300 })
  .chain((newSize) =>
    fc.record({ newSize: fc.constant(newSize), oldSize: fc.integer({ min: 1, max: newSize - 1 }) }),
  )

function flipped(hash: Buffer, bit: number): Buffer {
  const copy = Buffer.from(hash)
  const at = Math.floor(bit / 8)
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8))
  return copy
}

describe('a tree in memory', () => {
  it('has the root and the proofs of a tree that is read node by node', async () => {
    for (let size = 1; size <= 70; size++) {
      const { root, proofs } = smallTree(leaves.slice(0, size))
      expect(root).toEqual(rootOf(size))
      for (const index of new Set([0, size >> 1, size - 1])) {
        expect(proofs[index]).toEqual(await inclusionProof(index, size, read))
      }
    }
    expect(() => smallTree([])).toThrow(RangeError)
  })
})

describe('a proof whose hashes are none', () => {
  it('proves nothing, and raises no error', () => {
    const claim = { leaf: leafAt(0), index: 0, size: 2, root: rootOf(2) }
    expect(verifyInclusion({ ...claim, proof: [leafAt(1).subarray(1)] })).toBe(false)
    expect(verifyInclusion({ ...claim, leaf: Buffer.alloc(31), proof: [leafAt(1)] })).toBe(false)
    const grown = { oldSize: 1, oldRoot: rootOf(1), newSize: 2, newRoot: rootOf(2) }
    expect(verifyConsistency({ ...grown, proof: [Buffer.alloc(31)] })).toBe(false)
    expect(verifyConsistency({ ...grown, oldRoot: Buffer.alloc(5), proof: [leafAt(1)] })).toBe(false)
  })
})
