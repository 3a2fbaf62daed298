import type { Database } from '@sapan/kernel'
import { entryBytes, readEntry } from './entry.ts'
import { findBatches } from './store/batches.ts'
import type { StoredRecord } from './stored.ts'

/** Where a record is in its member's log; undefined until it is sequenced. */
export async function locate(
  database: Database,
  record: Pick<StoredRecord, 'member' | 'exchange' | 'side' | 'kind' | 'txid' | 'ordinal'>,
): Promise<{ epoch: number; index: number } | undefined> {
  for (const { epoch, first, entries } of await findBatches(database, record.member, record)) {
    for (let at = 0; at < entries.length; at += entryBytes) {
      const entry = readEntry(entries, at)
      if (entry.of !== 'record' || entry.exchange !== record.exchange) continue
      if (entry.side === record.side && entry.kind === record.kind)
        return { epoch, index: first + at / entryBytes }
    }
  }
  return undefined
}
