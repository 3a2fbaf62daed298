import type { PoolClient } from '@sapan/kernel'
import type { Divisions } from '@sapan/thailand'
import { addressOf } from '../address.ts'
import { conflict, dayAt, invalid, notFound } from '../application.ts'
import { once } from '../once.ts'
import type { FilingRegister } from './filings.ts'

/** A place of business, as somebody tells it. */
interface NewPlace {
  readonly name: string
  readonly address: {
    readonly houseNumber: string
    readonly moo?: number | null
    readonly subdistrictCode: string
  }
}

/** The body of `recordVatRegistration`, its shape checked. */
export interface NewVatRegistration {
  readonly taxpayerId: string
  readonly registeredFrom: string
  readonly voluntary: boolean
  /** The head office first. */
  readonly places: readonly NewPlace[]
  readonly reference?: string
}

export interface VatRegister extends FilingRegister {
  readonly divisions: Divisions
}

interface PlaceRow {
  readonly branch: string
  readonly certificate: string
  readonly name: string
  readonly house_number: string
  readonly moo: number | null
  readonly subdistrict: string
  readonly postal_code: string
}

const SINCE = {
  name: 'tax-vat-since',
  text: 'select vat_since::text from tax.taxpayer where taxpayer_id = $1',
}
const PLACES = {
  name: 'tax-places-of-business',
  text: `select branch, certificate, name, house_number, moo, subdistrict, postal_code from tax.place_of_business
    where taxpayer_id = $1 order by branch`,
}

/** What `getVatRegistration` answers; undefined for who is no taxpayer. Old registrations have no places here. */
export async function findVatRegistration(
  database: Pick<PoolClient, 'query'>,
  divisions: Divisions,
  taxpayerId: string,
) {
  const { rows } = await database.query<{ vat_since: string | null }>({ ...SINCE, values: [taxpayerId] })
  const [taxpayer] = rows
  if (taxpayer === undefined) return undefined
  const places = await database.query<PlaceRow>({ ...PLACES, values: [taxpayerId] })
  return {
    taxpayerId,
    registered: taxpayer.vat_since !== null,
    registeredFrom: taxpayer.vat_since,
    certificates: places.rows.map((row) => {
      const { houseId: _, ...address } = addressOf(divisions, { ...row, house_id: '' })
      return { number: row.certificate, branch: row.branch, name: row.name, address }
    }),
  }
}

const TAXPAYER = 'select status, vat_since::text from tax.taxpayer where taxpayer_id = $1 for update'
const REGISTER = 'update tax.taxpayer set vat_since = $2 where taxpayer_id = $1'
const NEXT = `insert into tax.certificate_serial (year, last) values ($1, 1)
  on conflict (year) do update set last = tax.certificate_serial.last + 1 returning last`
const PLACE = `insert into tax.place_of_business (taxpayer_id, branch, certificate, name, house_number, moo, subdistrict,
  postal_code) values ($1, $2, $3, $4, $5, $6, $7, $8)`

async function storePlaces(
  client: PoolClient,
  { divisions, clock }: VatRegister,
  { taxpayerId, places }: NewVatRegistration,
): Promise<void> {
  const year = new Date(clock()).getUTCFullYear() + 543
  for (const [index, { name, address }] of places.entries()) {
    const subdistrict = divisions.subdistrict(address.subdistrictCode)
    if (subdistrict === undefined)
      throw invalid('รหัสตำบล', `places/${index}/address/subdistrictCode is no sub-district.`)
    const { rows } = await client.query<{ last: number }>(NEXT, [year])
    const certificate = `PP20-${year}-${String(rows[0]?.last ?? 0).padStart(6, '0')}`
    const branch = String(index).padStart(5, '0')
    await client.query(PLACE, [
      ...[taxpayerId, branch, certificate, name, address.houseNumber, address.moo ?? null],
      ...[subdistrict.code, subdistrict.postalCodes[0] ?? ''],
    ])
  }
}

async function store(client: PoolClient, register: VatRegister, registration: NewVatRegistration) {
  const { taxpayerId, registeredFrom } = registration
  const { rows } = await client.query<{ status: string; vat_since: string | null }>(TAXPAYER, [taxpayerId])
  const [taxpayer] = rows
  if (taxpayer === undefined) throw notFound()
  if (taxpayer.status !== 'active') throw conflict('ผู้เสียภาษีปิดแล้ว', 'The taxpayer’s entry is closed.')
  if (taxpayer.vat_since !== null)
    throw conflict('จดทะเบียนภาษีมูลค่าเพิ่มไว้แล้ว', 'The taxpayer is registered for VAT already.')
  const yearAhead = dayAt(register.clock() + 366 * 86_400_000)
  if (registeredFrom > yearAhead)
    throw invalid('วันที่จดทะเบียน', 'registeredFrom must not be more than a year ahead.')
  await client.query(REGISTER, [taxpayerId, registeredFrom])
  await storePlaces(client, register, registration)
  return (await findVatRegistration(client, register.divisions, taxpayerId)) ?? {}
}

/**
 * Registers a taxpayer for VAT, with a certificate (ภ.พ.20) of each place of business. Returns the answer as JSON. Throws
 * `register-not-found`, `register-conflict`, `register-request-invalid`, `idempotency-key-reused`.
 */
export function recordVatRegistration(
  register: VatRegister,
  key: string,
  registration: NewVatRegistration,
): Promise<string> {
  const change = { pool: register.pool, schema: 'tax', key, told: ['vat', registration] }
  return once(change, (client) => store(client, register, registration))
}
