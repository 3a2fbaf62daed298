import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { Provider } from 'oidc-provider'

export interface NoticesGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  provider(): Promise<Provider>
}

/** After so many tries a client has not been told: about a day. */
const tries = 12
const firstPause = 15_000

interface Row {
  readonly id: string
  readonly client_id: string
  readonly account_id: string
  readonly sid: string
  readonly attempts: number
}

/**
 * Tells clients of sessions that have ended (OpenID Connect Back-Channel Logout 1.0 §2.5); for a job, and after each
 * end. A client that does not take it is told again, later each time. Returns how many took it.
 */
export async function deliverLogouts(ground: NoticesGround): Promise<number> {
  let told = 0
  for (let row = await next(ground); row; row = await next(ground)) {
    if (await deliver(ground, row)) told++
  }
  return told
}

/** Takes the next one, for now: another process, or this one when the client is slow, leaves it alone meanwhile. */
async function next({ pool, clock }: NoticesGround): Promise<Row | undefined> {
  const now = clock()
  const { rows } = await pool.query<Row>(
    `update identity.logout_notice set attempts = attempts + 1,
       next_at = $1::timestamptz + make_interval(secs => $2 * 2 ^ attempts)
     where id = (select id from identity.logout_notice where next_at <= $1
       order by next_at limit 1 for update skip locked)
     returning id, client_id, account_id, sid, attempts`,
    [new Date(now), firstPause / 1000],
  )
  return rows[0]
}

async function deliver({ pool, log, provider }: NoticesGround, row: Row): Promise<boolean> {
  const told = await tell(await provider(), row).catch((error: unknown) => {
    log.warn({ client: row.client_id, attempts: row.attempts, error }, 'a client did not take a logout')
    return false
  })
  if (told || row.attempts >= tries)
    await pool.query('delete from identity.logout_notice where id = $1', [row.id])
  return told
}

/** A client that is disabled or gone has nothing to hear. */
async function tell(provider: Provider, row: Row): Promise<boolean> {
  const client = await provider.Client.find(row.client_id)
  if (client?.backchannelLogoutUri === undefined || typeof client.backchannelLogout !== 'function')
    return true
  await Reflect.apply(client.backchannelLogout, client, [row.account_id, row.sid])
  return true
}
