import type { Clock, Pool } from '@sapan/kernel'
import type { AuthenticationCountry } from '../authenticators/country.ts'

export interface RetentionGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly days: AuthenticationCountry['retentionDays']
}

const day = 86_400_000
/** So many at once, so that nobody waits behind a day's worth. */
const atOnce = 1000

/**
 * Takes away rows that nobody needs any more: devices that were not used, codes of counters that ran out, places where the
 * end of a session that is long over was told. A job for every hour, in any number of processes; gives how many went. What
 * happened to an account is never taken away.
 */
export async function clearKept({ pool, clock, days }: RetentionGround): Promise<number> {
  const before = (kept: number) => new Date(clock() - kept * day)
  const cleared = await Promise.all([
    clear(pool, 'device', 'last_seen', before(days.devices)),
    clear(pool, 'enrolment_code', 'expires_at', before(days.enrolmentCodes)),
    clear(pool, 'session_status', 'made_at', before(days.sessionStatuses)),
  ])
  return cleared.reduce((sum, count) => sum + count, 0)
}

async function clear(
  pool: Pool,
  table: 'device' | 'enrolment_code' | 'session_status',
  column: 'last_seen' | 'expires_at' | 'made_at',
  before: Date,
): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from identity.${table} where ctid = any(array(
       select ctid from identity.${table} where ${column} < $1 limit ${atOnce} for update skip locked))`,
    [before],
  )
  return rowCount ?? 0
}
