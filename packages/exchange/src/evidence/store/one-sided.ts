import type { Database } from '@sapan/kernel'
import type { StoredRecord } from '../stored.ts'
import { greatestUuid, leastUuid } from './exchanges.ts'
import { type RecordRow, readRecordRow, recordColumns } from './records.ts'

/** Requests of a span of time that have neither answer nor failure, the oldest first. */
export async function findOneSided(
  database: Database,
  members: readonly string[],
  { from, until, most }: { readonly from: number; readonly until: number; readonly most: number },
): Promise<StoredRecord[]> {
  const { rows } = await database.query<RecordRow>(
    `select ${recordColumns} from evidence.whole_record r
     where r.member = any($1) and r.exchange between $2 and $3 and r.kind = 'request' and r.at <= $4
       and not exists (
         select from evidence.record e where e.member = r.member and e.exchange = r.exchange and e.side = r.side
           and e.kind in ('answer', 'failure'))
     order by r.exchange limit $5`,
    [members, leastUuid(from), greatestUuid(until), until, most],
  )
  return rows.map(readRecordRow)
}
