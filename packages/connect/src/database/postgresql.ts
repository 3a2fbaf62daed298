import { createPool, isDatabaseDown, type Pool } from '@sapan/kernel'
import {
  CONNECTIONS,
  LONGEST_CELL,
  LONGEST_MS,
  type Meaning,
  type RowsQuery,
  type Table,
  type TableServer,
} from './table-server.ts'

/** A PostgreSQL database at `postgres://user:password@host/database`. Its transactions are read-only. */
export function postgresql(address: string): TableServer {
  const pool = createPool(address, {
    max: CONNECTIONS,
    application_name: 'sapan-connect',
    statement_timeout: LONGEST_MS,
    options: '-c default_transaction_read_only=on',
  })
  return {
    tableOf: (name) => tableOf(pool, name),
    rows: (query) => rows(pool, query),
    meaningOf,
    close: () => pool.end(),
  }
}

interface CatalogueRow {
  readonly relation: string
  readonly rows: number | null
  readonly writable: boolean
  readonly name: string
  readonly quoted: string
  readonly type: string
  readonly indexed: boolean | null
}

async function tableOf(pool: Pool, name: string): Promise<Table | undefined> {
  const [schema, table] = name.includes('.')
    ? [name.split('.', 1)[0], name.slice(name.indexOf('.') + 1)]
    : ['public', name]
  const { rows: found } = await pool.query<CatalogueRow>(COLUMNS, [schema, table])
  const [first] = found
  if (first === undefined) return undefined
  return {
    quoted: first.relation,
    ...(first.rows === null ? {} : { rows: first.rows }),
    ...(first.writable ? { writable: true as const } : {}),
    columns: found.map(({ name: column, quoted, type, indexed }) => ({
      name: column,
      quoted,
      type,
      ...(indexed === null ? {} : { indexed }),
    })),
  }
}

const COLUMNS = `
  select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as relation,
         case when c.relkind in ('r', 'm', 'p') and c.reltuples >= 0 then c.reltuples::float8 end as rows,
         has_table_privilege(c.oid, 'insert, update, delete, truncate') as writable,
         a.attname as name, quote_ident(a.attname) as quoted, format_type(a.atttypid, null) as type,
         case when c.relkind in ('r', 'm', 'p') then exists (
           select from pg_index i
           where i.indrelid = c.oid and i.indkey[0] = a.attnum and i.indisvalid and i.indpred is null
         ) end as indexed
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'm', 'p', 'v', 'f')
    and has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select')
  order by a.attnum`

async function rows(pool: Pool, { table, columns, where, limit }: RowsQuery) {
  const cells = columns.map(({ quoted }) => `left(${quoted}::text, ${LONGEST_CELL + 1})`).join(', ')
  const condition = where === undefined ? '' : `where ${where.column.quoted} = $2`
  const query = {
    text: `select ${cells} from ${table.quoted} ${condition} limit $1`,
    values: [limit, ...(where === undefined ? [] : [where.value])],
    rowMode: 'array' as const,
  }
  try {
    return (await pool.query<(string | null)[]>(query)).rows
  } catch (error) {
    if (where !== undefined && isOfValue(error) && !(await fits(pool, where))) return []
    throw error
  }
}

/** Whether a value can stand in a column at all: where it cannot, no row has it; where it can, the fault is the view's. */
async function fits(pool: Pool, { column, value }: NonNullable<RowsQuery['where']>): Promise<boolean> {
  try {
    await pool.query(`select $1::${column.type ?? 'text'}`, [value])
    return true
  } catch (error) {
    if (isOfValue(error)) return false
    throw error
  }
}

/** SQLSTATE class 22, data exceptions: letters where the column has numbers. */
function isOfValue(error: unknown): boolean {
  return codeOf(error).startsWith('22')
}

/** 25006: a view that writes. 57014: ended for its time. 28, 3D: a refused sign-in, a database that is not there. */
function meaningOf(error: unknown): Meaning {
  const code = codeOf(error)
  if (code === '57014') return 'slow'
  if (code === '25006') return 'unusable'
  return isDatabaseDown(error) || code.startsWith('28') || code.startsWith('3D') ? 'down' : 'unusable'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
