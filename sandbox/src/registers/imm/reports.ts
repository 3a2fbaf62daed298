import type { Clock, Pool, PoolClient } from '@sapan/kernel'
import type { Divisions } from '@sapan/thailand'
import { conflict, dayAt, invalid, notFound } from '../application.ts'
import { once } from '../once.ts'
import { countsFrom, dueAfter, type ForeignerKey, residenceOf, type StayRow, stayOf } from './stays.ts'

/** The body of `recordReport`, its shape checked. */
export type NewReport = ForeignerKey & ReportMade

interface ReportMade {
  readonly reportedOn: string
  readonly residence: {
    readonly houseNumber: string
    readonly moo?: number | null
    readonly subdistrictCode: string
  }
  readonly reference?: string
}

export interface ReportRegister {
  readonly pool: Pool
  readonly clock: Clock
  readonly divisions: Divisions
}

interface Row {
  readonly number: string
  readonly reported_on: string
  readonly late: boolean
  readonly next_due_on: string
  readonly house_number: string
  readonly moo: number | null
  readonly subdistrict: string
  readonly postal_code: string
}

const COLUMNS =
  'number, reported_on::text, late, next_due_on::text, house_number, moo, subdistrict, postal_code'

function told(divisions: Divisions, { foreigner_number, passport }: StayRow, row: Row) {
  return {
    foreignerNumber: foreigner_number,
    passport,
    number: row.number,
    reportedOn: row.reported_on,
    late: row.late,
    nextDueOn: row.next_due_on,
    residence: residenceOf(divisions, row),
  }
}

/** What `listReports` answers; undefined when nobody has the number. */
export async function listReports({ pool, divisions }: ReportRegister, foreignerNumber: string) {
  const stay = await stayOf(pool, { foreignerNumber })
  if (stay === undefined) return undefined
  const sql = `select ${COLUMNS} from immigration.report where traveller_id = $1 order by ordinal desc`
  const { rows } = await pool.query<Row>(sql, [stay.traveller_id])
  return { foreignerNumber, reports: rows.map((row) => told(divisions, stay, row)) }
}

function refuseImpossible(stay: StayRow, { reportedOn }: NewReport, today: string): void {
  if (reportedOn > today) throw invalid('วันที่รายงานตัว', 'reportedOn must not be in the future.')
  if (stay.stay_until < reportedOn) throw conflict('การอนุญาตให้อยู่สิ้นสุดแล้ว', 'The permission to stay has ended.')
  if (reportedOn < dueAfter(countsFrom(stay)).from)
    throw conflict('ยังไม่ถึงเวลารายงานตัว', 'It is too early for the next report.')
}

const NEXT = `insert into immigration.report_serial (year, last) values ($1, 1)
  on conflict (year) do update set last = immigration.report_serial.last + 1 returning last`
const STORE = `insert into immigration.report (number, traveller_id, ordinal, reported_on, late, next_due_on, house_number,
  moo, subdistrict, postal_code, reference, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  returning ${COLUMNS}`

async function store(client: PoolClient, { clock, divisions }: ReportRegister, report: NewReport) {
  const { reportedOn, residence, reference } = report
  const stay = await stayOf(client, report, true)
  if (stay === undefined) throw notFound()
  refuseImpossible(stay, report, dayAt(clock()))
  const place = divisions.subdistrict(residence.subdistrictCode)
  if (place === undefined) throw invalid('รหัสตำบล', 'residence/subdistrictCode is no sub-district.')
  const now = new Date(clock())
  const year = now.getUTCFullYear() + 543
  const serial = await client.query<{ last: number }>(NEXT, [year])
  const number = `TM47-${year}-${String(serial.rows[0]?.last ?? 0).padStart(6, '0')}`
  const late = reportedOn > dueAfter(countsFrom(stay)).until
  const { rows } = await client.query<Row>(STORE, [
    ...[number, stay.traveller_id, stay.reports + 1, reportedOn, late, dueAfter(reportedOn).on],
    ...[residence.houseNumber, residence.moo ?? null, place.code, place.postalCodes[0] ?? ''],
    ...[reference ?? null, now],
  ])
  const [row] = rows
  if (row === undefined) throw new Error('a report was not stored')
  return told(divisions, stay, row)
}

/**
 * Records a 90-day report. Returns the answer as JSON. Throws `register-not-found`, `register-conflict` where it is too
 * early or the permission has ended, `register-request-invalid`, `idempotency-key-reused`.
 */
export function recordReport(register: ReportRegister, key: string, report: NewReport): Promise<string> {
  const change = { pool: register.pool, schema: 'immigration', key, told: ['report', report] }
  return once(change, (client) => store(client, register, report))
}
