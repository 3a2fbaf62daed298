import { Problem } from '@sapan/kernel'
import { trustProblems } from '../problems.ts'
import { hashBytes } from './hash.ts'

/** A tree head as a note's text (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** Names the log: `sapan.example/TH/GOV/DOPA/1`. */
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  /** Further lines, without their newlines. */
  readonly extensions: readonly string[]
}

export interface CheckpointParts {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly extensions?: readonly string[]
}

/** The checkpoint's text, each line ended by a newline: what `signNote` signs. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: CheckpointParts): string {
  const lines = [origin, String(size), Buffer.from(root).toString('base64'), ...extensions]
  const text = `${lines.join('\n')}\n`
  const read = parseCheckpoint(text)
  if (read.origin !== origin || read.extensions.length !== extensions.length) {
    throw new TypeError('an origin or extension holds a newline')
  }
  return text
}

/** Reads a checkpoint's text (a note's `text`); throws `checkpoint-malformed`. */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw malformed('no newline at the end')
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n')
  if (!origin) throw malformed('no origin')
  if (extensions.includes('')) throw malformed('an empty line')
  return { origin, size: parseSize(size), root: parseRoot(root), extensions }
}

/** A decimal without leading zeroes, below 2⁵³. */
export function parseSize(text: string | undefined): number {
  const size = Number(text)
  if (text === undefined || !/^(0|[1-9]\d*)$/.test(text) || !Number.isSafeInteger(size)) {
    throw malformed('the size')
  }
  return size
}

/** A hash in strict base64. */
export function parseRoot(text: string | undefined): Buffer {
  const root = Buffer.from(text ?? '', 'base64')
  if (root.length !== hashBytes || root.toString('base64') !== text) throw malformed('the root hash')
  return root
}

function malformed(reason: string): Problem {
  const type = trustProblems['checkpoint-malformed']
  return new Problem(type, {
    detail: { th: `${type.title.th}: ${reason}`, en: `${type.title.en}: ${reason}` },
  })
}
