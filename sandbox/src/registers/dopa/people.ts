import type { Pool } from '@sapan/kernel'
import type { Divisions } from '@sapan/thailand'
import type { Title } from '../../population/population.ts'
import { type Address, type AddressRow, addressOf } from '../address.ts'

const TITLES: Readonly<Record<Title, { th: string; en: string }>> = {
  master: { th: 'เด็กชาย', en: 'Master' },
  girl: { th: 'เด็กหญิง', en: 'Miss' },
  mr: { th: 'นาย', en: 'Mr' },
  miss: { th: 'นางสาว', en: 'Miss' },
  mrs: { th: 'นาง', en: 'Mrs' },
}

export interface NameRow {
  readonly title: Title
  readonly given_th: string
  readonly given_en: string
  readonly family_th: string | null
  readonly family_en: string | null
}

interface NamePart {
  readonly title: string
  readonly given: string
  readonly family: string | null
}

export interface PersonName {
  readonly th: NamePart
  readonly en: NamePart
}

export function nameOf(row: NameRow): PersonName {
  const title = TITLES[row.title]
  return {
    th: { title: title.th, given: row.given_th, family: row.family_th },
    en: { title: title.en, given: row.given_en, family: row.family_en },
  }
}

interface PersonRow extends NameRow, AddressRow {
  readonly national_id: string
  readonly sex: 'male' | 'female'
  readonly birth_date: string
  readonly death_date: string | null
  readonly marital_status: string
  readonly marriage_date: string | null
  readonly father: string | null
  readonly mother: string | null
  readonly spouse: string | null
  readonly relationship: string
}

const NAME = 'p.national_id, p.title, p.given_th, p.given_en, p.family_th, p.family_en'
const PERSON = {
  name: 'population-person',
  text: `select ${NAME}, p.sex, p.birth_date::text, p.death_date::text, p.marital_status,
    p.marriage_date::text, p.father, p.mother, p.spouse, h.house_id, h.house_number, h.moo, h.subdistrict, h.postal_code
    from population.person p join population.house h using (house_id) where p.national_id = $1`,
}

/** What `getPerson` answers; undefined when nobody has the number. */
export async function findPerson(pool: Pool, divisions: Divisions, id: string) {
  const { rows } = await pool.query<PersonRow>({ ...PERSON, values: [id] })
  const [row] = rows
  if (row === undefined) return undefined
  return {
    nationalId: row.national_id,
    name: nameOf(row),
    sex: row.sex,
    birthDate: row.birth_date,
    status: row.death_date === null ? 'living' : 'dead',
    deathDate: row.death_date,
    maritalStatus: row.marital_status,
    marriageDate: row.marriage_date,
    fatherId: row.father,
    motherId: row.mother,
    spouseId: row.spouse,
    address: addressOf(divisions, row),
  }
}

export interface PeopleQuery {
  readonly familyName: string
  readonly givenName?: string | undefined
  readonly birthDate?: string | undefined
  readonly limit: number
}

function searchSql(language: 'th' | 'en') {
  const column = (name: string): string => (language === 'th' ? `p.${name}_th` : `lower(p.${name}_en)`)
  const value = (parameter: string): string => (language === 'th' ? parameter : `lower(${parameter})`)
  return {
    name: `population-search-${language}`,
    text: `select ${NAME}, p.birth_date::text, p.death_date::text from population.person p
      where ${column('family')} = ${value('$1')} and ($2::text is null or ${column('given')} = ${value('$2')})
      and ($3::date is null or p.birth_date = $3) order by ${column('given')}, p.national_id limit $4`,
  }
}

const SEARCH = { th: searchSql('th'), en: searchSql('en') }

/** People of a family name, whole words; both names in the same script. */
export async function searchPeople(pool: Pool, query: PeopleQuery) {
  const language = /[\u0E00-\u0E7F]/.test(query.familyName) ? 'th' : 'en'
  const values = [query.familyName, query.givenName ?? null, query.birthDate ?? null, query.limit + 1]
  const { rows } = await pool.query<PersonRow>({ ...SEARCH[language], values })
  const persons = rows.slice(0, query.limit).map((row) => ({
    nationalId: row.national_id,
    name: nameOf(row),
    birthDate: row.birth_date,
    status: row.death_date === null ? 'living' : 'dead',
  }))
  return { persons, more: rows.length > query.limit }
}

const HOUSEHOLD = {
  name: 'population-household',
  text: `select ${NAME}, p.birth_date::text, p.relationship,
    h.house_id, h.house_number, h.moo, h.subdistrict, h.postal_code
    from population.person asked join population.house h using (house_id)
    left join population.person p on p.house_id = h.house_id and p.death_date is null
    where asked.national_id = $1 order by p.relationship <> 'head', p.birth_date, p.national_id`,
}

/** Without a person where nobody lives in the house any more. */
type HouseholdRow = Omit<PersonRow, 'national_id'> & { readonly national_id: string | null }

/** The house of a person and the living who are registered there; undefined when nobody has the number. */
export async function findHousehold(pool: Pool, divisions: Divisions, id: string) {
  const { rows } = await pool.query<HouseholdRow>({ ...HOUSEHOLD, values: [id] })
  const [first] = rows
  if (first === undefined) return undefined
  const members = rows
    .filter((row) => row.national_id !== null)
    .map((row) => ({
      nationalId: row.national_id,
      name: nameOf(row),
      birthDate: row.birth_date,
      relationship: row.relationship,
    }))
  return { address: addressOf(divisions, first), members }
}

interface MoveRow {
  readonly moved_on: string
  readonly from_house: AddressRow
  readonly to_house: AddressRow
}

const MOVES = {
  name: 'population-moves',
  text: `select m.moved_on::text, to_jsonb(f) as from_house, to_jsonb(t) as to_house from population.move m
    join population.house f on f.house_id = m.from_house join population.house t on t.house_id = m.to_house
    where m.national_id = $1 order by m.ordinal desc`,
}

const EXISTS = {
  name: 'population-exists',
  text: 'select 1 from population.person where national_id = $1',
}

export interface ToldMove {
  readonly movedOn: string
  readonly from: Address
  readonly to: Address
}

/** A person's moves, the latest first; undefined when nobody has the number. */
export async function findMoves(pool: Pool, divisions: Divisions, id: string) {
  const { rows } = await pool.query<MoveRow>({ ...MOVES, values: [id] })
  if (rows.length === 0 && (await pool.query({ ...EXISTS, values: [id] })).rowCount === 0) return undefined
  const moves = rows.map(
    (row): ToldMove => ({
      movedOn: row.moved_on,
      from: addressOf(divisions, row.from_house),
      to: addressOf(divisions, row.to_house),
    }),
  )
  return { nationalId: id, moves }
}
