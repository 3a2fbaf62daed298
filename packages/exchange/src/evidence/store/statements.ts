import type { Database } from '@sapan/kernel'
import type { StoredStatement } from '../statement.ts'
import type { Position } from '../stored.ts'

/** The place of a link to the epoch before: it is the first entry of its epoch, and never sequenced again. */
export const linkOrdinal = -1

/** Adds a statement; gives the position at which it came in. */
export async function insertStatement(
  database: Database,
  member: string,
  { id, note }: StoredStatement,
  ordinal = 0,
): Promise<Position> {
  const { rows } = await database.query<{ txid: string; ordinal: number }>(
    'insert into evidence.statement (member, id, note, ordinal) values ($1, $2, $3, $4) returning txid, ordinal',
    [member, id, note, ordinal],
  )
  return { txid: Number(rows[0]?.txid), ordinal: rows[0]?.ordinal ?? 0 }
}

/** A member's statements, all, or those that mention an exchange; the oldest first. */
export async function readStatements(
  database: Database,
  member: string,
  mentioning?: string,
): Promise<(StoredStatement & Position)[]> {
  const { rows } = await database.query<{ id: string; note: string; txid: string; ordinal: number }>(
    `select id, note, txid, ordinal from evidence.statement
     where member = $1 and ($2::text is null or position($2 in note) > 0) order by txid, ordinal`,
    [member, mentioning ?? null],
  )
  return rows.map(({ id, note, txid, ordinal }) => ({ id, note, txid: Number(txid), ordinal }))
}
