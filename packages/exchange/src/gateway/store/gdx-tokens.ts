import type { Pool } from 'pg'
import type { GdxConsumer } from './gdx-consumers.ts'

/** As GDX's guide has it: a token ends when it was not used for so long. */
const idleMinutes = 60

/** Keeps a new token, and forgets those that have ended. */
export async function saveGdxToken(
  pool: Pool,
  { hash, consumer, agent }: { hash: Buffer; consumer: string; agent: Buffer },
): Promise<void> {
  await pool.query(
    `with ended as (
       delete from gateway.gdx_token where last_used_at < now() - make_interval(mins => ${idleMinutes})
     )
     insert into gateway.gdx_token (hash, consumer, agent) values ($1, $2, $3)`,
    [hash, consumer, agent],
  )
}

/**
 * Whose a token is, where it still lives and was given to the caller with this key; its use is noted. `agent` is sealed.
 * A use is written once a second and a consumer's once a minute, so that many calls don't wait for one row.
 */
export async function useGdxToken(
  pool: Pool,
  hash: Buffer,
  key: string,
): Promise<(GdxConsumer & { readonly agent: Buffer }) | undefined> {
  const { rows } = await pool.query<GdxConsumer & { agent: Buffer }>({
    name: 'gdx-token',
    text: `with found as (
             select c.id, c.name, c.consumer_key as key, c.subsystem, t.agent
             from gateway.gdx_token t join gateway.gdx_consumer c on c.id = t.consumer
             where t.hash = $1 and c.consumer_key = $2
               and t.last_used_at > now() - make_interval(mins => ${idleMinutes})
           ), token as (
             update gateway.gdx_token set last_used_at = now()
             where hash = $1 and last_used_at < now() - interval '1 second' and exists (select from found)
           ), consumer as (
             update gateway.gdx_consumer set last_used_at = now()
             where id = (select id from found)
               and (last_used_at is null or last_used_at < now() - interval '1 minute')
           )
           select * from found`,
    values: [hash, key],
  })
  return rows[0]
}
