import { type Clock, type PoolClient, uuidv7 } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { kindTerm } from '../kinds.ts'
import type { Notice } from '../notice.ts'
import { sealJson } from '../store/sealing.ts'
import { isPath } from './link.ts'

/** One round trip: the message, a letter if wanted, and a push for each device. */
const statement = `
  with wanted as (
    select channel from unnest(array['inbox', 'email', 'push']) as channel
    where channel = any($8::text[]) or coalesce(
      (select p.wanted from notices.preference p
       where p.account = $2 and p.kind = $3 and p.channel = channel.channel),
      channel = any($9::text[]))
  ), message as (
    insert into notices.message (id, account, kind, link, content_sealed, key, sent_at)
    select $1, $2, $3, $4, $5, $6, $7 where exists (select from wanted where channel = 'inbox')
    on conflict (account, key) where key is not null do nothing
    returning id
  ), device as (
    select id from notices.device where account = $2
  )
  insert into notices.delivery (channel, message_id, account, kind, device_id, next_at, created_at)
  select 'email', message.id, $2, $3, null, $7, $7 from message
  where exists (select from wanted where channel = 'email')
  union all
  select 'push', message.id, $2, $3, device.id, $7, $7 from message, device
  where exists (select from wanted where channel = 'push')`

/** Tells somebody something in the caller's transaction. Throws `RangeError` for a link that is no path, or a bad key. */
export async function sendNotice(
  { clock, sealer }: { readonly clock: Clock; readonly sealer: Sealer },
  client: PoolClient,
  { account, kind, title, body, link, key }: Notice,
): Promise<void> {
  if (link !== undefined && !isPath(link)) throw new RangeError('a notice leads to a path of our own')
  if (key !== undefined && (key === '' || key.length > 200)) throw new RangeError('not a key of a notice')
  const at = clock()
  const id = uuidv7(at)
  const { always, usually } = kindTerm(kind)
  const sealed = sealJson(sealer, { title, body }, messagePlace(id))
  const values = [id, account, kind, link ?? null, sealed, key ?? null, new Date(at), always, usually]
  await client.query(statement, values)
}

/** To what the seal of a message is bound. */
export function messagePlace(id: string): string {
  return `message.content ${id}`
}
