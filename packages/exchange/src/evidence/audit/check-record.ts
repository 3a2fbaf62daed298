import { createHash } from 'node:crypto'
import type { Sealer } from '@sapan/trust'
import { contentCommitment, openContent } from '../content.ts'
import { recordDigest } from '../leaf.ts'
import type { StoredRecord } from '../stored.ts'
import { type Collector, type Place, said } from './collector.ts'

/** Digests of records that were erased, in hex, from the statements in the log. */
export type ErasedDigests = ReadonlySet<string>

/** The digest that the row has by its columns; undefined where its text can't be read. */
export function digestOf(record: StoredRecord): Buffer | undefined {
  try {
    return recordDigest(record)
  } catch {
    return undefined
  }
}

/** Whether what is sealed is what the record committed to. Gives whether the record was erased by law. */
export function checkSealed(
  record: StoredRecord,
  sealer: Sealer,
  erased: ErasedDigests,
  place: Place,
  collector: Collector,
): boolean {
  if (record.content === null) {
    const lawful = erased.has(record.digest.toString('hex'))
    if (!lawful) collector.add('removed', place, said.erased)
    return lawful
  }
  const problem = sealedProblem(record, record.content, sealer)
  if (problem) collector.add('edited', place, problem)
  return false
}

function sealedProblem(record: StoredRecord, sealed: Buffer, sealer: Sealer) {
  const content = attempt(() => openContent(sealer, record, sealed))
  if (!content) return said.content
  const { salt, headText, bodyDigest, body } = content
  if (!contentCommitment(salt, headText, bodyDigest).equals(record.commitment)) return said.content
  if (body === null) return undefined
  if (body.length !== record.bodyBytes) return said.body
  return createHash('sha256').update(body).digest().equals(bodyDigest) ? undefined : said.body
}

function attempt<T>(open: () => T): T | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}
