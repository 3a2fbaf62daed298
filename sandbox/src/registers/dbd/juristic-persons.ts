import type { Pool } from '@sapan/kernel'
import type { Divisions } from '@sapan/thailand'
import type { SigningCondition } from '../../companies/signing.ts'
import { addressOf } from '../address.ts'

interface CompanyRow {
  readonly juristic_id: string
  readonly form: string
  readonly name_th: string
  readonly name_en: string
  readonly trade_th: string
  readonly trade_en: string
  readonly registered_on: string
  readonly status: string
  readonly capital: string
  readonly house_number: string
  readonly moo: number | null
  readonly subdistrict: string
  readonly postal_code: string
}

const COMPANY = {
  name: 'company-juristic-person',
  text: `select juristic_id, form, name_th, name_en, trade_th, trade_en, registered_on::text, status, capital,
    house_number, moo, subdistrict, postal_code from company.juristic_person where juristic_id = $1`,
}

/** What `getJuristicPerson` answers; undefined when nothing has the number. */
export async function findJuristicPerson(pool: Pool, divisions: Divisions, id: string) {
  const { rows } = await pool.query<CompanyRow>({ ...COMPANY, values: [id] })
  const [row] = rows
  if (row === undefined) return undefined
  const { houseId: _, ...address } = addressOf(divisions, { ...row, house_id: '' })
  return {
    juristicId: row.juristic_id,
    form: row.form,
    name: { th: row.name_th, en: row.name_en },
    status: row.status,
    registeredOn: row.registered_on,
    capital: Number(row.capital),
    trade: { th: row.trade_th, en: row.trade_en },
    objectives: objectivesOf(row),
    address,
  }
}

/** The objectives of a registered form (ว.1 to ว.5) as far as the sandbox has them: its trade, and what goes with any. */
function objectivesOf({ trade_th, trade_en }: CompanyRow) {
  return [
    { th: `ประกอบกิจการ${trade_th}`, en: `To carry on business in: ${trade_en}` },
    { th: 'ซื้อ จัดหา รับ เช่า และจัดการทรัพย์สินเพื่อกิจการ', en: 'To buy, rent and manage property for the business' },
    { th: 'กู้ยืมเงินและทำธุรกรรมกับธนาคารเพื่อกิจการ', en: 'To borrow and to deal with banks for the business' },
  ]
}

interface DirectorRow {
  readonly national_id: string | null
  readonly given_th: string
  readonly given_en: string
  readonly family_th: string | null
  readonly family_en: string | null
  readonly appointed_on: string
  readonly signing: string
  readonly signing_th: string
  readonly signing_en: string
}

const DIRECTORS = {
  name: 'company-directors',
  text: `select d.national_id, d.given_th, d.given_en, d.family_th, d.family_en, d.appointed_on::text,
    j.signing, j.signing_th, j.signing_en from company.juristic_person j
    left join company.director d using (juristic_id) where j.juristic_id = $1 order by d.ordinal`,
}

/** Directors by number, as the condition of signing names them. */
function told(condition: SigningCondition) {
  switch (condition.kind) {
    case 'any':
      return { ...condition, directors: [], others: [] }
    case 'together':
      return { ...condition, count: condition.directors.length, others: [] }
    case 'with-one-of': {
      const { kind, director, others, seal } = condition
      return { kind, count: 2, seal, directors: [director], others }
    }
  }
}

/** What `listDirectors` answers; undefined when nothing has the number. */
export async function findDirectors(pool: Pool, id: string) {
  const { rows } = await pool.query<DirectorRow>({ ...DIRECTORS, values: [id] })
  const [first] = rows
  if (first === undefined) return undefined
  const directors = rows
    .filter((row) => row.national_id !== null)
    .map((row) => ({
      nationalId: row.national_id,
      name: {
        th: { given: row.given_th, family: row.family_th },
        en: { given: row.given_en, family: row.family_en },
      },
      appointedOn: row.appointed_on,
    }))
  const condition = told(JSON.parse(first.signing) as SigningCondition)
  return {
    juristicId: id,
    directors,
    signing: { ...condition, text: { th: first.signing_th, en: first.signing_en } },
  }
}

const DIRECTORSHIPS = {
  name: 'company-directorships',
  text: `select j.juristic_id, j.name_th, j.name_en, j.status, d.appointed_on::text from company.director d
    join company.juristic_person j using (juristic_id) where d.national_id = $1 order by d.appointed_on, j.juristic_id`,
}

interface DirectorshipRow extends CompanyRow {
  readonly appointed_on: string
}

/** Which juristic persons someone directs; none is an empty list, whoever the number belongs to. */
export async function findDirectorships(pool: Pool, nationalId: string) {
  const { rows } = await pool.query<DirectorshipRow>({ ...DIRECTORSHIPS, values: [nationalId] })
  const juristicPersons = rows.map((row) => ({
    juristicId: row.juristic_id,
    name: { th: row.name_th, en: row.name_en },
    status: row.status,
    appointedOn: row.appointed_on,
  }))
  return { nationalId, juristicPersons }
}

const SEARCH = {
  name: 'company-search',
  text: `select juristic_id, name_th, name_en, status from company.juristic_person
    where name_th like $1 or lower(name_en) like lower($1) order by name_th, juristic_id limit $2`,
}

/** Juristic persons whose name contains the words. */
export async function searchJuristicPersons(pool: Pool, name: string, limit: number) {
  const pattern = `%${name.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await pool.query<CompanyRow>({ ...SEARCH, values: [pattern, limit + 1] })
  const juristicPersons = rows.slice(0, limit).map((row) => ({
    juristicId: row.juristic_id,
    name: { th: row.name_th, en: row.name_en },
    status: row.status,
  }))
  return { juristicPersons, more: rows.length > limit }
}
