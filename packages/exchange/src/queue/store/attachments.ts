import { type Database, inTransaction, type Pool } from '@sapan/kernel'
import type { Attachment } from '../attachments/attachment.ts'

export const attachmentColumns = `id, client, service, operation, length, received, digest, description, sent_as, expected, outgoing, incoming`

export interface AttachmentRow {
  id: string
  client: string
  service: string
  operation: string
  length: string
  received: string
  digest: Buffer | null
  description: Buffer
  sent_as: string | null
  expected: Buffer | null
  outgoing: string | null
  incoming: string | null
}

export type NewAttachment = Pick<
  Attachment,
  'id' | 'client' | 'service' | 'operation' | 'length' | 'description'
>

/** Of a subsystem no more are kept that belong to no message yet, however small. */
export const mostUnnamed = 1000

/**
 * Begins an attachment, if with it all that the subsystem has uploaded, and that is not done with, stays within so many bytes.
 * Whether it does.
 */
export async function insertAttachment(
  pool: Pool,
  wanted: NewAttachment,
  mostBytes: number,
): Promise<boolean> {
  return inTransaction(pool, async (transaction) => {
    // One after the other for each subsystem: two at once would both find room for one.
    await lockRoom(transaction, 'outgoing', wanted.client)
    const { id, client, service, operation, length, description } = wanted
    const { rowCount } = await transaction.query(
      `insert into queue.attachment (id, side, client, service, operation, length, description)
       select $1, 'outgoing', $2, $3, $4, $5::bigint, $6
       from (
         select coalesce(sum(a.length), 0) as bytes, count(*) filter (where a.outgoing is null) as unnamed
         from queue.attachment a left join queue.outgoing o on o.number = a.outgoing
         where a.side = 'outgoing' and a.client = $2 and (o.number is null or o.state not in ('accepted', 'dropped'))
       ) here where here.bytes + $5::bigint <= $7 and here.unnamed < ${mostUnnamed}`,
      [id, client, service, operation, length, description, mostBytes],
    )
    return rowCount === 1
  })
}

/** Two that begin attachments of a subsystem at once would both find room for one. */
export async function lockRoom(
  transaction: Database,
  side: 'outgoing' | 'incoming',
  client: string,
): Promise<void> {
  await transaction.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `queue.attachment ${side} ${client}`,
  ])
}

/** An attachment that a subsystem uploaded; of nobody else's. */
export async function findAttachment(
  database: Database,
  client: string,
  id: string,
): Promise<Attachment | undefined> {
  const { rows } = await database.query<AttachmentRow>(
    `select ${attachmentColumns} from queue.attachment where side = 'outgoing' and id = $1 and client = $2`,
    [id, client],
  )
  return rows.map(attachment)[0]
}

/**
 * Keeps a piece, as far as it is here, together with how far the attachment is here. False where that is no longer what the
 * piece was made on: somebody else was faster, and nothing is changed.
 */
export async function keepPiece(
  pool: Pool,
  {
    id,
    from,
    to,
    number,
    content,
  }: { id: string; from: number; to: number; number: number; content: Buffer },
): Promise<boolean> {
  return inTransaction(pool, async (transaction) => {
    const { rowCount } = await transaction.query(
      'update queue.attachment set received = $3, touched_at = now() where id = $1 and received = $2',
      [id, from, to],
    )
    if (rowCount !== 1) return false
    await transaction.query(
      `insert into queue.attachment_piece (attachment, number, content) values ($1, $2, $3)
       on conflict (attachment, number) do update set content = excluded.content`,
      [id, number, content],
    )
    return true
  })
}

/** A piece, sealed. */
export async function readPiece(database: Database, id: string, number: number): Promise<Buffer | undefined> {
  const { rows } = await database.query<{ content: Buffer }>(
    'select content from queue.attachment_piece where attachment = $1 and number = $2',
    [id, number],
  )
  return rows[0]?.content
}

/** Keeps the digest of an attachment that is here as a whole. */
export async function completeAttachment(database: Database, id: string, digest: Buffer): Promise<void> {
  await database.query('update queue.attachment set digest = $2 where id = $1 and received = length', [
    id,
    digest,
  ])
}

/** Whether there was one to be given up: what a message names is the message's. */
export async function deleteAttachment(database: Database, client: string, id: string): Promise<boolean> {
  const { rowCount } = await database.query(
    `delete from queue.attachment where side = 'outgoing' and id = $1 and client = $2 and outgoing is null`,
    [id, client],
  )
  return rowCount === 1
}

/** Those that a subsystem uploaded, in the order of the ids; what is not there is missing. */
export async function findUploaded(
  database: Database,
  client: string,
  ids: readonly string[],
): Promise<Attachment[]> {
  const { rows } = await database.query<AttachmentRow>(
    `select ${attachmentColumns} from unnest($2::uuid[]) with ordinality as wanted (wanted_id, nth)
     join queue.attachment on id = wanted_id
     where side = 'outgoing' and client = $1 order by nth`,
    [client, ids],
  )
  return rows.map(attachment)
}

/** Gives uploaded attachments to a message. False where one has become another's meanwhile, or is gone. */
export async function nameAttachments(
  transaction: Database,
  { number, client, message }: { number: number; client: string; message: string },
  ids: readonly string[],
): Promise<boolean> {
  const { rowCount } = await transaction.query(
    `update queue.attachment set outgoing = $1, message = $3, place = nth, touched_at = now()
     from unnest($4::uuid[]) with ordinality as wanted (wanted_id, nth)
     where id = wanted_id and side = 'outgoing' and client = $2 and outgoing is null and digest is not null`,
    [number, client, message, ids],
  )
  return rowCount === ids.length
}

/** Gives a message's attachments to the one that is sent in its place. */
export async function passAttachments(
  transaction: Database,
  from: number,
  { number, message }: { number: number; message: string },
): Promise<void> {
  await transaction.query('update queue.attachment set outgoing = $2, message = $3 where outgoing = $1', [
    from,
    number,
    message,
  ])
}

/** The attachments of a message that is to be sent, in their order. */
export async function attachmentsOf(database: Database, outgoing: number): Promise<Attachment[]> {
  const { rows } = await database.query<AttachmentRow>(
    `select ${attachmentColumns} from queue.attachment where outgoing = $1 order by place`,
    [outgoing],
  )
  return rows.map(attachment)
}

/** Forgets what no message has named, what was sent and is done with, and what was taken; moments in milliseconds since 1970. */
export async function deleteOldAttachments(
  database: Database,
  { untouchedSince, takenSince }: { untouchedSince: number; takenSince: number },
): Promise<void> {
  await database.query(
    `delete from queue.attachment
     where outgoing is null and incoming is null and touched_at < to_timestamp($1 / 1000.0)`,
    [untouchedSince],
  )
  await database.query(
    `delete from queue.attachment using queue.outgoing o
     where outgoing = o.number and o.state in ('accepted', 'dropped')`,
  )
  await database.query(
    `delete from queue.attachment using queue.incoming i
     where incoming = i.number and i.told_at < to_timestamp($1 / 1000.0)`,
    [takenSince],
  )
}

export function attachment({ sent_as, outgoing, incoming, ...row }: AttachmentRow): Attachment {
  return {
    ...row,
    length: Number(row.length),
    received: Number(row.received),
    sentAs: sent_as,
    outgoing: outgoing === null ? null : Number(outgoing),
    incoming: incoming === null ? null : Number(incoming),
  }
}
