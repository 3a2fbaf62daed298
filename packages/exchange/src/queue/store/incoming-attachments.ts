import { randomUUID } from 'node:crypto'
import { type Database, inTransaction, type Pool } from '@sapan/kernel'
import type { Attachment } from '../attachments/attachment.ts'
import { type AttachmentRow, attachment, attachmentColumns, lockRoom, mostUnnamed } from './attachments.ts'

/** For which message of another member's subsystem attachments are announced. */
export interface Announced {
  readonly client: string
  readonly service: string
  readonly operation: string
  /** The sender's id of the message. */
  readonly message: string
}

/** One that is announced: its sender's word of it. */
export interface NewIncomingAttachment {
  readonly sentAs: string
  readonly length: number
  readonly expected: Buffer
  /** Sealed for the id under which it is kept here. */
  readonly describe: (id: string) => Buffer
}

/**
 * Makes room for what is announced, and gives what is here of it, in its order. Undefined where with it all that the
 * subsystem has sent and nobody has taken would be more than so many bytes.
 */
export async function announceAttachments(
  pool: Pool,
  about: Announced,
  wanted: readonly NewIncomingAttachment[],
  mostBytes: number,
): Promise<Attachment[] | undefined> {
  const { client, service, operation, message } = about
  return await inTransaction(pool, async (transaction) => {
    await lockRoom(transaction, 'incoming', client)
    for (const [i, { sentAs, length, expected, describe }] of wanted.entries()) {
      const id = randomUUID()
      await transaction.query(
        `insert into queue.attachment (id, side, client, service, operation, message, place, length, description, sent_as, expected)
         values ($1, 'incoming', $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (client, message, sent_as) do nothing`,
        [id, client, service, operation, message, i + 1, length, describe(id), sentAs, expected],
      )
    }
    const { rows } = await transaction.query<{ bytes: string; unnamed: string }>(
      `select coalesce(sum(a.length), 0) as bytes, count(*) filter (where a.incoming is null) as unnamed
       from queue.attachment a left join queue.incoming i on i.number = a.incoming
       where a.side = 'incoming' and a.client = $1 and (i.number is null or i.state = 'waiting')`,
      [client],
    )
    if (Number(rows[0]?.bytes) > mostBytes || Number(rows[0]?.unnamed) > mostUnnamed) {
      await transaction.query(
        'delete from queue.attachment where side = $1 and client = $2 and message = $3 and received = 0 and incoming is null',
        ['incoming', client, message],
      )
      return undefined
    }
    return await announcedAttachments(transaction, client, message)
  })
}

/** What was announced with a message, in its order. */
export async function announcedAttachments(
  database: Database,
  client: string,
  message: string,
): Promise<Attachment[]> {
  const { rows } = await database.query<AttachmentRow>(
    `select ${attachmentColumns} from queue.attachment
     where side = 'incoming' and client = $1 and message = $2 order by place`,
    [client, message],
  )
  return rows.map(attachment)
}

/** One that was announced, by the id under which it is kept here. */
export async function findAnnounced(database: Database, id: string): Promise<Attachment | undefined> {
  const { rows } = await database.query<AttachmentRow>(
    `select ${attachmentColumns} from queue.attachment where side = 'incoming' and id = $1`,
    [id],
  )
  return rows.map(attachment)[0]
}

/** Begins one anew that came otherwise than its sender said. */
export async function forgetPieces(pool: Pool, id: string): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    await transaction.query('update queue.attachment set received = 0, digest = null where id = $1', [id])
    await transaction.query('delete from queue.attachment_piece where attachment = $1', [id])
  })
}

/** Gives what was announced to the message that has come. */
export async function attachIncoming(
  transaction: Database,
  { number, client, message }: { number: number; client: string; message: string },
): Promise<void> {
  await transaction.query(
    `update queue.attachment set incoming = $1, touched_at = now()
     where side = 'incoming' and client = $2 and message = $3 and incoming is null`,
    [number, client, message],
  )
}

/** The attachments of a message that came, in their order. */
export async function attachmentsThatCame(database: Database, incoming: number): Promise<Attachment[]> {
  const { rows } = await database.query<AttachmentRow>(
    `select ${attachmentColumns} from queue.attachment where incoming = $1 order by place`,
    [incoming],
  )
  return rows.map(attachment)
}
