import type { Pool, PoolClient } from '@sapan/kernel'

export const entryKinds = ['move-out', 'move-in', 'birth'] as const
export type EntryKind = (typeof entryKinds)[number]

/** What a registrar enters in its book. */
export interface NewEntry {
  /** The four digits of the district. */
  readonly registrar: string
  readonly kind: EntryKind
  readonly nationalId: string
  readonly houseId: string
  readonly happenedOn: string
  readonly now: Date
}

const SHORT: Readonly<Record<EntryKind, string>> = { 'move-out': 'OUT', 'move-in': 'IN', birth: 'BIRTH' }

const NEXT = `insert into population.book_serial (registrar, kind, year, last) values ($1, $2, $3, 1)
  on conflict (registrar, kind, year) do update set last = population.book_serial.last + 1 returning last`
const ENTER = `insert into population.book_entry
  (registrar, number, kind, national_id, house_id, happened_on, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`

/** Enters something in a registrar's book, within the transaction that changes the register. Returns its number. */
export async function enter(client: PoolClient, entry: NewEntry): Promise<string> {
  const { registrar, kind, now } = entry
  const year = now.getUTCFullYear() + 543
  const { rows } = await client.query<{ last: number }>(NEXT, [registrar, kind, year])
  const number = `${registrar}-${SHORT[kind]}-${year}-${String(rows[0]?.last ?? 0).padStart(5, '0')}`
  await client.query(ENTER, [registrar, number, kind, entry.nationalId, entry.houseId, entry.happenedOn, now])
  return number
}

interface Row {
  readonly number: string
  readonly kind: string
  readonly national_id: string
  readonly house_id: string
  readonly happened_on: string
  readonly recorded_at: Date
}

const told = (row: Row) => ({
  number: row.number,
  kind: row.kind,
  nationalId: row.national_id,
  houseId: row.house_id,
  happenedOn: row.happened_on,
  recordedAt: row.recorded_at.toISOString(),
})

const COLUMNS = 'number, kind, national_id, house_id, happened_on::text, recorded_at'
const LIST = {
  name: 'population-book',
  text: `select ${COLUMNS} from population.book_entry
    where registrar = $1 and ($2::text is null or kind = $2) order by ordinal desc limit $3`,
}
const OF = {
  name: 'population-book-of',
  text: `select ${COLUMNS} from population.book_entry where registrar = $1 and national_id = $2
    order by ordinal desc`,
}

/** A registrar's latest entries. */
export async function listEntries(pool: Pool, registrar: string, kind: string | undefined, limit: number) {
  const { rows } = await pool.query<Row>({ ...LIST, values: [registrar, kind ?? null, limit + 1] })
  return { entries: rows.slice(0, limit).map(told), more: rows.length > limit }
}

/** A registrar's entries about one person, the latest first. */
export async function listEntriesOf(pool: Pool, registrar: string, nationalId: string) {
  const { rows } = await pool.query<Row>({ ...OF, values: [registrar, nationalId] })
  return { entries: rows.map(told) }
}
