import { isDeepStrictEqual } from 'node:util'
import { markCenterRestored, markRestored, newestKeptVersion, raiseDirectory } from '@sapan/exchange'
import { copyFrom, createPool, type Pool, type PoolClient, Problem, readStructure } from '@sapan/kernel'
import { problems } from '../problems.ts'
import { type DatabaseHead, damaged, type SequenceValue } from './content.ts'
import type { HomeDatabase } from './home.ts'

/**
 * Numbers that were given out after the backup must not come again for something else: who has seen the event 500 asks for
 * what came after it, and a time-stamp's serial number is its own.
 */
const goOn = `select setval($1::text::regclass, least(max_value,
    $2::bigint + case data_type when 'bigint'::regtype then 1000000000 else 1000 end))
  from pg_sequences where format('%I.%I', schemaname, sequencename) = $1::text`

/** What must not go on by itself from where a backup stood. */
export interface ToRecover {
  readonly center: boolean
  /** Whose logs. */
  readonly members: readonly string[]
}

/** A database that is being filled from a backup, in one transaction: nobody sees any of it before `commit`. */
export class Filling {
  readonly #head: DatabaseHead
  readonly #pool: Pool
  readonly #client: PoolClient

  private constructor(head: DatabaseHead, pool: Pool, client: PoolClient) {
    this.#head = head
    this.#pool = pool
    this.#client = client
  }

  /** Makes the tables. Throws `restore-target-not-empty` where the database has some. */
  static async begin(head: DatabaseHead, { url }: HomeDatabase): Promise<Filling> {
    // The transaction waits while other databases are filled.
    const pool = createPool(url, { max: 1, idle_in_transaction_session_timeout: 0 })
    const client = await pool.connect()
    const filling = new Filling(head, pool, client)
    try {
      await client.query('begin')
      await client.query('set local check_function_bodies to off')
      if (!(await isEmpty(client))) throw notEmpty(url)
      for (const statement of head.structure.before) await client.query(statement)
      return filling
    } catch (error) {
      await filling.close()
      throw error
    }
  }

  /** Throws `backup-damaged` for what is no table of this database. */
  async fill(table: string, parts: AsyncIterable<Buffer>): Promise<void> {
    const found = this.#head.structure.tables.find(({ name }) => name === table)
    if (found === undefined) throw damaged(`${this.#head.name}/${table}`)
    const sql = `copy ${table} (${found.columns.join(', ')}) from stdin (format binary)`
    await copyFrom(this.#client, sql, parts)
  }

  /** Makes what stands on the rows, and sees that the database is made as the one was of which the backup is. */
  async finish(sequences: readonly SequenceValue[]): Promise<void> {
    const { name: database, structure } = this.#head
    for (const statement of structure.after) await this.#client.query(statement)
    for (const { name, value } of sequences) await this.#client.query(goOn, [name, value])
    if (!isDeepStrictEqual(await readStructure(this.#client), structure)) throw damaged(database)
  }

  /**
   * Notes that center and logs must not go on from here by themselves. A center that came with all its gateways may: they
   * know no directory beyond `newest`.
   */
  async mark(made: Date, newest: number | undefined): Promise<ToRecover> {
    const client = this.#client
    if (newest !== undefined) await raiseDirectory(client, newest)
    const center = newest === undefined && (await markCenterRestored(client, made))
    return { center, members: await markRestored(client, made) }
  }

  newestDirectory(): Promise<number> {
    return newestKeptVersion(this.#client)
  }

  async commit(): Promise<void> {
    await this.#client.query('commit')
  }

  /** Without `commit` nothing stays. */
  async close(): Promise<void> {
    this.#client.release(true)
    await this.#pool.end()
  }
}

async function isEmpty(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ empty: boolean }>(
    `select not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname !~ '^pg_' and n.nspname <> 'information_schema') as empty`,
  )
  return rows[0]?.empty === true
}

function notEmpty(url: string): Problem {
  const { host, pathname } = new URL(url)
  const place = `${host}${pathname}`
  return new Problem(problems['restore-target-not-empty'], {
    detail: { th: `ฐานข้อมูล ${place} มีตารางอยู่แล้ว`, en: `the database ${place} has tables` },
  })
}
