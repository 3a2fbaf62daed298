import type { Pool, PoolClient } from '@sapan/kernel'
import { keyedHash, type Sealer } from '@sapan/trust'
import type { OfficerRecord } from '../appointment.ts'
import { type AppointmentRow, appointmentColumns, boundTo, readName, recordOf } from './rows.ts'

type Queryable = Pool | PoolClient

/** By what an appointment for that number is found. */
export function numberHash(hashKey: Uint8Array, nationalId: string): Buffer {
  return keyedHash(hashKey, `national-id:${nationalId}`)
}

/** What was accepted by an account that is open: all of it, ended appointments among them. */
export async function recordsOfAccount(
  db: Queryable,
  sealer: Sealer,
  account: string,
): Promise<OfficerRecord[]> {
  const { rows } = await db.query<AppointmentRow>({
    name: 'officer-of-account',
    text: `select ${appointmentColumns} from identity.officer_appointment a
      join identity.account on account.id = a.account_id and account.state = 'open'
      where a.account_id = $1 order by a.id`,
    values: [account],
  })
  return rows.map((row) => recordOf(row, sealer))
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** By its id, whatever came from outside as one. */
export async function recordById(
  db: Queryable,
  sealer: Sealer,
  id: string,
): Promise<OfficerRecord | undefined> {
  if (!UUID.test(id)) return undefined
  const { rows } = await db.query<AppointmentRow>({
    name: 'officer-by-id',
    text: `select ${appointmentColumns} from identity.officer_appointment a where a.id = $1`,
    values: [id],
  })
  return rows[0] && recordOf(rows[0], sealer)
}

/** What stands of an agency for these numbers. */
export async function recordsByNumber(
  db: Queryable,
  sealer: Sealer,
  agency: string,
  hashes: readonly Buffer[],
): Promise<OfficerRecord[]> {
  const { rows } = await db.query<AppointmentRow>(
    `select ${appointmentColumns} from identity.officer_appointment a
     where a.agency = $1 and a.state <> 'ended' and a.number_hash = any($2::bytea[])`,
    [agency, hashes],
  )
  return rows.map((row) => recordOf(row, sealer))
}

/** The live appointments of an agency under which that duty was given and not ended. */
export async function recordsByDuty(
  db: Queryable,
  sealer: Sealer,
  agency: string,
  duty: string,
): Promise<OfficerRecord[]> {
  const { rows } = await db.query<AppointmentRow>(
    `select ${appointmentColumns} from identity.officer_appointment a
     join identity.account on account.id = a.account_id and account.state <> 'closed'
     where a.agency = $1 and a.state = 'live' and exists (select from identity.officer_duty d
       where d.appointment_id = a.id and d.duty = $2 and d.ended_at is null)`,
    [agency, duty],
  )
  return rows.map((row) => recordOf(row, sealer))
}

export interface OfficerFilter {
  readonly state?: OfficerRecord['state'] | undefined
  readonly duty?: string | undefined
  /** Part of a name, a title or a unit, or a whole national number. */
  readonly words?: string | undefined
}

/** The ids of an agency's appointments that the filter lets through, the newest first. */
export async function idsOfAgency(
  db: Queryable,
  { sealer, hashKey }: { sealer: Sealer; hashKey: Uint8Array },
  agency: string,
  { state, duty, words = '' }: OfficerFilter,
): Promise<string[]> {
  const number = words.replaceAll(/[\s-]/g, '')
  const hash = /^\d{13}$/.test(number) ? numberHash(hashKey, number) : null
  const { rows } = await db.query<{ id: string; name_sealed: Buffer; words: string }>(
    `select a.id, a.name_sealed, concat_ws(' ', a.title_th, a.title_en, a.unit_th, a.unit_en) as words
     from identity.officer_appointment a
     where a.agency = $1 and ($2::text is null and a.state <> 'ended' or a.state = $2)
       and ($3::text is null or exists (select from identity.officer_duty d
         where d.appointment_id = a.id and d.duty = $3 and d.ended_at is null))
       and ($4::bytea is null or a.number_hash = $4)
     order by a.id desc`,
    [agency, state ?? null, duty ?? null, hash],
  )
  const wanted = hash ? '' : words.normalize('NFC').trim().toLowerCase()
  if (wanted === '') return rows.map(({ id }) => id)
  // Names lie sealed: they are compared here.
  const isWanted = ({ id, name_sealed, words: others }: (typeof rows)[number]): boolean => {
    const name = readName(sealer.open(name_sealed, boundTo('officer_appointment.name', id)).toString())
    return `${name.given} ${name.family} ${others}`.toLowerCase().includes(wanted)
  }
  return rows.filter(isWanted).map(({ id }) => id)
}

/** In the order of the ids. */
export async function recordsByIds(
  db: Queryable,
  sealer: Sealer,
  ids: readonly string[],
): Promise<OfficerRecord[]> {
  const { rows } = await db.query<AppointmentRow>(
    `select ${appointmentColumns} from identity.officer_appointment a where a.id = any($1::uuid[])`,
    [ids],
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = found.get(id)
    return row ? [recordOf(row, sealer)] : []
  })
}
