import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise'
import {
  CONNECTIONS,
  LONGEST_CELL,
  LONGEST_MS,
  type Meaning,
  type RowsQuery,
  type Table,
  type TableColumn,
  type TableServer,
} from './table-server.ts'

/** A MySQL or MariaDB database at `mysql://user:password@host/database`. Its transactions are read-only. */
export function mysql(address: string): TableServer {
  const pool = createPool({
    uri: address,
    connectionLimit: CONNECTIONS,
    connectTimeout: LONGEST_MS,
    charset: 'utf8mb4',
    multipleStatements: false,
  })
  pool.pool.on('connection', (connection) => {
    // What a connection is asked first it does first.
    connection.query('set session transaction read only')
    // One is MariaDB's, in seconds, the other MySQL's: each does not know the other's.
    connection.query(`set session max_statement_time = ${LONGEST_MS / 1000}`, () => {})
    connection.query(`set session max_execution_time = ${LONGEST_MS}`, () => {})
  })
  return {
    tableOf: (name) => tableOf(pool, name),
    rows: (query) => rows(pool, query),
    meaningOf,
    close: () => pool.end(),
  }
}

async function tableOf(pool: Pool, name: string): Promise<Table | undefined> {
  const [schema, table] = name.includes('.')
    ? [name.split('.', 1)[0] ?? '', name.slice(name.indexOf('.') + 1)]
    : [null, name]
  const [found] = await pool.execute<RowDataPacket[]>(COLUMNS, [schema, table])
  const [first] = found
  if (first === undefined) return undefined
  const isView = first.kind !== 'BASE TABLE'
  return {
    quoted: `${quote(first.of)}.${quote(first.relation)}`,
    ...(isView || first.estimate === null ? {} : { rows: Number(first.estimate) }),
    ...(found.some(({ rights }) => /insert|update/i.test(String(rights))) ? { writable: true as const } : {}),
    columns: found.map((column) => ({
      name: String(column.name),
      quoted: quote(column.name),
      ...(column.letters === null ? {} : { type: String(column.letters) }),
      ...(isView ? {} : { indexed: Number(column.indexed) > 0 }),
    })),
  }
}

const COLUMNS = `
  select c.table_schema as \`of\`, c.table_name as relation, t.table_type as kind, t.table_rows as estimate, c.column_name as name,
         c.privileges as rights,
         concat(c.character_set_name, ' ', c.collation_name) as letters,
         (select count(*) from information_schema.statistics s
          where s.table_schema = c.table_schema and s.table_name = c.table_name
            and s.column_name = c.column_name and s.seq_in_index = 1) as indexed
  from information_schema.columns c
  join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
  where c.table_schema = coalesce(?, database()) and c.table_name = ?
  order by c.ordinal_position`

function quote(name: unknown): string {
  return `\`${String(name).replaceAll('`', '``')}\``
}

/**
 * A comparison alone would take "ABC" for "abc", and any letters for the number 0: the first condition may use an index,
 * the second compares letter for letter.
 */
async function rows(pool: Pool, { table, columns, where, limit }: RowsQuery) {
  const cells = columns.map(({ quoted }) => `left(${text(quoted)}, ${LONGEST_CELL + 1})`).join(', ')
  const condition =
    where === undefined
      ? ''
      : `where ${where.column.quoted} = ${inLettersOf(where.column)} and binary ${text(where.column.quoted)} = binary ${text('?')}`
  try {
    const [found] = await pool.execute<RowDataPacket[][]>({
      sql: `select ${cells} from ${table.quoted} ${condition} limit ${Math.trunc(limit)}`,
      values: where === undefined ? [] : [where.value, where.value],
      rowsAsArray: true,
      // The server ends it first; this is for one that hangs.
      timeout: 2 * LONGEST_MS,
    })
    return found.map((row) => row.map((cell: unknown) => (cell === null ? null : String(cell))))
  } catch (error) {
    if (where !== undefined && NO_SUCH_VALUE.has(codeOf(error))) return []
    throw error
  }
}

/** The value as the column has its letters: compared with other letters, MySQL refuses, or leaves the index aside. */
function inLettersOf({ type }: TableColumn): string {
  const [letters, order] = type?.split(' ') ?? []
  return letters === undefined || order === undefined ? '?' : `convert(? using ${letters}) collate ${order}`
}

function text(expression: string): string {
  return `convert(cast(${expression} as char) using utf8mb4)`
}

/** No date is so, for example. */
const NO_SUCH_VALUE = new Set(['ER_WRONG_VALUE', 'ER_TRUNCATED_WRONG_VALUE'])
const SLOW = new Set(['PROTOCOL_SEQUENCE_TIMEOUT', 'ER_QUERY_TIMEOUT', 'ER_STATEMENT_TIMEOUT'])
const DOWN = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
])

/** Codes of the server begin with ER_; others are the network's and the driver's. */
function meaningOf(error: unknown): Meaning {
  const code = codeOf(error)
  if (SLOW.has(code)) return 'slow'
  return !code.startsWith('ER_') || DOWN.has(code) ? 'down' : 'unusable'
}

/** The driver has no names for what only MariaDB says, such as 1969, that a query took too long. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && error.code !== undefined) return String(error.code)
  if (!('errno' in error)) return ''
  return error.errno === 1969 ? 'ER_STATEMENT_TIMEOUT' : `ER_${error.errno}`
}
