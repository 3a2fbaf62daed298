import { setImmediate } from 'node:timers/promises'
import { BinaryCopy, copyIn, migrate, type Pool, type PoolClient, type Text } from '@sapan/kernel'
import type { LoadProgress } from './register.ts'

/** A table to be filled. */
export interface TableLoad {
  readonly table: string
  readonly columns: readonly string[]
  readonly what: Text
  readonly size: number
  /** Writes the row of an index, its fields in the order of the columns. */
  write(copy: BinaryCopy, index: number): void
}

interface RowsOfTable<Row> extends Omit<TableLoad, 'size' | 'write'> {
  readonly rows: readonly Row[]
  write(copy: BinaryCopy, row: Row): void
}

/** A table whose rows are at hand. */
export function tableLoad<Row>({ rows, write, ...table }: RowsOfTable<Row>): TableLoad {
  return {
    ...table,
    size: rows.length,
    write: (copy, index) => {
      const row = rows[index]
      if (row !== undefined) write(copy, row)
    },
  }
}

export interface RegisterLoad {
  readonly pool: Pool
  readonly member: string
  readonly schema: string
  /** Names what is loaded; a later edition leaves a register alone that an earlier one filled. */
  readonly edition: string
  /** What takes longest to make, told before it is made. */
  readonly first: { readonly what: Text; readonly of: number }
  /** Made only when they are needed. */
  readonly tables: () => Promise<readonly TableLoad[]>
  readonly onProgress: (progress: LoadProgress) => void
}

/** Rows in one COPY: small enough that progress moves and the event loop gets its turn. */
const ROWS = 10_000

async function fill(client: PoolClient, load: RegisterLoad, table: TableLoad): Promise<void> {
  const sql = `copy ${load.schema}.${table.table} (${table.columns.join(', ')}) from stdin (format binary)`
  const of = table.size
  for (let at = 0; at < of; at += ROWS) {
    const end = Math.min(at + ROWS, of)
    const copy = new BinaryCopy(ROWS * 256)
    for (let index = at; index < end; index++) table.write(copy.row(table.columns.length), index)
    await copyIn(client, sql, copy.finish())
    load.onProgress({ member: load.member, what: table.what, rows: end, of })
  }
}

async function fillAll(client: PoolClient, load: RegisterLoad): Promise<'filled' | 'kept'> {
  const { schema, edition } = load
  // Two that start at once: the second waits here, then finds the mark of the first.
  await client.query(`lock table ${schema}.loaded in exclusive mode`)
  const { rowCount } = await client.query(`select 1 from ${schema}.loaded`)
  if (rowCount === 1) return 'kept'
  load.onProgress({ member: load.member, what: load.first.what, rows: 0, of: load.first.of })
  // One turn of the event loop, so that this is seen before the making, which does not yield.
  await setImmediate()
  const tables = await load.tables()
  for (const table of tables) await fill(client, load, table)
  await client.query(`insert into ${schema}.loaded (edition, at) values ($1, now())`, [edition])
  return 'filled'
}

/** Fills a register in one transaction: a process that dies half-way leaves it empty, to be filled at the next start. */
export async function loadOnce(load: RegisterLoad): Promise<'filled' | 'kept'> {
  const { pool, schema } = load
  await migrate(pool, schema, new URL(`../../migrations/${schema}/`, import.meta.url))
  const client = await pool.connect()
  let failure: unknown
  try {
    await client.query('begin')
    const outcome = await fillAll(client, load)
    await client.query('commit')
    if (outcome === 'filled') await client.query('analyze')
    return outcome
  } catch (error) {
    failure = error
    throw error
  } finally {
    // A connection that failed is closed, which undoes its transaction.
    client.release(failure !== undefined)
  }
}
