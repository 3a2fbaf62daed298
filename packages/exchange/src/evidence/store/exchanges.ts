import type { Database } from '@sapan/kernel'
import type { Kept } from '../contents.ts'
import type { ExchangeQuery } from '../list.ts'
import type { EvidenceSide } from '../record.ts'
import type { StoredRecord } from '../stored.ts'
import type { Outcome } from './daily-counts.ts'
import { type RecordRow, readRecordRow, recordColumns } from './records.ts'

/** The records of one exchange, of the sides asked for, in the order in which they came. */
export async function readExchange(
  database: Database,
  members: readonly string[],
  exchange: string,
  side?: EvidenceSide,
): Promise<StoredRecord[]> {
  const { rows } = await database.query<RecordRow>({
    name: 'evidence-exchange',
    text: `select ${recordColumns} from evidence.whole_record r
      where r.member = any($1) and r.exchange = $2 and ($3::text is null or r.side = $3)
      order by r.member, r.side, r.txid, r.ordinal`,
    values: [members, exchange, side ?? null],
  })
  return rows.map(readRecordRow)
}

/** The least and the greatest UUID version 7 of a time: identifiers sort by their first 48 bits. */
export function leastUuid(milliseconds: number): string {
  return uuidOf(milliseconds, '0')
}

export function greatestUuid(milliseconds: number): string {
  return uuidOf(milliseconds, 'f')
}

function uuidOf(milliseconds: number, fill: '0' | 'f'): string {
  const time = Math.max(0, milliseconds).toString(16).padStart(12, '0')
  const rest = fill.repeat(20)
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`
}

const identifier = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isUuid(text: string): boolean {
  return identifier.test(text)
}

/** Which exchange, as one member's one side keeps it. Lists are in the reverse order of these three. */
export interface SideKey {
  readonly exchange: string
  readonly side: EvidenceSide
  readonly member: string
}

/** Identifiers of a time run from the least to the greatest UUID of it. */
const lowest = '00000000-0000-0000-0000-000000000000'
const highest = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** What a record must be for its exchange to have ended so. The rows that the partial index has are named in its own words. */
const endings: Readonly<Record<Outcome, string>> = {
  answered: `r.kind = 'answer' and r.problem is null`,
  refused: `(r.kind = 'failure' or r.problem is not null) and r.kind = 'answer'`,
  failed: `(r.kind = 'failure' or r.problem is not null) and r.kind = 'failure' and not exists (
    select from evidence.record a
    where a.exchange = r.exchange and a.kind = 'answer' and a.side = r.side and a.member = r.member)`,
}

/** The exchanges that a query names, the newest first, at most `limit`, after `after`. */
export async function findExchanges(
  database: Database,
  members: readonly string[],
  query: ExchangeQuery,
  after: SideKey | undefined,
  limit: number,
): Promise<SideKey[]> {
  const { rows } = await database.query<{ exchange: string; side: EvidenceSide; member: string }>(
    `select found.exchange, found.side, m.member
     from unnest($1::text[]) as m (member) cross join lateral (
       select distinct r.exchange, r.side from evidence.whole_record r
       where r.member = m.member and r.exchange between $2 and $3
         and ($4::text is null or (r.exchange, r.side, r.member) < ($5, $4, $6))
         and ($7::text is null or r.side = $7)
         and ($8::text is null or r.client = $8)
         and ($9::text is null or r.service = $9)
         ${query.outcome === undefined ? '' : `and ${endings[query.outcome]}`}
       order by r.exchange desc, r.side desc limit $10
     ) as found
     order by found.exchange desc, found.side desc, m.member desc limit $10`,
    [
      members,
      query.from === undefined ? lowest : leastUuid(query.from),
      after?.exchange ?? (query.until === undefined ? highest : greatestUuid(query.until)),
      after?.side ?? null,
      after?.exchange ?? highest,
      after?.member ?? null,
      query.side ?? null,
      query.client ?? null,
      query.service ?? null,
      limit,
    ],
  )
  return rows
}

/** Nothing sealed is read where only a summary is wanted. */
const clearColumns = recordColumns.replace('r.content,', 'null::bytea as content,')

/** The records of the exchanges named, without what is sealed, by exchange. */
export async function readClearRecords(
  database: Database,
  keys: readonly SideKey[],
): Promise<Map<string, StoredRecord[]>> {
  const { rows } = await database.query<RecordRow>(
    `select ${clearColumns}
     from unnest($1::uuid[], $2::text[], $3::text[]) as k (exchange, side, member)
     join evidence.whole_record r on r.member = k.member and r.exchange = k.exchange and r.side = k.side
     order by r.txid, r.ordinal`,
    [keys.map(({ exchange }) => exchange), keys.map(({ side }) => side), keys.map(({ member }) => member)],
  )
  return Map.groupBy(rows.map(readRecordRow), sideKeyText)
}

/** The sealed content of the requests of the exchanges named, by exchange, for what they carry of people. */
export async function readContents(
  database: Database,
  kind: 'request' | 'answer',
  keys: readonly SideKey[],
): Promise<Map<string, Kept>> {
  const { rows } = await database.query<SideKey & Kept>(
    `select r.exchange, r.side, r.member, r.digest, r.content, r.segment
     from unnest($1::uuid[], $2::text[], $3::text[]) as k (exchange, side, member)
     join evidence.record r on r.member = k.member and r.exchange = k.exchange and r.side = k.side
     where r.kind = $4 and r.content is not null`,
    [
      keys.map(({ exchange }) => exchange),
      keys.map(({ side }) => side),
      keys.map(({ member }) => member),
      kind,
    ],
  )
  return new Map(rows.map((row) => [sideKeyText(row), row]))
}

export function sideKeyText({ exchange, side, member }: SideKey): string {
  return `${exchange} ${side} ${member}`
}
