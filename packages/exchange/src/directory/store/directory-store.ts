import { migrate, type Pool } from '@sapan/kernel'
import type { DirectoryStore, RememberedDirectory } from '../client.ts'

/** Brings the schema `directory` of a gateway's database up to date. */
export function migrateDirectory(pool: Pool): Promise<void> {
  return migrate(pool, 'directory', new URL('./migrations/', import.meta.url))
}

/** What a gateway remembers of the directory, in the schema `directory` of its own database. */
export function createDirectoryStore(pool: Pool): DirectoryStore {
  return {
    load: () => load(pool),
    save: (document, now) => save(pool, document, now),
    touch: (now, confirmed) => touch(pool, now, confirmed),
    knownPeers: async () => {
      const { rows } = await pool.query<{ gateway: string }>('select gateway from directory.known_peer')
      return rows.map((row) => row.gateway)
    },
    addKnownPeer: async (gateway, now) => {
      await pool.query(
        `insert into directory.known_peer (gateway, since) values ($1, to_timestamp($2 / 1000.0))
         on conflict do nothing`,
        [gateway, now],
      )
    },
    documentAt: async (version) => {
      const { rows } = await pool.query<{ jws: string }>(
        'select jws from directory.document where version <= $1 order by version desc limit 1',
        [version],
      )
      return rows[0]?.jws
    },
  }
}

async function load(pool: Pool): Promise<RememberedDirectory | undefined> {
  const { rows } = await pool.query<{
    version: string
    jws: string
    seen_at: Date | null
    received_at: Date
    confirmed_at: Date | null
  }>(
    `select d.version, d.jws, d.received_at, m.seen_at, m.confirmed_at
       from directory.document d left join directory.memory m on true
      order by d.version desc limit 1`,
  )
  const row = rows[0]
  if (!row) return undefined
  return {
    version: Number(row.version),
    jws: row.jws,
    seenAt: (row.seen_at ?? row.received_at).getTime(),
    confirmedAt: row.confirmed_at?.getTime() ?? null,
  }
}

/**
 * Keeps the first and the last of a run of documents with equal content: the one between them says nothing that
 * these two don't.
 */
async function save(
  pool: Pool,
  document: { version: number; jws: string; content: string },
  now: number,
): Promise<void> {
  await pool.query(
    `with before as (
       select version, content, lag(content) over (order by version) as earlier
         from directory.document order by version desc limit 1
     ), superseded as (
       delete from directory.document d using before b
        where d.version = b.version and b.version < $1 and b.content = $2 and b.earlier = $2
     )
     insert into directory.document (version, content, jws, received_at)
     select $1, $2, $3, to_timestamp($4 / 1000.0)
      where $1 > coalesce((select max(version) from directory.document), 0)
     on conflict do nothing`,
    [document.version, document.content, document.jws, now],
  )
}

async function touch(pool: Pool, now: number, confirmed: boolean): Promise<void> {
  await pool.query(
    `insert into directory.memory (seen_at, confirmed_at)
     values (to_timestamp($1 / 1000.0), case when $2 then to_timestamp($1 / 1000.0) end)
     on conflict (only_row) do update set
       seen_at = case when $2 then excluded.seen_at else greatest(directory.memory.seen_at, excluded.seen_at) end,
       confirmed_at = coalesce(excluded.confirmed_at, directory.memory.confirmed_at)`,
    [now, confirmed],
  )
}
