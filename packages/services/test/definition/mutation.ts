import { checkDefinition } from '../../src/definition/check.ts'
import type { Finding, FindingCode } from '../../src/definition/finding.ts'
import { sampleFiles } from '../sample/definition.ts'
import { sampleReferences } from '../sample/references.ts'

export type FileName = 'service' | 'form' | 'workflow'

/** A small change of the sample, and what is then found where. */
export interface Mutation {
  readonly about: string
  readonly file: FileName
  /** A text that stands there once, and what stands there instead. */
  readonly from: string
  readonly to: string
  readonly code: FindingCode
  /** A text of the changed file in whose line the finding is; without it, in the first line that was changed. */
  readonly at?: string
  /** Where the finding is in another file. */
  readonly in?: FileName
}

/** The sample with this change, checked; and the line in which the finding is to be. */
export function checkMutated({ file, from, to, at, in: other = file }: Mutation): {
  readonly findings: readonly Finding[]
  readonly line: number
} {
  const files = sampleFiles()
  const text = files[file] ?? ''
  if (text.split(from).length !== 2) throw new Error(`“${from}” stands not once in ${file}.yaml`)
  const changed = { ...files, [file]: text.replace(from, () => to) }
  const looked = changed[other] ?? ''
  const offset = at === undefined ? text.indexOf(from) + firstChange(from, to) : looked.indexOf(at)
  if (offset < 0) throw new Error(`“${at}” does not stand in ${other}.yaml`)
  const { findings } = checkDefinition(changed, sampleReferences)
  return { findings, line: looked.slice(0, offset).split('\n').length }
}

function firstChange(from: string, to: string): number {
  let same = 0
  while (same < Math.min(from.length, to.length) && from[same] === to[same]) same += 1
  return same
}
