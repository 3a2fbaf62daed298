import type { Database } from '../transaction.ts'

/** Of `pg_namespace n`: schemas that are not the database's own. */
export const ownSchema = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`

/** That something of a catalog came with no extension, which makes it again by itself. */
export function ofNoExtension(catalog: string, alias: string): string {
  return `not exists (select from pg_depend e where e.classid = '${catalog}'::regclass and e.objid = ${alias}.oid and e.deptype = 'e')`
}

/** The column `sql` of a query's rows. */
export async function statementsOf(client: Database, query: string): Promise<string[]> {
  const { rows } = await client.query<{ sql: string }>(query)
  return rows.map(({ sql }) => sql)
}
