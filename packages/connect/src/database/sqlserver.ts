import { Connection, ConnectionError, Request, RequestError, TYPES } from 'tedious'
import { Connections, TooBusy } from './connections.ts'
import { isUntrusted } from './is-untrusted.ts'
import type { ServerAddress } from './server-address.ts'
import { cellText, isReadable, rowsStatement, type Statement } from './sqlserver-rows.ts'
import {
  CATALOGUE_MS,
  CONNECTIONS,
  LONGEST_MS,
  type Meaning,
  type Table,
  type TableServer,
} from './table-server.ts'

/**
 * A SQL Server database. It has no transactions that only read: all that is ever said to it is `select` of one table, which
 * cannot write there, and `tableOf` says whether who signs in could.
 */
export function sqlserver(address: ServerAddress): TableServer {
  const connections = new Connections(
    {
      open: () => connected(address),
      isUsable: (connection) => connection.state?.name === 'LoggedIn',
      close: (connection) => connection.close(),
    },
    { most: CONNECTIONS, longestMs: LONGEST_MS },
  )
  const asked = (statement: Statement, longestMs = LONGEST_MS) =>
    connections.use((connection) => ask(connection, statement, longestMs))
  return {
    tableOf: async (name) => {
      const [schema, table] = name.includes('.')
        ? [name.split('.', 1)[0] ?? '', name.slice(name.indexOf('.') + 1)]
        : [null, name]
      const found = await asked({ sql: COLUMNS, values: { schema, table } }, CATALOGUE_MS)
      return tableIn(found.map((cells) => cells.map((cell) => cellText(cell, undefined))))
    },
    rows: async (query) => {
      const statement = rowsStatement(query)
      const found = statement === undefined ? [] : await asked(statement)
      return found.map((cells) => cells.map((cell, at) => cellText(cell, query.columns[at])))
    },
    meaningOf,
    close: () => connections.close(),
  }
}

type Cells = readonly (string | null)[]

async function connected(address: ServerAddress): Promise<Connection> {
  const { host, port, user, password, database, ca, encrypted } = address
  const connection = new Connection({
    server: host,
    authentication: { type: 'default', options: { userName: user, password } },
    options: {
      ...(port === undefined ? {} : { port }),
      database,
      appName: 'sapan-connect',
      encrypt: encrypted,
      trustServerCertificate: false,
      ...(ca === undefined ? {} : { cryptoCredentialsDetails: { ca } }),
      readOnlyIntent: true,
      connectTimeout: LONGEST_MS,
      requestTimeout: LONGEST_MS,
      cancelTimeout: LONGEST_MS,
    },
  })
  // Without a listener, a connection that breaks while idle would end the process; its state says that it is broken.
  connection.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => {
      if (!error) return resolve()
      connection.close()
      reject(error)
    })
  })
  return connection
}

function ask(connection: Connection, { sql, values }: Statement, longestMs: number): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = []
    const request = new Request(sql, (error) => (error ? reject(error) : resolve(rows)))
    request.setTimeout(longestMs)
    for (const [name, value] of Object.entries(values)) request.addParameter(name, TYPES.NVarChar, value)
    request.on('row', (cells: readonly { readonly value: unknown }[]) => {
      rows.push(cells.map(({ value }) => value))
    })
    connection.execSql(request)
  })
}

function tableIn(rows: readonly Cells[]): Table | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  const [schema, table, kind, estimate, writable] = first
  const isView = kind?.trim() !== 'U'
  return {
    quoted: `${quote(schema)}.${quote(table)}`,
    ...(isView || !(Number(estimate ?? -1) >= 0) ? {} : { rows: Number(estimate) }),
    ...(writable === '1' ? { writable: true } : {}),
    columns: rows
      .map((cells) => cells.slice(5))
      .filter(([, type]) => isReadable(type ?? ''))
      .map(([name, type, scale, collation, indexed]) => ({
        name: name ?? '',
        quoted: quote(name),
        type: `${type}${scale === '0' ? '' : `(${scale})`}${collation == null ? '' : ` ${collation}`}`,
        ...(isView ? {} : { indexed: indexed === '1' }),
      })),
  }
}

function quote(name: string | null | undefined): string {
  return `[${String(name).replaceAll(']', ']]')}]`
}

/** What may not be read is left out; of a column whose name needs brackets, it is asked with and without them. A name without a schema is of the schema of who signs in. */
const COLUMNS = `
  select s.name, o.name, o.type,
         (select convert(varchar(20), sum(p.rows)) from sys.partitions p where p.object_id = o.object_id and p.index_id in (0, 1)),
         convert(char(1), case when 1 in (
           has_perms_by_name(quotename(s.name) + '.' + quotename(o.name), 'OBJECT', 'INSERT'),
           has_perms_by_name(quotename(s.name) + '.' + quotename(o.name), 'OBJECT', 'UPDATE'),
           has_perms_by_name(quotename(s.name) + '.' + quotename(o.name), 'OBJECT', 'DELETE')) then 1 else 0 end),
         c.name, type_name(c.system_type_id), convert(varchar(3), c.scale), c.collation_name,
         convert(char(1), case when exists (
           select 1 from sys.index_columns k
           join sys.indexes i on i.object_id = k.object_id and i.index_id = k.index_id
           where k.object_id = o.object_id and k.column_id = c.column_id and k.key_ordinal = 1
             and i.has_filter = 0 and i.is_disabled = 0) then 1 else 0 end)
  from sys.objects o
  join sys.schemas s on s.schema_id = o.schema_id
  join sys.columns c on c.object_id = o.object_id
  where o.type in ('U', 'V')
    and s.name = coalesce(@schema, schema_name()) and o.name = @table
    and 1 in (has_perms_by_name(quotename(s.name) + '.' + quotename(o.name), 'OBJECT', 'SELECT', c.name, 'COLUMN'),
              has_perms_by_name(quotename(s.name) + '.' + quotename(o.name), 'OBJECT', 'SELECT', quotename(c.name), 'COLUMN'))
  order by c.column_id`

/** 1222: waited too long for a lock. 4060, 18456 and their like come as refused sign-ins. */
function meaningOf(error: unknown): Meaning {
  if (error instanceof TooBusy) return 'slow'
  if (error instanceof ConnectionError || error instanceof AggregateError)
    return isUntrusted(error) ? 'untrusted' : 'down'
  if (!(error instanceof RequestError)) return 'unusable'
  if (error.code === 'ETIMEOUT' || error.code === 'ECANCEL' || error.number === 1222) return 'slow'
  return error.code === 'EREQUEST' ? 'unusable' : 'down'
}
