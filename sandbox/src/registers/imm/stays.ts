import type { PoolClient } from '@sapan/kernel'
import type { Divisions } from '@sapan/thailand'
import { addressOf } from '../address.ts'

const DAY = 86_400_000

/** Days after an entry or a report in which the next one is due, and how long before and after it is in time. */
const EVERY = 90
const BEFORE = 15
const AFTER = 7

/** `2026-09-30` and so many days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)
}

/** When a foreigner must report next (Immigration Act B.E. 2522 s. 37(5)). */
export interface Due {
  readonly on: string
  readonly from: string
  readonly until: string
}

/** From the last entry or report, as a date. */
export function dueAfter(last: string): Due {
  const on = addDays(last, EVERY)
  return { on, from: addDays(on, -BEFORE), until: addDays(on, AFTER) }
}

/** A traveller with their latest report. */
export interface StayRow {
  readonly traveller_id: number
  readonly family: string
  readonly given: string | null
  readonly nationality: string
  readonly stay_kind: string
  readonly stay_until: string
  readonly entered_on: string
  readonly foreigner_number: string | null
  readonly passport: string
  readonly expires_on: string
  readonly reported_on: string | null
  readonly reports: number
  readonly house_number: string | null
  readonly moo: number | null
  readonly subdistrict: string | null
  readonly postal_code: string | null
}

const STAY = `select t.traveller_id, t.family, t.given, t.nationality, t.stay_kind, t.stay_until::text,
  t.entered_on::text, t.foreigner_number, p.passport, p.expires_on::text, r.reported_on::text,
  coalesce(r.ordinal, 0) as reports, r.house_number, r.moo, r.subdistrict, r.postal_code
  from immigration.traveller t
  join lateral (select passport, expires_on from immigration.passport
    where traveller_id = t.traveller_id order by expires_on desc limit 1) p on true
  left join lateral (select * from immigration.report
    where traveller_id = t.traveller_id order by ordinal desc limit 1) r on true`

/** By what a foreigner is found: their number, or for who has none, a passport of theirs, as `GBR:123456789`. */
export type ForeignerKey = { readonly foreignerNumber: string } | { readonly passport: string }

const BY_NUMBER = `${STAY} where t.foreigner_number = $1`
const BY_PASSPORT = `${STAY}
  where t.traveller_id = (select traveller_id from immigration.passport where passport = $1)`

/** The stay of a foreigner; undefined when nobody is found. `lock`: until the transaction ends. */
export async function stayOf(
  database: Pick<PoolClient, 'query'>,
  by: ForeignerKey,
  lock = false,
): Promise<StayRow | undefined> {
  const [sql, value] = 'passport' in by ? [BY_PASSPORT, by.passport] : [BY_NUMBER, by.foreignerNumber]
  const { rows } = await database.query<StayRow>(lock ? `${sql} for update of t` : sql, [value])
  return rows[0]
}

/** What somebody told of where they live; null where it was not told yet. */
export function residenceOf(
  divisions: Divisions,
  row: Pick<StayRow, 'house_number' | 'moo' | 'subdistrict' | 'postal_code'>,
) {
  const { house_number, moo, subdistrict, postal_code } = row
  if (house_number === null || subdistrict === null) return null
  const place = { house_id: '', house_number, moo, subdistrict, postal_code: postal_code ?? '' }
  const { houseId: _, ...address } = addressOf(divisions, place)
  return address
}

/** The day from which the ninety days count: the last report, or an entry after it. */
export function countsFrom({ entered_on, reported_on }: StayRow): string {
  return reported_on !== null && reported_on > entered_on ? reported_on : entered_on
}

/** What `getStay` and `getStayByPassport` answer; undefined when nobody is found. `today` is a date. */
export async function findStay(
  database: Pick<PoolClient, 'query'>,
  divisions: Divisions,
  by: ForeignerKey,
  today: string,
) {
  const row = await stayOf(database, by)
  if (row === undefined) return undefined
  const due = dueAfter(countsFrom(row))
  return {
    foreignerNumber: row.foreigner_number,
    name: { given: row.given, family: row.family },
    nationality: row.nationality,
    passport: row.passport,
    passportExpiry: row.expires_on,
    permittedStay: { kind: row.stay_kind, until: row.stay_until },
    enteredOn: row.entered_on,
    overstayed: row.stay_until < today,
    lastReportOn: row.reported_on,
    dueOn: due.on,
    reportableFrom: due.from,
    reportableUntil: due.until,
    late: today > due.until,
    residence: residenceOf(divisions, row),
  }
}
