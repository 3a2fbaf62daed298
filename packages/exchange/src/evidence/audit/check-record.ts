import { createHash } from 'node:crypto'
import type { Text } from '@sapan/kernel'
import { type Content, contentCommitment } from '../content.ts'
import { recordDigest } from '../leaf.ts'
import type { StoredRecord } from '../stored.ts'
import type { AuditedContents } from './audited-contents.ts'
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

/**
 * Whether what is sealed is the record's, and what it committed to; or erased by law; or out of reach with its archive. What
 * is wrong, it says.
 */
export async function checkSealed(
  record: StoredRecord,
  contents: AuditedContents,
  erased: ErasedDigests,
  place: Place,
  collector: Collector,
): Promise<'whole' | 'erased' | 'away' | 'wrong'> {
  const { content, segment } = record
  if (content === null) {
    if (segment !== null) collector.add('edited', place, said.edited)
    else if (erased.has(record.digest.toString('hex'))) return 'erased'
    else collector.add('removed', place, said.erased)
    return 'wrong'
  }
  const opened = await contents.open({ ...record, content })
  if (opened === 'away') return 'away'
  if (opened === 'lost') collector.add('lost', place, said.lost)
  else {
    const problem = opened === 'altered' ? said.content : problemOf(record, opened)
    if (!problem) return 'whole'
    collector.add('edited', place, problem)
  }
  return 'wrong'
}

function problemOf(record: StoredRecord, { salt, headText, bodyDigest, body }: Content): Text | undefined {
  if (!contentCommitment(salt, headText, bodyDigest).equals(record.commitment)) return said.content
  if (body === null) return undefined
  if (body.length !== record.bodyBytes) return said.body
  return createHash('sha256').update(body).digest().equals(bodyDigest) ? undefined : said.body
}
