import { copyOut, createPool, type Pool, type PoolClient, readStructure } from '@sapan/kernel'
import type { DatabaseHead, SequenceValue } from './content.ts'
import { databasesIn } from './content.ts'
import type { HomeDatabase } from './home.ts'
import type { Entry } from './tar.ts'

/** How much of a table goes into one file of the backup. */
const partBytes = 8 * 1024 * 1024

/** A database as it was at one moment, while others go on to write to it. */
export class Snapshot {
  readonly head: DatabaseHead
  readonly #pool: Pool
  readonly #client: PoolClient

  private constructor(head: DatabaseHead, pool: Pool, client: PoolClient) {
    this.head = head
    this.#pool = pool
    this.#client = client
  }

  static async take({ name, url }: HomeDatabase): Promise<Snapshot> {
    // The transaction waits while other tables and databases are read.
    const pool = createPool(url, { max: 1, idle_in_transaction_session_timeout: 0 })
    const client = await pool.connect()
    try {
      await client.query('begin isolation level repeatable read read only')
      const structure = await readStructure(client)
      return new Snapshot({ name, structure, migrations: await migrationsOf(client) }, pool, client)
    } catch (error) {
      client.release(true)
      await pool.end()
      throw error
    }
  }

  /** The rows of all tables, in parts. */
  async *tables(): AsyncGenerator<Entry> {
    for (const { name, columns } of this.head.structure.tables) {
      const rows = copyOut(this.#client, `copy ${name} (${columns.join(', ')}) to stdout (format binary)`)
      let part = 0
      for await (const data of inParts(rows)) {
        part++
        yield { name: partName(this.head.name, name, part), data }
      }
    }
  }

  /** Read last: a number that was given out meanwhile must not be given out again. */
  async sequences(): Promise<SequenceValue[]> {
    const values: SequenceValue[] = []
    for (const name of this.head.structure.sequences) {
      const { rows } = await this.#client.query<{ value: string }>(`select last_value as value from ${name}`)
      if (rows[0]) values.push({ name, ...rows[0] })
    }
    return values
  }

  async release(): Promise<void> {
    this.#client.release(true)
    await this.#pool.end()
  }
}

/** Where a part of a table lies in a backup. */
export function partName(database: string, table: string, part: number): string {
  return `${databasesIn}${database}/${table}/${String(part).padStart(6, '0')}`
}

async function* inParts(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept: Buffer[] = []
  let size = 0
  for await (const row of rows) {
    kept.push(row)
    size += row.length
    if (size < partBytes) continue
    yield Buffer.concat(kept)
    kept = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(kept)
}

async function migrationsOf(client: PoolClient): Promise<DatabaseHead['migrations']> {
  const { rows } = await client.query<{ schema: string }>(
    `select format('%I', schemaname) as schema from pg_tables where tablename = 'migration' order by 1`,
  )
  const all: { name: string; hash: string }[] = []
  for (const { schema } of rows) {
    const applied = await client.query<{ name: string; hash: string }>(
      `select '${schema}/' || name as name, hash from ${schema}.migration order by 1`,
    )
    all.push(...applied.rows)
  }
  return all
}
