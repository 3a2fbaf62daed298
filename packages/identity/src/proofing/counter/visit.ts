import type { Pool, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { openValue, type Sealable, sealValue } from '../../store/sealed.ts'
import type { CheckingOfficer } from '../evidence.ts'
import type { RegisteredPerson } from './find-person.ts'

/** A person at the counter, and the officer who serves them. */
export interface Visit {
  readonly id: string
  readonly officer: CheckingOfficer
  readonly person: RegisteredPerson
  /** Their account, once the officer has proofed them. */
  readonly account: string | undefined
  readonly state: 'open' | 'proofed'
}

interface Row {
  readonly id: string
  readonly appointment: string
  readonly agency: string
  readonly officer_account: string
  readonly person_sealed: Buffer
  readonly account_id: string | null
  readonly state: 'open' | 'proofed'
}

const placeOf = (id: string): string => `counter_visit.person_sealed ${id}`
const MINUTES = 60

export async function insertVisit(
  client: Pool | PoolClient,
  sealer: Sealer,
  { id, officer, person }: Pick<Visit, 'id' | 'officer' | 'person'>,
  now: number,
): Promise<void> {
  await client.query(
    `insert into identity.counter_visit
     (id, appointment, agency, officer_account, person_sealed, state, made_at, expires_at)
     values ($1, $2, $3, $4, $5, 'open', $6, $7)`,
    [
      id,
      officer.appointment,
      officer.agency,
      officer.account,
      sealValue(sealer, placeOf(id), JSON.parse(JSON.stringify(person)) as Sealable),
      new Date(now),
      new Date(now + MINUTES * 60_000),
    ],
  )
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The officer's own visit, while it lasts; that of another officer is as if it were not there. */
export async function findVisit(
  database: Pool | PoolClient,
  sealer: Sealer,
  { id, officer, now, lock = false }: { id: string; officer: CheckingOfficer; now: number; lock?: boolean },
): Promise<Visit | undefined> {
  if (!UUID.test(id)) return undefined
  const { rows } = await database.query<Row>(
    `select id, appointment, agency, officer_account, person_sealed, account_id, state from identity.counter_visit
     where id = $1 and appointment = $2 and officer_account = $3 and expires_at > $4 ${lock ? 'for update' : ''}`,
    [id, officer.appointment, officer.account, new Date(now)],
  )
  const [row] = rows
  if (row === undefined) return undefined
  const person = openValue(sealer, placeOf(id), row.person_sealed) as RegisteredPerson
  return { id, officer, person, account: row.account_id ?? undefined, state: row.state }
}

export async function visitProofed(client: PoolClient, id: string, account: string): Promise<void> {
  await client.query(`update identity.counter_visit set state = 'proofed', account_id = $2 where id = $1`, [
    id,
    account,
  ])
}
