import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import oracledb, { type Connection, type Pool } from 'oracledb'
import { isUntrusted } from './is-untrusted.ts'
import { isReadableInOracle, oracleRowsStatement } from './oracle-rows.ts'
import type { ServerAddress } from './server-address.ts'
import {
  CATALOGUE_MS,
  CONNECTIONS,
  LONGEST_MS,
  type Meaning,
  type RowsQuery,
  type Table,
  type TableServer,
} from './table-server.ts'

/** An Oracle database, 12.1 or later; `database` of its address is the service's name. Its transactions are read-only. */
export function oracle(address: ServerAddress): TableServer {
  // The driver takes an authority only with a key of our own beside it: the process is told instead.
  if (address.ca !== undefined) setDefaultCACertificates([...getCACertificates('default'), address.ca])
  const pool = poolAt(address)
  return {
    tableOf: async (name) => tableOf(await pool, name),
    rows: async (query) => rows(await pool, query),
    meaningOf,
    close: async () => (await pool).close(0),
  }
}

type Cells = readonly (string | null)[]

function poolAt({ host, port, user, password, database, encrypted }: ServerAddress): Promise<Pool> {
  const at = `(protocol=${encrypted ? 'tcps' : 'tcp'})(host=${host})(port=${port ?? (encrypted ? 2484 : 1521)})`
  const pool = oracledb.createPool({
    user,
    password,
    connectString: `(description=(address=${at})(connect_data=(service_name=${database})))`,
    poolMin: 0,
    poolMax: CONNECTIONS,
    queueTimeout: LONGEST_MS,
    connectTimeout: LONGEST_MS / 1000,
    transportConnectTimeout: LONGEST_MS / 1000,
    sessionCallback: (connection, _tag, done) => void prepare(connection).then(() => done(), done),
  })
  pool.catch(() => {})
  return pool
}

/** Years and numbers are written the same whatever the server's country: its sessions may count years as Thailand does. */
async function prepare(connection: Connection): Promise<void> {
  await connection.execute(
    `alter session set nls_calendar = 'GREGORIAN' nls_numeric_characters = '.,' nls_comp = binary nls_sort = binary`,
  )
}

async function ask(
  pool: Pool,
  sql: string,
  values: Readonly<Record<string, string | null>>,
  longestMs = LONGEST_MS,
): Promise<Cells[]> {
  const connection = await pool.getConnection()
  try {
    connection.callTimeout = longestMs
    await connection.execute('set transaction read only')
    const { rows: found = [] } = await connection.execute<unknown[]>(sql, values, {
      outFormat: oracledb.OUT_FORMAT_ARRAY,
    })
    return found.map((cells) => cells.map((cell) => (cell === null ? null : String(cell))))
  } finally {
    // Gives it back, and ends the transaction.
    await connection.close()
  }
}

async function tableOf(pool: Pool, name: string): Promise<Table | undefined> {
  const [owner, table] = name.includes('.')
    ? [name.split('.', 1)[0] ?? '', name.slice(name.indexOf('.') + 1)]
    : [null, name]
  const found = await ask(pool, COLUMNS, { owner, table_name: table }, CATALOGUE_MS)
  const [first] = found
  if (first === undefined) return undefined
  const [of, relation, estimate, kind, writable] = first
  const isTable = kind === 'TABLE'
  return {
    quoted: `${quote(of)}.${quote(relation)}`,
    ...(isTable && estimate != null ? { rows: Number(estimate) } : {}),
    ...(writable === '1' ? { writable: true } : {}),
    columns: found
      .map((cells) => cells.slice(5))
      .filter(([column, type]) => isReadableInOracle(type ?? '') && !column?.includes('"'))
      .map(([column, type, length, indexed]) => ({
        name: column ?? '',
        quoted: quote(column),
        type: type === 'CHAR' || type === 'NCHAR' ? `${type} ${length}` : (type ?? ''),
        ...(isTable ? { indexed: indexed === '1' } : {}),
      })),
  }
}

/** The catalogue lists only what who signs in may see; a name without a schema is of their own. */
const COLUMNS = `
  select c.owner, c.table_name, to_char(t.num_rows), case when t.table_name is null then 'VIEW' else 'TABLE' end,
         case when c.owner = user or exists (
           select 1 from all_tab_privs p
           where p.table_schema = c.owner and p.table_name = c.table_name and p.privilege in ('INSERT', 'UPDATE', 'DELETE')
             and (p.grantee in (user, 'PUBLIC') or p.grantee in (select r.role from session_roles r))
         ) or exists (
           select 1 from session_privs s where s.privilege in ('INSERT ANY TABLE', 'UPDATE ANY TABLE', 'DELETE ANY TABLE')
         ) then '1' else '0' end,
         c.column_name, c.data_type, to_char(c.char_length),
         case when exists (
           select 1 from all_ind_columns i
           where i.table_owner = c.owner and i.table_name = c.table_name and i.column_name = c.column_name and i.column_position = 1
         ) then '1' else '0' end
  from all_tab_columns c
  left join all_tables t on t.owner = c.owner and t.table_name = c.table_name
  where c.owner = nvl(:owner, sys_context('userenv', 'current_schema')) and c.table_name = :table_name
  order by c.column_id`

/** Names in Oracle never have a quotation mark in them. */
function quote(name: string | null | undefined): string {
  return `"${String(name).replaceAll('"', '')}"`
}

async function rows(pool: Pool, query: RowsQuery): Promise<Cells[]> {
  const statement = oracleRowsStatement(query)
  if (statement === undefined) return []
  try {
    const found = await ask(pool, statement.sql, statement.values)
    return found.map((cells) => cells.map((cell, at) => inFull(cell, query.columns[at]?.type)))
  } catch (error) {
    if (query.where !== undefined && NO_SUCH_VALUE.test(codeOf(error))) return []
    throw error
  }
}

/** Oracle writes a half as `.5`. */
function inFull(cell: string | null, type = ''): string | null {
  return cell !== null && /^(NUMBER|FLOAT|BINARY_)/.test(type) ? cell.replace(/^(-?)\./, '$10.') : cell
}

/** No day is so: the 31st of June, a 25th hour. */
const NO_SUCH_VALUE = /^ORA-018(39|4[0-9]|5[0-9]|6[0-5])$/
/** ORA-01013: cancelled; ORA-00054, -30006: waited too long for a lock; NJS-040: for a connection; NJS-123: a call. */
const SLOW = new Set(['ORA-01013', 'ORA-00054', 'ORA-30006', 'NJS-040', 'NJS-123'])
/** Refused sign-ins, locked and expired accounts, and servers that start or stop. */
const DOWN = new Set(
  [
    '01005',
    '01017',
    '01033',
    '01034',
    '01035',
    '01045',
    '01089',
    '01109',
    '12514',
    '12505',
    '28000',
    '28001',
  ].map((code) => `ORA-${code}`),
)

function meaningOf(error: unknown): Meaning {
  const code = codeOf(error)
  if (SLOW.has(code)) return 'slow'
  if (isUntrusted(error)) return 'untrusted'
  return DOWN.has(code) || !code.startsWith('ORA-') ? 'down' : 'unusable'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
