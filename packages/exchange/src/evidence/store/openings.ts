import type { Database } from '@sapan/kernel'
import type { StoredStatement } from '../statement.ts'

/** Which exchange a statement is about, as the index has it: canonical JSON names its members in one way. */
const about = `substring(note from '"exchange":"([0-9a-f-]{36})"')`

export interface StoredOpening extends StoredStatement {
  readonly member: string
  readonly exchange: string
}

/** The statements of members that the content of one of these exchanges was opened, the oldest first. */
export async function readOpeningNotes(
  database: Database,
  members: readonly string[],
  exchanges: readonly string[],
): Promise<StoredOpening[]> {
  const { rows } = await database.query<StoredOpening>(
    `select member, id, note, ${about} as exchange from evidence.statement
     where position('"type":"opening"' in note) > 0 and member = any($1) and ${about} = any($2)
     order by id`,
    [members, exchanges],
  )
  return rows
}
