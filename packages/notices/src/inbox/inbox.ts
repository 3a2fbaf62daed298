import { type Clock, type Logger, type Pool, Problem } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { NoticeKind } from '../kinds.ts'
import type { InboxMessage, InboxPage } from '../notice.ts'
import { noticesProblems } from '../problems.ts'
import { type NoticeWords, openJson } from '../store/sealing.ts'
import { cursorOf, isUuid, readCursor } from './cursor.ts'
import { messagePlace } from './send.ts'

/** What a person does with their inbox. */
export interface Inbox {
  /** A page of 1 to 100 messages. Throws `inbox-list-unreadable` for an `after` that is none of ours. */
  inbox(account: string, page: { limit: number; after?: string }): Promise<InboxPage>
  unread(account: string): Promise<number>
  /** One message, which is read from then on. Throws `notice-not-found` for another's, and logs it. */
  read(account: string, id: string): Promise<InboxMessage>
  /** As if it had not been opened yet. Throws `notice-not-found`. */
  markUnread(account: string, id: string): Promise<void>
  markAllRead(account: string): Promise<void>
}

interface MessageRow {
  readonly id: string
  readonly kind: NoticeKind
  readonly link: string | null
  readonly content_sealed: Buffer
  readonly sent_at: Date
  readonly read_at: Date | null
}

export interface InboxGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly sealer: Sealer
  readonly log: Logger
}

const columns = 'id, kind, link, content_sealed, sent_at, read_at'

export function inboxOf(ground: InboxGround): Inbox {
  const { pool, clock } = ground
  return {
    inbox: (account, page) => readPage(ground, account, page),
    async unread(account) {
      const { rows } = await pool.query<{ count: number }>(
        'select count(*)::int as count from notices.message where account = $1 and read_at is null',
        [account],
      )
      return rows[0]?.count ?? 0
    },
    async read(account, id) {
      const row = await change(ground, account, id, 'coalesce(read_at, $3)', [new Date(clock())])
      return messageOf(ground, row)
    },
    async markUnread(account, id) {
      await change(ground, account, id, 'null', [])
    },
    async markAllRead(account) {
      await pool.query('update notices.message set read_at = $2 where account = $1 and read_at is null', [
        account,
        new Date(clock()),
      ])
    },
  }
}

async function readPage(
  ground: InboxGround,
  account: string,
  { limit, after }: { limit: number; after?: string },
): Promise<InboxPage> {
  const from = after === undefined ? undefined : readCursor(after)
  const { rows } = await ground.pool.query<MessageRow>(
    `select ${columns} from notices.message
     where account = $1 and ($2::timestamptz is null or (sent_at, id) < ($2, $3::uuid))
     order by sent_at desc, id desc limit $4`,
    [account, from === undefined ? null : new Date(from.at), from?.id ?? null, limit + 1],
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const messages = rows.slice(0, limit).map((row) => messageOf(ground, row))
  return last === undefined ? { messages } : { messages, next: cursorOf(last.sent_at, last.id) }
}

async function change(
  { pool, log }: InboxGround,
  account: string,
  id: string,
  readAt: string,
  values: readonly unknown[],
): Promise<MessageRow> {
  const { rows } = isUuid(id)
    ? await pool.query<MessageRow>(
        `update notices.message set read_at = ${readAt} where account = $1 and id = $2 returning ${columns}`,
        [account, id, ...values],
      )
    : { rows: [] }
  if (rows[0] !== undefined) return rows[0]
  log.warn({ account }, 'message refused')
  throw new Problem(noticesProblems['notice-not-found'])
}

function messageOf({ sealer }: InboxGround, row: MessageRow): InboxMessage {
  const { title, body } = openJson<NoticeWords>(sealer, row.content_sealed, messagePlace(row.id))
  return {
    id: row.id,
    kind: row.kind,
    title,
    body,
    ...(row.link === null ? {} : { link: row.link }),
    sentAt: row.sent_at.getTime(),
    ...(row.read_at === null ? {} : { readAt: row.read_at.getTime() }),
  }
}
