import { type Clock, inTransaction, type Pool, type PoolClient } from '@sapan/kernel'
import type { RetentionCountry } from './country.ts'

export interface RetentionGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly country: { readonly retention: RetentionCountry }
}

/** How many rows went. */
export interface Cleared {
  readonly proofingAttempts: number
  readonly counterVisits: number
  readonly devices: number
  readonly sessions: number
}

const dayMs = 86_400_000

/**
 * Takes away what has been kept for as long as the country keeps it. Evidence of proofing and histories stay. A job for every hour; several
 * processes may run it at once.
 */
export async function clearOld({ pool, clock, country }: RetentionGround): Promise<Cleared> {
  const { proofingAttempts, counterVisits, devices, sessions } = country.retention
  const before = (days: number) => new Date(clock() - days * dayMs)
  return {
    proofingAttempts: await clearAttempts(pool, before(proofingAttempts)),
    counterVisits: await inTransaction(pool, (client) => clearVisits(client, before(counterVisits))),
    devices: await clearDevices(pool, before(devices)),
    sessions: await inTransaction(pool, (client) => clearSessions(client, before(sessions))),
  }
}

async function clearAttempts(pool: Pool, before: Date): Promise<number> {
  const { rowCount } = await pool.query('delete from identity.proofing_attempt where at < $1', [before])
  return rowCount ?? 0
}

async function clearDevices(pool: Pool, before: Date): Promise<number> {
  const { rowCount } = await pool.query('delete from identity.device where last_seen < $1', [before])
  return rowCount ?? 0
}

/** A code is made in a visit that is open, and lasts minutes: those of an old visit are older than it may be. */
async function clearVisits(client: PoolClient, before: Date): Promise<number> {
  const old = `select id from identity.counter_visit where expires_at < $1`
  await client.query(`delete from identity.enrolment_code where visit_id in (${old})`, [before])
  const { rowCount } = await client.query(
    `delete from identity.counter_visit v where expires_at < $1
       and not exists (select from identity.enrolment_code where visit_id = v.id)`,
    [before],
  )
  return rowCount ?? 0
}

/**
 * The place goes with what names it: nobody can change it any more, and it may be drawn anew. Places of consents, mandates
 * and officers stay, since their rows do.
 */
async function clearSessions(client: PoolClient, before: Date): Promise<number> {
  const { rowCount } = await client.query(
    `with old as (
       delete from identity.session_status where made_at < $1 returning status_uri, status_index
     )
     delete from identity.status_entry e using old
     where e.kind = 'session' and e.index = old.status_index
       and e.list_id = substring(old.status_uri from '/([0-9]+)$')::int`,
    [before],
  )
  return rowCount ?? 0
}
