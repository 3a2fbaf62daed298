import { act, agencyOf, type OfficersGround, ownRecord } from './act.ts'
import { type Appointment, appointmentAt, type OfficerRecord } from './appointment.ts'
import { arrive } from './arrive.ts'
import type { ChangedBy } from './changes.ts'
import type { RawDuty, RawOfficer } from './entry.ts'
import { type ImportOptions, type ImportReport, importOfficers } from './import/import.ts'
import { actsOnOne, endAppointment } from './one-officer.ts'
import type { AppointmentWatch, OfficerAccounts, OfficerStatus } from './ports.ts'
import { type ChangeRow, changesOf } from './store/history.ts'
import {
  idsOfAgency,
  type OfficerFilter,
  recordById,
  recordsByDuty,
  recordsByIds,
  recordsOfAccount,
} from './store/read.ts'

export interface OfficersOptions {
  readonly accounts: OfficerAccounts
  readonly status?: OfficerStatus
  /** Whether a level of identity assurance is at least another. */
  readonly isAtLeast: (ial: string, least: string) => boolean
  readonly watches?: readonly AppointmentWatch[]
}

/**
 * Officers (เจ้าหน้าที่) of agencies: who is appointed as what, with which duties, from when till when. Whoever acts does
 * so under an appointment that is judged at that moment: a duty that has run out is refused at the next act.
 */
export interface Officers {
  /** What an account is appointed to at that time; nothing while the account is frozen or closed. */
  appointmentsOf(account: string, at: number): Promise<Appointment[]>
  hasDuty(appointment: string, duty: string, at: number): Promise<boolean>
  /** Makes the appointments that wait for this person's proved number theirs; gives those that are live since. */
  arrive(account: string): Promise<Appointment[]>
  /** One page of an agency's officers, the newest first; those that have ended only where asked for. */
  list(by: ChangedBy, filter: OfficerFilter, page?: { after?: string; size?: number }): Promise<OfficerPage>
  /** Throws `officer-not-found`. */
  find(by: ChangedBy, id: string): Promise<OfficerRecord>
  historyOf(by: ChangedBy, id: string): Promise<readonly ChangeRow[]>
  /** Invites a person by their number. Throws `officer-entry-invalid` with the faults, `officer-appointed`. */
  add(by: ChangedBy, raw: RawOfficer): Promise<OfficerRecord>
  /** Sets name, title, unit, days and, where the entry has them, duties. Throws as `add`, `officer-last-administrator`. */
  change(by: ChangedBy, id: string, raw: RawOfficer): Promise<OfficerRecord>
  /** Throws `officer-duty-missing`, `officer-duty-beyond`, `officer-duty-own`, `officer-entry-invalid`. */
  giveDuty(by: ChangedBy, id: string, duty: RawDuty): Promise<OfficerRecord>
  /** Ends a duty at once. Throws as `giveDuty`, `officer-last-administrator`. */
  endDuty(by: ChangedBy, id: string, held: string): Promise<OfficerRecord>
  /** Ends the appointment with all its duties, at once. Throws `officer-last-administrator`. */
  end(by: ChangedBy, id: string): Promise<void>
  /** Brings in a file, all of it or nothing. Throws `officer-file-unreadable`, `officer-duty-missing`. */
  import(by: ChangedBy, file: Uint8Array, options?: Omit<ImportOptions, 'watches'>): Promise<ImportReport>
  /** Who holds the duty in the agency at that time, each once. */
  holdersOf(agency: string, duty: string, at: number): Promise<readonly DutyHolder[]>
  /** The agency in which `by` administers now; throws `officer-duty-missing`. */
  agencyOf(by: ChangedBy): Promise<string>
}

export interface DutyHolder {
  readonly account: string
  readonly name: string
}

export interface OfficerPage {
  readonly officers: readonly OfficerRecord[]
  /** How many there are in all. */
  readonly total: number
  /** Of the next page. */
  readonly after?: string
}

export function createOfficers(ground: OfficersGround, options: OfficersOptions): Officers {
  const { pool, sealer, country } = ground
  const { watches = [] } = options
  const single = actsOnOne(ground, watches)
  return {
    ...single,
    agencyOf: (by) => agencyOf(ground, by),
    arrive: (account) => arrive(ground, options, account),
    appointmentsOf: async (account, at) => {
      const records = await recordsOfAccount(pool, sealer, account)
      return records.flatMap((record) => appointmentAt(record, country.roles, at) ?? [])
    },
    hasDuty: async (appointment, duty, at) => {
      const record = await recordById(pool, sealer, appointment)
      return (record && appointmentAt(record, country.roles, at)?.duties.includes(duty)) ?? false
    },
    holdersOf: (agency, duty, at) => holdersOf(ground, { agency, duty }, at),
    list: (by, filter, page) => list(ground, by, filter, page),
    find: async (by, id) => ownRecord(ground, pool, { agency: await agencyOf(ground, by), by, id }),
    historyOf: async (by, id) => {
      const record = await ownRecord(ground, pool, { agency: await agencyOf(ground, by), by, id })
      return changesOf(pool, record.id)
    },
    import: (by, file, more) => importOfficers(ground, by, file, { ...more, watches }),
    end: (by, id) => act(ground, by, (acting) => endAppointment(ground, options, acting, id)),
  }
}

async function holdersOf(
  { pool, sealer, country }: OfficersGround,
  { agency, duty }: { readonly agency: string; readonly duty: string },
  at: number,
): Promise<readonly DutyHolder[]> {
  const records = await recordsByDuty(pool, sealer, agency, duty)
  const holders = records.flatMap((record) => {
    const appointment = appointmentAt(record, country.roles, at)
    if (!appointment?.duties.includes(duty)) return []
    return [[appointment.account, `${record.givenName} ${record.familyName}`] as const]
  })
  return [...new Map(holders)].map(([account, name]) => ({ account, name }))
}

async function list(
  ground: OfficersGround,
  by: ChangedBy,
  filter: OfficerFilter,
  { after, size = 50 }: { after?: string; size?: number } = {},
): Promise<OfficerPage> {
  const agency = await agencyOf(ground, by)
  const ids = await idsOfAgency(ground.pool, ground, agency, filter)
  const start = after === undefined ? 0 : ids.findIndex((id) => id < after)
  const shown = start < 0 ? [] : ids.slice(start, start + size)
  const officers = await recordsByIds(ground.pool, ground.sealer, shown)
  const last = shown.at(-1)
  const hasMore = last !== undefined && last !== ids.at(-1)
  return { officers, total: ids.length, ...(hasMore ? { after: last } : {}) }
}
