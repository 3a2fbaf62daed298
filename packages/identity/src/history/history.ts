import { type Pool, type PoolClient, type Text, uuidv7 } from '@sapan/kernel'
import type { IdentityGround } from '../ground.ts'
import { openValue, sealValue } from '../store/sealed.ts'
import { type HistoryKinds, historyText } from './kinds.ts'

export interface HistoryEntry {
  readonly account: string
  /** One of the kinds that the history was made with. */
  readonly kind: string
  readonly detail?: Readonly<Record<string, string>>
  /** The sign-in session in which it was done. */
  readonly session?: string
}

export interface HistoryEvent {
  readonly id: string
  readonly kind: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly text: Text
  readonly isWarning: boolean
  readonly detail: Readonly<Record<string, string>>
  readonly session: string | undefined
}

/** What happened to accounts: only ever added to, shown to the owner, and kept when authenticators go. */
export interface History {
  /** Throws a RangeError for a kind that it was not made with. */
  record(client: Pool | PoolClient, entry: HistoryEntry): Promise<void>
  /** The latest first; `before` is the id of the last event of the page before. */
  list(
    account: string,
    page: { readonly limit: number; readonly before?: string },
  ): Promise<readonly HistoryEvent[]>
}

interface HistoryRow {
  id: string
  kind: string
  detail_sealed: Buffer
  session: string | null
  at: Date
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const afterAll = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** `kinds`: those of all rooms. */
export function createHistory(
  { pool, clock, sealer }: Pick<IdentityGround, 'pool' | 'clock' | 'sealer'>,
  kinds: HistoryKinds,
): History {
  const readEvent = (row: HistoryRow): HistoryEvent => {
    const detail = openValue(sealer, placeOf(row.id), row.detail_sealed) as Record<string, string>
    const { id, kind, at, session } = row
    const isWarning = kinds[kind]?.isWarning ?? false
    return {
      id,
      kind,
      at: at.getTime(),
      text: historyText(kinds, kind, detail),
      isWarning,
      detail,
      session: session ?? undefined,
    }
  }
  return {
    record: async (client, { account, kind, detail = {}, session }) => {
      if (!Object.hasOwn(kinds, kind)) throw new RangeError(`${kind} is no kind of history`)
      const now = clock()
      const id = uuidv7(now)
      await client.query({
        name: 'history-record',
        text: `insert into identity.history (id, account_id, kind, detail_sealed, session, at)
          values ($1, $2, $3, $4, $5, $6)`,
        values: [id, account, kind, sealValue(sealer, placeOf(id), detail), session ?? null, new Date(now)],
      })
    },
    list: async (account, { limit, before }) => {
      const { rows } = await pool.query<HistoryRow>(
        `select id, kind, detail_sealed, session, at from identity.history
         where account_id = $1 and id < $2 order by id desc limit $3`,
        [account, before !== undefined && UUID.test(before) ? before : afterAll, limit],
      )
      return rows.map(readEvent)
    },
  }
}

function placeOf(id: string): string {
  return `history.detail_sealed ${id}`
}
