import { inTransaction, type Logger, type Pool, type PoolClient, Problem } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { officerProblems } from '../problems/officers.ts'
import type { OfficerRecord } from './appointment.ts'
import type { ChangedBy } from './changes.ts'
import type { OfficersCountry } from './country.ts'
import { holdsDuty } from './rules.ts'
import { recordById } from './store/read.ts'
import type { WriteContext } from './store/write.ts'

/** What acts on officers stand on. */
export interface OfficersGround {
  readonly pool: Pool
  readonly clock: () => number
  readonly log: Logger
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  readonly country: OfficersCountry
}

/** An act in an agency, by somebody who administers it now. */
export interface Act extends WriteContext {
  /** Undefined for whoever runs the house. */
  readonly record: OfficerRecord | undefined
}

/**
 * Does something to an agency's officers in one transaction. Acts in one agency follow one another, so that what one of
 * them judges (who is left to administer) still holds when it is written. Throws `officer-duty-missing` for somebody who
 * does not administer an agency at this moment.
 */
export async function act<T>(
  ground: OfficersGround,
  by: ChangedBy,
  work: (act: Act) => Promise<T>,
): Promise<T> {
  const agency = await agencyOf(ground, by)
  return inTransaction(ground.pool, async (client) => {
    await lockAgency(client, agency)
    const record = await administrator(ground, client, by)
    const { sealer, hashKey } = ground
    return work({ client, sealer, hashKey, by, agency, at: ground.clock(), record })
  })
}

/** Who administers the agency now, without changing anything; gives the agency. Throws `officer-duty-missing`. */
export async function agencyOf(ground: OfficersGround, by: ChangedBy): Promise<string> {
  if ('operator' in by) return by.agency
  const record = await administrator(ground, ground.pool, by)
  if (!record) throw new Problem(officerProblems['officer-duty-missing'])
  return record.agency
}

export async function lockAgency(client: PoolClient, agency: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`sapan officers ${agency}`])
}

async function administrator(
  { sealer, country, clock, log }: OfficersGround,
  db: Pool | PoolClient,
  by: ChangedBy,
): Promise<OfficerRecord | undefined> {
  if ('operator' in by) return undefined
  const record = await recordById(db, sealer, by.appointment)
  if (record?.account === by.account && holdsDuty(record, country.administrator, clock())) return record
  log.warn({ account: by.account, appointment: record?.id }, 'an act on officers without the duty for it')
  throw new Problem(officerProblems['officer-duty-missing'])
}

/** An appointment of the agency; that of another is as if it were not there. Throws `officer-not-found`. */
export async function ownRecord(
  ground: OfficersGround,
  db: Pool | PoolClient,
  { agency, by, id }: { agency: string; by: ChangedBy; id: string },
): Promise<OfficerRecord> {
  const record = await recordById(db, ground.sealer, id)
  if (record?.agency === agency) return record
  if (record)
    ground.log.warn({ by, agency, appointment: record.id }, "another agency's officer was asked for")
  throw new Problem(officerProblems['officer-not-found'])
}
