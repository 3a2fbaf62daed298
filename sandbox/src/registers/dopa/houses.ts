import type { Pool } from '@sapan/kernel'
import type { Divisions } from '@sapan/thailand'
import { type AddressRow, addressOf } from '../address.ts'
import { type NameRow, nameOf } from './people.ts'
import { registrarCode, registrarOf } from './registrars.ts'

/** Where a house is, as somebody writes it. */
export interface HousePlace {
  readonly subdistrictCode: string
  readonly houseNumber: string
  readonly moo?: number | null | undefined
}

/** Where two houses have one address, those in which somebody lives come first. */
const AT = {
  name: 'population-houses-at',
  text: `select house_id, house_number, moo, subdistrict, postal_code from population.house h
    where subdistrict = $1 and house_number = $2 and ($3::int is null or moo = $3)
    order by not exists (select 1 from population.person p where p.house_id = h.house_id and p.death_date is null),
    moo, house_id limit 100`,
}

/** An address with its registrar, without anybody who lives there. */
export function placeOf(divisions: Divisions, row: AddressRow) {
  const registrar = registrarOf(divisions, registrarCode(row.subdistrict))
  return { address: addressOf(divisions, row), registrar }
}

async function housesAt(pool: Pool, { subdistrictCode, houseNumber, moo }: HousePlace) {
  const { rows } = await pool.query<AddressRow>({
    ...AT,
    values: [subdistrictCode, houseNumber, moo ?? null],
  })
  return rows
}

/** What `findHouses` answers. */
export async function findPlaces(pool: Pool, divisions: Divisions, place: HousePlace) {
  const rows = await housesAt(pool, place)
  return { houses: rows.map((row) => placeOf(divisions, row)) }
}

const HOUSE = {
  name: 'population-house',
  text: 'select house_id, house_number, moo, subdistrict, postal_code from population.house where house_id = $1',
}

async function houseRow(pool: Pool, houseId: string): Promise<AddressRow | undefined> {
  const { rows } = await pool.query<AddressRow>({ ...HOUSE, values: [houseId] })
  return rows[0]
}

/** What `getHouseAddress` answers; undefined when there is no such house. */
export async function findPlace(pool: Pool, divisions: Divisions, houseId: string) {
  const row = await houseRow(pool, houseId)
  return row && placeOf(divisions, row)
}

interface Resident extends NameRow {
  readonly national_id: string
  readonly sex: string
  readonly birth_date: string
  readonly relationship: string
  readonly since: string | null
  readonly father_th: string | null
  readonly father_en: string | null
  readonly mother_th: string | null
  readonly mother_en: string | null
}

const RESIDENTS = {
  name: 'population-residents',
  text: `select p.national_id, p.title, p.given_th, p.given_en, p.family_th, p.family_en, p.sex, p.birth_date::text,
    p.relationship, (select max(m.moved_on)::text from population.move m where m.national_id = p.national_id) as since,
    f.given_th as father_th, f.given_en as father_en, o.given_th as mother_th, o.given_en as mother_en
    from population.person p left join population.person f on f.national_id = p.father
    left join population.person o on o.national_id = p.mother
    where p.house_id = $1 and p.death_date is null order by p.relationship <> 'head', p.birth_date, p.national_id`,
}

/** ท.ร.13 where everybody in it is in the country for a time, or without status; ท.ร.14 otherwise. */
function kindOf(residents: readonly Resident[]): 'TR14' | 'TR13' {
  const strangers = residents.every(({ national_id }) => /^[067]/.test(national_id))
  return residents.length > 0 && strangers ? 'TR13' : 'TR14'
}

async function houseOf(pool: Pool, divisions: Divisions, row: AddressRow) {
  const { rows: residents } = await pool.query<Resident>({ ...RESIDENTS, values: [row.house_id] })
  const head = residents.find(({ relationship }) => relationship === 'head')
  const house = {
    ...placeOf(divisions, row),
    kind: kindOf(residents),
    master: head ? { nationalId: head.national_id, name: nameOf(head) } : null,
    residents: residents.length,
  }
  return { house, residents }
}

/** What `getHouse` answers; undefined when there is no such house. */
export async function findHouse(pool: Pool, divisions: Divisions, houseId: string) {
  const row = await houseRow(pool, houseId)
  return row && (await houseOf(pool, divisions, row)).house
}

/** What `findHouse` answers: with masters. */
export async function findHousesAt(pool: Pool, divisions: Divisions, place: HousePlace) {
  const rows = await housesAt(pool, place)
  const houses = []
  for (const row of rows) houses.push((await houseOf(pool, divisions, row)).house)
  return { houses }
}

const OF_PERSON = {
  name: 'population-house-of',
  text: `select h.house_id, h.house_number, h.moo, h.subdistrict, h.postal_code, p.relationship,
    (select max(m.moved_on)::text from population.move m where m.national_id = p.national_id) as since
    from population.person p join population.house h using (house_id) where p.national_id = $1`,
}

interface HouseOfRow extends AddressRow {
  readonly relationship: string
  readonly since: string | null
}

/** What `getHouseOf` answers; undefined when nobody has the number. */
export async function findHouseOf(pool: Pool, divisions: Divisions, nationalId: string) {
  const { rows } = await pool.query<HouseOfRow>({ ...OF_PERSON, values: [nationalId] })
  const [row] = rows
  if (row === undefined) return undefined
  const { house } = await houseOf(pool, divisions, row)
  return { nationalId, ...house, relationship: row.relationship, since: row.since }
}

const parent = (th: string | null, en: string | null) => (th === null ? null : { th, en: en ?? '' })

/** What `getHouseRegistration` answers; undefined when nobody has the number. */
export async function findRegistration(pool: Pool, divisions: Divisions, nationalId: string, now: Date) {
  const { rows } = await pool.query<HouseOfRow>({ ...OF_PERSON, values: [nationalId] })
  const [row] = rows
  if (row === undefined) return undefined
  const { house, residents } = await houseOf(pool, divisions, row)
  const members = residents.map((one) => ({
    nationalId: one.national_id,
    name: nameOf(one),
    sex: one.sex,
    birthDate: one.birth_date,
    nationality: /^[1-5]/.test(one.national_id) ? 'THA' : null,
    relationship: one.relationship,
    since: one.since,
    father: parent(one.father_th, one.father_en),
    mother: parent(one.mother_th, one.mother_en),
  }))
  const { address, registrar, kind } = house
  return { address, registrar, kind, asOf: now.toISOString(), members }
}
