import { type PoolClient, uuidv7 } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { HeldDuty, OfficerRecord } from '../appointment.ts'
import { type ChangedBy, type Changes, type OfficerChange, recordedChanges } from '../changes.ts'
import { numberHash } from './read.ts'
import { boundTo, nameContent } from './rows.ts'

export interface WriteContext {
  readonly client: PoolClient
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  readonly by: ChangedBy
  readonly agency: string
  readonly at: number
}

const date = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at))

/** Writes changes and their history, in the caller's transaction. */
export async function writeChanges(context: WriteContext, changes: Changes): Promise<void> {
  await insertAppointments(context, changes.invited)
  await updateAppointments(
    context,
    changes.altered.map(({ record }) => record),
  )
  await endDuties(context, changes.dutiesEnded)
  await insertDuties(context, changes.dutiesGiven)
  await writeHistory(context, recordedChanges(changes))
}

function sealedName({ sealer }: WriteContext, record: OfficerRecord): Buffer {
  return sealer.seal(Buffer.from(nameContent(record)), boundTo('officer_appointment.name', record.id))
}

async function insertAppointments(context: WriteContext, records: readonly OfficerRecord[]): Promise<void> {
  if (records.length === 0) return
  const { client, sealer, hashKey, at } = context
  const number = ({ id, nationalId }: OfficerRecord) =>
    sealer.seal(Buffer.from(nationalId), boundTo('officer_appointment.number', id))
  await client.query(
    `insert into identity.officer_appointment (id, agency, number_hash, number_sealed, name_sealed,
       title_th, title_en, unit_th, unit_en, valid_from, valid_till, state, invited_at)
     select *, 'invited', $12::timestamptz from unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[],
       $5::bytea[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[], $11::timestamptz[])`,
    [
      records.map(({ id }) => id),
      records.map(({ agency }) => agency),
      records.map(({ nationalId }) => numberHash(hashKey, nationalId)),
      records.map(number),
      records.map((record) => sealedName(context, record)),
      ...titles(records),
      records.map(({ from }) => date(from)),
      records.map(({ till }) => date(till)),
      new Date(at),
    ],
  )
}

function titles(records: readonly OfficerRecord[]): string[][] {
  return [
    records.map(({ title }) => title.th),
    records.map(({ title }) => title.en),
    records.map(({ unit }) => unit.th),
    records.map(({ unit }) => unit.en),
  ]
}

async function updateAppointments(context: WriteContext, records: readonly OfficerRecord[]): Promise<void> {
  if (records.length === 0) return
  await context.client.query(
    `update identity.officer_appointment a
     set name_sealed = n.name_sealed, title_th = n.title_th, title_en = n.title_en, unit_th = n.unit_th,
       unit_en = n.unit_en, valid_from = n.valid_from, valid_till = n.valid_till
     from unnest($1::uuid[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
       $8::timestamptz[]) as n (id, name_sealed, title_th, title_en, unit_th, unit_en, valid_from, valid_till)
     where a.id = n.id`,
    [
      records.map(({ id }) => id),
      records.map((record) => sealedName(context, record)),
      ...titles(records),
      records.map(({ from }) => date(from)),
      records.map(({ till }) => date(till)),
    ],
  )
}

type Held = Changes['dutiesGiven'][number]

async function endDuties({ client, at }: WriteContext, ended: readonly Held[]): Promise<void> {
  if (ended.length === 0) return
  // What had run out before ended then.
  await client.query(
    `update identity.officer_duty set ended_at = least(valid_till, $2)
     where id = any($1::uuid[]) and ended_at is null`,
    [ended.map(({ held }) => held.id), new Date(at)],
  )
}

async function insertDuties({ client, sealer }: WriteContext, given: readonly Held[]): Promise<void> {
  if (given.length === 0) return
  const behalf = ({ id, behalf: whose }: HeldDuty) =>
    whose === undefined ? null : sealer.seal(Buffer.from(whose), boundTo('officer_duty.behalf', id))
  await client.query(
    `insert into identity.officer_duty (id, appointment_id, duty, role, behalf_sealed, valid_from, valid_till)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::timestamptz[],
       $7::timestamptz[])`,
    [
      given.map(({ held }) => held.id),
      given.map(({ appointment }) => appointment),
      given.map(({ held }) => held.duty),
      given.map(({ held }) => held.role ?? null),
      given.map(({ held }) => behalf(held)),
      given.map(({ held }) => date(held.from)),
      given.map(({ held }) => date(held.till)),
    ],
  )
}

/** Adds to the history of an agency's officers. */
export async function writeHistory(
  { client, agency, at, by }: Pick<WriteContext, 'client' | 'agency' | 'at' | 'by'>,
  changes: readonly OfficerChange[],
): Promise<void> {
  if (changes.length === 0) return
  await client.query(
    `insert into identity.officer_change (id, agency, appointment_id, at, by_account, by_operator, kind, detail)
     select id, $2, appointment, $3, $4, $5, kind, detail::jsonb
     from unnest($1::uuid[], $6::uuid[], $7::text[], $8::text[]) as n (id, appointment, kind, detail)`,
    [
      changes.map(() => uuidv7(at)),
      agency,
      new Date(at),
      'account' in by ? by.account : null,
      'operator' in by ? by.operator : null,
      changes.map(({ appointment }) => appointment),
      changes.map(({ kind }) => kind),
      changes.map(({ detail }) => JSON.stringify(detail)),
    ],
  )
}
