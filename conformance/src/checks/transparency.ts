import { fileURLToPath } from 'node:url'
import {
  CompactTree,
  consistencyProof,
  cosign,
  cosignerVkey,
  formatCheckpoint,
  generateSigner,
  type HashReader,
  inclusionProof,
  leafHash,
  nodeHash,
  parseCheckpoint,
  signNote,
  type TreeNode,
  verifyConsistency,
  verifyInclusion,
  verifyNote,
  vkey,
} from '@sapan/trust'
import { type Check, claim, type Finding } from '../check.ts'
import { tool, versionOf } from '../tool.ts'

/** A log as the Go program reads and writes it; bytes are base64. */
interface PlainLog {
  readonly origin: string
  readonly logVkey: string
  readonly witnessVkey: string
  readonly note: string
  readonly leaves: readonly string[]
  readonly inclusion: readonly { readonly index: number; readonly proof: readonly string[] }[]
  readonly growth: readonly {
    readonly oldSize: number
    readonly oldRoot: string
    readonly proof: readonly string[]
  }[]
}

const leaves = Array.from({ length: 75 }, (_, i) => Buffer.from(`record ${i}`))

/** Checkpoints, cosignatures and proofs (C2SP, RFC 9162) against Go's sumdb and transparency.dev, both ways. */
export const transparency: Check = {
  name: 'Transparency log',
  against: () =>
    `golang.org/x/mod/sumdb, transparency-dev/formats, transparency-dev/merkle (${versionOf('go', 'version')})`,
  async run() {
    const findings: Finding[] = []
    let answer: { findings: { what: string; error: string }[]; log: PlainLog } | undefined
    const ran = await claim('the Go program runs', async () => {
      const cwd = fileURLToPath(new URL('../../transparency/', import.meta.url))
      answer = JSON.parse(tool('go', ['run', '.'], { cwd, input: JSON.stringify(await ourLog()) }).out)
    })
    if (answer === undefined) return [ran]
    for (const { what, error } of answer.findings)
      findings.push({
        claim: `ours: ${what}`,
        ...(error === '' ? { state: 'passed' } : { state: 'failed', detail: error }),
      })
    return [...findings, ...(await verifyTheirs(answer.log))]
  },
}

async function ourLog(): Promise<PlainLog> {
  const origin = 'sapan.example/TH/GOV/DOPA/1'
  const [log, witness] = [generateSigner('ed25519'), generateSigner('ed25519')]
  const text = formatCheckpoint({ origin, size: leaves.length, root: treeOf(leaves.length).root() })
  const signed = signNote(text, { name: origin, signer: log })
  const name = 'sapan.example/witness'
  const read = readerOf()
  return {
    origin,
    logVkey: vkey(origin, log.publicKey),
    witnessVkey: cosignerVkey(name, witness.publicKey),
    note: signed + cosign(signed, { name, signer: witness, at: Date.now() }),
    leaves: leaves.map((leaf) => leaf.toString('base64')),
    inclusion: await Promise.all(
      leaves.map(async (_, index) => ({
        index,
        proof: encoded(await inclusionProof(index, leaves.length, read)),
      })),
    ),
    growth: await Promise.all(
      leaves.slice(1).map(async (_, at) => ({
        oldSize: at + 1,
        oldRoot: treeOf(at + 1)
          .root()
          .toString('base64'),
        proof: encoded(await consistencyProof(at + 1, leaves.length, read)),
      })),
    ),
  }
}

async function verifyTheirs(log: PlainLog): Promise<Finding[]> {
  const { text } = verifyNote(log.note, [log.logVkey])
  const { root, size, origin } = parseCheckpoint(text)
  return [
    await claim('theirs: a checkpoint signed by sumdb/note verifies here', () => {
      if (origin !== log.origin || size !== leaves.length)
        throw new Error('the checkpoint says something else')
      if (!root.equals(treeOf(size).root())) throw new Error('the root differs')
    }),
    await claim('theirs: a cosignature/v1 of formats/note verifies here', () => {
      const verified = verifyNote(log.note, [log.logVkey, log.witnessVkey])
      if (verified.signatures.length !== 2)
        throw new Error(`${verified.signatures.length} signatures verified`)
    }),
    await claim('theirs: inclusion proofs of sumdb/tlog verify here', () => {
      for (const { index, proof } of log.inclusion) {
        const leaf = leafHash(leaves[index] ?? Buffer.alloc(0))
        if (!verifyInclusion({ leaf, index, size, root, proof: decoded(proof) }))
          throw new Error(`leaf ${index}`)
      }
    }),
    await claim('theirs: consistency proofs of sumdb/tlog verify here', () => {
      for (const { oldSize, oldRoot, proof } of log.growth) {
        const old = { oldSize, oldRoot: Buffer.from(oldRoot, 'base64') }
        if (!verifyConsistency({ ...old, newSize: size, newRoot: root, proof: decoded(proof) }))
          throw new Error(`from size ${oldSize}`)
      }
    }),
  ]
}

function treeOf(size: number): CompactTree {
  const tree = new CompactTree()
  for (const leaf of leaves.slice(0, size)) tree.append(leafHash(leaf))
  return tree
}

/** Every hash computed anew from the leaves: slow, and without any of the storage that is not under test here. */
function readerOf(): HashReader {
  const hashOf = ({ level, index }: TreeNode): Buffer => {
    if (level === 0) return leafHash(leaves[index] ?? Buffer.alloc(0))
    const below = { level: level - 1, index: index * 2 }
    return nodeHash(hashOf(below), hashOf({ ...below, index: index * 2 + 1 }))
  }
  return (nodes) => nodes.map(hashOf)
}

function encoded(hashes: readonly Buffer[]): string[] {
  return hashes.map((hash) => hash.toString('base64'))
}

function decoded(hashes: readonly string[]): Buffer[] {
  return hashes.map((hash) => Buffer.from(hash, 'base64'))
}
