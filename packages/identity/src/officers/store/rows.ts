import type { Sealer } from '@sapan/trust'
import type { HeldDuty, OfficerRecord, RegisterCheck } from '../appointment.ts'

/** An appointment with its duties, as the query gives it. */
export interface AppointmentRow {
  readonly id: string
  readonly agency: string
  readonly account_id: string | null
  readonly state: OfficerRecord['state']
  readonly number_sealed: Buffer
  readonly name_sealed: Buffer
  readonly title_th: string
  readonly title_en: string
  readonly unit_th: string
  readonly unit_en: string
  readonly valid_from: Date
  readonly valid_till: Date | null
  readonly accepted_at: Date | null
  readonly ended_at: Date | null
  readonly status_uri: string | null
  readonly status_index: number | null
  readonly checked: RegisterCheck | null
  readonly held: readonly DutyRow[]
}

interface DutyRow {
  readonly id: string
  readonly duty: string
  readonly role: string | null
  /** Hex of what is sealed. */
  readonly behalf: string | null
  /** Milliseconds since 1970. */
  readonly from: number
  readonly till: number | null
  readonly ended: number | null
}

const milliseconds = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`

/** The columns of `AppointmentRow`, of `officer_appointment as a`. */
export const appointmentColumns = `a.id, a.agency, a.account_id, a.state, a.number_sealed, a.name_sealed,
  a.title_th, a.title_en, a.unit_th, a.unit_en, a.valid_from, a.valid_till, a.accepted_at, a.ended_at,
  a.status_uri, a.status_index, a.checked,
  coalesce((select json_agg(json_build_object('id', d.id, 'duty', d.duty, 'role', d.role,
      'behalf', encode(d.behalf_sealed, 'hex'), 'from', ${milliseconds('d.valid_from')},
      'till', ${milliseconds('d.valid_till')}, 'ended', ${milliseconds('d.ended_at')}) order by d.id)
    from identity.officer_duty d where d.appointment_id = a.id), '[]') as held`

/** To what a sealed value of a row is bound. */
export const boundTo = (column: string, id: string): Buffer => Buffer.from(`${column} ${id}`)

export function recordOf(row: AppointmentRow, sealer: Sealer): OfficerRecord {
  const { given, family } = readName(
    sealer.open(row.name_sealed, boundTo('officer_appointment.name', row.id)).toString(),
  )
  const { account_id, valid_till, accepted_at, ended_at, status_uri, status_index, checked } = row
  return {
    id: row.id,
    agency: row.agency,
    state: row.state,
    givenName: given,
    familyName: family,
    nationalId: sealer.open(row.number_sealed, boundTo('officer_appointment.number', row.id)).toString(),
    title: { th: row.title_th, en: row.title_en },
    unit: { th: row.unit_th, en: row.unit_en },
    from: row.valid_from.getTime(),
    held: row.held.map((each) => heldOf(each, sealer)),
    ...(account_id === null ? {} : { account: account_id }),
    ...(valid_till === null ? {} : { till: valid_till.getTime() }),
    ...(accepted_at === null ? {} : { acceptedAt: accepted_at.getTime() }),
    ...(ended_at === null ? {} : { endedAt: ended_at.getTime() }),
    ...(checked === null ? {} : { checked }),
    ...(status_uri === null || status_index === null
      ? {}
      : { status: { uri: status_uri, index: status_index } }),
  }
}

function heldOf({ id, duty, role, behalf, from, till, ended }: DutyRow, sealer: Sealer): HeldDuty {
  const opened =
    behalf === null
      ? undefined
      : sealer.open(Buffer.from(behalf, 'hex'), boundTo('officer_duty.behalf', id)).toString()
  return {
    id,
    duty,
    from: Math.round(from),
    ...(role === null ? {} : { role }),
    ...(opened === undefined ? {} : { behalf: opened }),
    ...(till === null ? {} : { till: Math.round(till) }),
    ...(ended === null ? {} : { endedAt: Math.round(ended) }),
  }
}

/** What `nameContent` wrote. */
export function readName(text: string): { given: string; family: string } {
  const { given, family }: { given: string; family: string } = JSON.parse(text)
  return { given, family }
}

export function nameContent({
  givenName,
  familyName,
}: Pick<OfficerRecord, 'givenName' | 'familyName'>): string {
  return JSON.stringify({ given: givenName, family: familyName })
}
