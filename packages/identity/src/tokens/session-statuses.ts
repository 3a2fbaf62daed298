import type { StatusRef } from '@sapan/exchange'
import type { Clock, Pool } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import type { StatusLists } from '../status/lists.ts'

/** Entries of sign-in sessions in status lists: made when somebody first acts at an agency in the session. */
export interface SessionStatuses {
  of(account: string, session: string): Promise<StatusRef>
  /** The session is over: what was signed in it is refused at every gateway. */
  end(session: string): Promise<void>
}

interface Row {
  readonly status_uri: string
  readonly status_index: number
}

export function createSessionStatuses({
  pool,
  clock,
  statuses,
}: {
  readonly pool: Pool
  readonly clock: Clock
  readonly statuses: Pick<StatusLists, 'allocate' | 'set'>
}): SessionStatuses {
  return {
    of: (account, session) =>
      inTransaction(pool, async (client) => {
        // Two that ask at once get one entry.
        await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`session ${session}`])
        const { rows } = await client.query<Row>(
          'select status_uri, status_index from identity.session_status where session = $1',
          [session],
        )
        if (rows[0]) return { uri: rows[0].status_uri, index: rows[0].status_index }
        const ref = await statuses.allocate(client, { account, kind: 'session' })
        await client.query(
          `insert into identity.session_status (session, account_id, status_uri, status_index, made_at)
           values ($1, $2, $3, $4, $5)`,
          [session, account, ref.uri, ref.index, new Date(clock())],
        )
        return ref
      }),
    end: (session) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query<Row>(
          'select status_uri, status_index from identity.session_status where session = $1',
          [session],
        )
        const [row] = rows
        if (row) await statuses.set(client, { uri: row.status_uri, index: row.status_index }, 'withdrawn')
      }),
  }
}
