import { createHash, randomUUID } from 'node:crypto'
import type { BoxDocument, DocumentBox } from '@sapan/documentbox'
import type { Clock, Pool } from '@sapan/kernel'

/** A document box in one table: what tests of this room need of it, in the transactions of its callers. */
export async function smallBox(pool: Pool, clock: Clock): Promise<DocumentBox> {
  await pool.query(
    `create table if not exists public.box (id uuid primary key, key text unique, owner uuid, number text, kind text,
       ended text, content bytea)`,
  )
  return {
    put: async (client, document) => {
      const id = randomUUID()
      const { owner, number, kind, key, content } = document
      await client.query(
        `insert into public.box (id, key, owner, number, kind, content) values ($1, $2, $3, $4, $5, $6)
         on conflict (key) do nothing`,
        [id, key, owner, number, kind, Buffer.from(content)],
      )
      const { rows } = await client.query<{ id: string }>('select id from public.box where key = $1', [key])
      return shown(rows[0]?.id ?? id, document, clock())
    },
    list: async () => [],
    read: async () => undefined,
    content: async () => undefined,
    end: async (client, id, why) => {
      await client.query('update public.box set ended = $2 where id = $1', [id, why])
    },
  }
}

function shown(id: string, document: Parameters<DocumentBox['put']>[1], at: number): BoxDocument {
  const { issuer, kind, title, number, content } = document
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { id, issuer, kind, title, number, issuedAt: at, bytes: content.length, sha256 }
}
