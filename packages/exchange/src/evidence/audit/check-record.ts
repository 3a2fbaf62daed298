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

/** Whether what is sealed is the record's, and what it committed to; or erased by law. What is wrong, it says. */
export function checkSealed(
  record: StoredRecord,
  sealer: Sealer,
  erased: ErasedDigests,
  place: Place,
  collector: Collector,
): 'whole' | 'erased' | 'wrong' {
  if (record.content === null) {
    if (erased.has(record.digest.toString('hex'))) return 'erased'
    collector.add('removed', place, said.erased)
    return 'wrong'
  }
  const problem = sealedProblem(record, record.content, sealer)
  if (!problem) return 'whole'
  collector.add('edited', place, problem)
  return 'wrong'
}

function sealedProblem(record: StoredRecord, sealed: Buffer, sealer: Sealer) {
  const content = attempt(() => openContent(sealer, record.digest, sealed))
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
