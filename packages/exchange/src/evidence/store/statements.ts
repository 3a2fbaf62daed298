import type { StoredStatement } from '../statement.ts'
import type { Position } from '../stored.ts'
import type { Database } from './transaction.ts'

/** Adds a statement; gives the position at which it came in. */
export async function insertStatement(
  database: Database,
  member: string,
  { id, note }: StoredStatement,
): Promise<Position> {
  const { rows } = await database.query<{ txid: string; ordinal: number }>(
    'insert into evidence.statement (member, id, note, ordinal) values ($1, $2, $3, 0) returning txid, ordinal',
    [member, id, note],
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
