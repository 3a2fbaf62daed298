import type { PoolClient } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import type { OfficersGround } from './act.ts'
import { type Appointment, appointmentAt } from './appointment.ts'
import type { OfficerAccounts, OfficerStatus } from './ports.ts'
import { numberHash, recordsOfAccount } from './store/read.ts'
import { writeHistory } from './store/write.ts'

interface ArrivalOptions {
  readonly accounts: OfficerAccounts
  readonly status?: OfficerStatus
  readonly isAtLeast: (ial: string, least: string) => boolean
}

/**
 * Somebody has signed in: appointments for the number that they proved become theirs, where they are known as surely as
 * the country asks. Gives what holds now.
 */
export async function arrive(
  ground: OfficersGround,
  options: ArrivalOptions,
  account: string,
): Promise<Appointment[]> {
  const { pool, sealer, clock, country } = ground
  const number = await provedNumber(ground, options, account)
  if (number !== undefined) await acceptAll(ground, options.status, account, number)
  const records = await recordsOfAccount(pool, sealer, account)
  return records.flatMap((record) => appointmentAt(record, country.roles, clock()) ?? [])
}

async function provedNumber(
  { country }: OfficersGround,
  { accounts, isAtLeast }: ArrivalOptions,
  account: string,
): Promise<string | undefined> {
  const found = await accounts.find(account)
  if (found?.state !== 'open' || !isAtLeast(found.ial, country.ial)) return undefined
  const identifiers = await accounts.identifiersOf(account)
  return identifiers.find(({ scheme, proved }) => scheme === 'national-id' && proved)?.value
}

async function acceptAll(
  { pool, hashKey, clock }: OfficersGround,
  status: OfficerStatus | undefined,
  account: string,
  number: string,
): Promise<void> {
  const hash = numberHash(hashKey, number)
  const invited = `from identity.officer_appointment where number_hash = $1 and state = 'invited'`
  const { rowCount } = await pool.query(`select ${invited} limit 1`, [hash])
  if (rowCount === 0) return
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ id: string; agency: string }>(
      `select id, agency ${invited} order by id for update`,
      [hash],
    )
    for (const row of rows) await accept(client, status, account, { ...row, at: clock() })
  })
}

async function accept(
  client: PoolClient,
  status: OfficerStatus | undefined,
  account: string,
  { id, agency, at }: { id: string; agency: string; at: number },
): Promise<void> {
  const ref = await status?.allocate(client, { account, kind: 'officer' })
  await client.query(
    `update identity.officer_appointment set state = 'live', account_id = $2, accepted_at = $3,
       status_uri = $4, status_index = $5 where id = $1`,
    [id, account, new Date(at), ref?.uri ?? null, ref?.index ?? null],
  )
  const by = { account, appointment: id }
  await writeHistory({ client, agency, at, by }, [{ appointment: id, kind: 'accepted', detail: {} }])
}
