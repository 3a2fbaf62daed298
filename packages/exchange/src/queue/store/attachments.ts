import { type Database, inTransaction, type Pool } from '@sapan/kernel'
import type { Attachment } from '../attachments/attachment.ts'

const columns = 'id, client, service, operation, length, received, digest, description'

interface Row {
  id: string
  client: string
  service: string
  operation: string
  length: string
  received: string
  digest: Buffer | null
  description: Buffer
}

export type NewAttachment = Omit<Attachment, 'received' | 'digest'>

/**
 * Begins an attachment, if with it all that the subsystem has uploaded and sent in no message stays within so many bytes.
 * Whether it does.
 */
export async function insertAttachment(
  pool: Pool,
  wanted: NewAttachment,
  mostBytes: number,
): Promise<boolean> {
  return inTransaction(pool, async (transaction) => {
    // One after the other for each subsystem: two at once would both find room for one.
    await transaction.query(`select pg_advisory_xact_lock(hashtextextended('queue.attachment ' || $1, 0))`, [
      wanted.client,
    ])
    const { id, client, service, operation, length, description } = wanted
    const { rowCount } = await transaction.query(
      `insert into queue.attachment (id, client, service, operation, length, description)
       select $1, $2, $3, $4, $5::bigint, $6
       where (select coalesce(sum(length), 0) from queue.attachment where client = $2) + $5::bigint <= $7`,
      [id, client, service, operation, length, description, mostBytes],
    )
    return rowCount === 1
  })
}

/** An attachment of that subsystem; of nobody else's. */
export async function findAttachment(
  database: Database,
  client: string,
  id: string,
): Promise<Attachment | undefined> {
  const { rows } = await database.query<Row>(
    `select ${columns} from queue.attachment where id = $1 and client = $2`,
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

/** Whether there was one to be given up. */
export async function deleteAttachment(database: Database, client: string, id: string): Promise<boolean> {
  const { rowCount } = await database.query('delete from queue.attachment where id = $1 and client = $2', [
    id,
    client,
  ])
  return rowCount === 1
}

/** Forgets what nobody has touched since that moment, in milliseconds since 1970. */
export async function deleteUntouchedAttachments(database: Database, before: number): Promise<void> {
  await database.query('delete from queue.attachment where touched_at < to_timestamp($1 / 1000.0)', [before])
}

function attachment(row: Row): Attachment {
  return { ...row, length: Number(row.length), received: Number(row.received) }
}
