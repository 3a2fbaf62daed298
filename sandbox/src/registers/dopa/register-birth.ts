import type { PoolClient } from '@sapan/kernel'
import type { Divisions, Subdistrict } from '@sapan/thailand'
import { syntheticNationalId } from '../../population/numbers.ts'
import { type AddressRow, addressOf } from '../address.ts'
import { conflict, dayAt, invalid, notFound } from '../application.ts'
import { once } from '../once.ts'
import { enter } from './books.ts'
import { type Parents, parentsOf } from './parents.ts'
import { nameOf } from './people.ts'
import type { MoveRegister } from './record-move.ts'
import { registrarCode, registrarOf } from './registrars.ts'

/** The body of `registerBirth`, its shape checked. */
export interface NewBirth {
  readonly noticeNumber: string
  readonly name: {
    readonly th: { readonly given: string; readonly family: string | null }
    readonly en: { readonly given: string; readonly family: string | null }
  }
  readonly sex: 'male' | 'female'
  readonly birthDate: string
  readonly birthTime: string
  readonly weight?: number | null
  readonly birthSubdistrict: string
  readonly motherId: string
  readonly fatherId: string | null
  readonly houseId: string
  readonly notifiedOn?: string
  readonly reference?: string
}

/** Days within which a birth is to be told (Civil Registration Act B.E. 2534 s. 18). */
const IN_TIME = 15
const DAY = 86_400_000

function isLate(birthDate: string, notifiedOn: string): boolean {
  return Date.parse(notifiedOn) - Date.parse(birthDate) > IN_TIME * DAY
}

function placeOfBirth({ birthSubdistrict }: NewBirth, divisions: Divisions): Subdistrict {
  const place = divisions.subdistrict(birthSubdistrict)
  if (place === undefined) throw invalid('รหัสตำบลที่เกิด', 'birthSubdistrict is no sub-district.')
  return place
}

function refuseImpossible({ birthDate }: NewBirth, notifiedOn: string, today: string): void {
  if (birthDate > today) throw invalid('วันเกิด', 'birthDate must not be in the future.')
  if (notifiedOn > today) throw invalid('วันที่แจ้งเกิด', 'notifiedOn must not be in the future.')
  if (notifiedOn < birthDate) throw invalid('วันที่แจ้งเกิด', 'notifiedOn must not be before birthDate.')
}

/** 1 when told in time, 2 when late, for children of a Thai; 7 for those of others. */
function firstDigit({ anyThai }: Parents, late: boolean): number {
  if (!anyThai) return 7
  return late ? 2 : 1
}

const CHILD = `insert into population.person (national_id, sex, title, given_th, given_en, family_th, family_en,
  birth_date, birth_subdistrict, death_date, marital_status, marriage_date, father, mother, spouse, house_id, relationship)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, 'single', null, $10, $11, null, $12, $13)`
const BIRTH = `insert into population.birth (national_id, certificate_number, notice_number, birth_time, weight,
  house_id, notified_on, late, reference, registered_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (notice_number) do nothing`

async function store(client: PoolClient, { divisions, clock }: MoveRegister, birth: NewBirth) {
  const [now, today] = [new Date(clock()), dayAt(clock())]
  const notifiedOn = birth.notifiedOn ?? today
  refuseImpossible(birth, notifiedOn, today)
  const place = placeOfBirth(birth, divisions)
  const parents = await parentsOf(client, birth)
  const late = isLate(birth.birthDate, notifiedOn)
  const serial = await client.query<{ serial: string }>(`select nextval('population.birth_serial') as serial`)
  const digit = firstDigit(parents, late)
  const id = syntheticNationalId(digit, place.district.province.code, Number(serial.rows[0]?.serial))
  const title = birth.sex === 'male' ? 'master' : 'girl'
  const { th, en } = birth.name
  await client.query(CHILD, [
    ...[id, birth.sex, title, th.given, en.given, th.family, en.family, birth.birthDate, place.code],
    ...[birth.fatherId, birth.motherId, birth.houseId, parents.relationship],
  ])
  const registrar = registrarCode(place.code)
  const entry = { registrar, kind: 'birth', nationalId: id, houseId: birth.houseId } as const
  const certificate = await enter(client, { ...entry, happenedOn: birth.birthDate, now })
  const { rowCount } = await client.query(BIRTH, [
    ...[id, certificate, birth.noticeNumber, birth.birthTime, birth.weight ?? null, birth.houseId],
    ...[notifiedOn, late, birth.reference ?? null, now],
  ])
  if (rowCount === 0)
    throw conflict('หนังสือรับรองการเกิดนี้ใช้แจ้งเกิดแล้ว', 'A birth was registered by this notice already.')
  return (await findBirth(client, divisions, id)) ?? {}
}

interface Row extends AddressRow {
  readonly national_id: string
  readonly title: 'master' | 'girl'
  readonly given_th: string
  readonly given_en: string
  readonly family_th: string | null
  readonly family_en: string | null
  readonly sex: string
  readonly birth_date: string
  readonly birth_subdistrict: string
  readonly father: string | null
  readonly mother: string
  readonly certificate_number: string
  readonly notice_number: string
  readonly birth_time: string
  readonly weight: number | null
  readonly notified_on: string
  readonly late: boolean
  readonly registered_at: Date
}

const FIND = {
  name: 'population-birth',
  text: `select p.national_id, p.title, p.given_th, p.given_en, p.family_th, p.family_en, p.sex, p.birth_date::text,
    p.birth_subdistrict, p.father, p.mother, b.certificate_number, b.notice_number, b.birth_time, b.weight,
    b.notified_on::text, b.late, b.registered_at, h.house_id, h.house_number, h.moo, h.subdistrict, h.postal_code
    from population.birth b join population.person p using (national_id)
    join population.house h on h.house_id = b.house_id where b.national_id = $1`,
}

/** What `getBirth` answers; undefined for who was not registered here as born. */
export async function findBirth(database: Pick<PoolClient, 'query'>, divisions: Divisions, id: string) {
  const { rows } = await database.query<Row>({ ...FIND, values: [id] })
  const [row] = rows
  if (row === undefined) return undefined
  return {
    nationalId: row.national_id,
    certificateNumber: row.certificate_number,
    noticeNumber: row.notice_number,
    name: nameOf(row),
    sex: row.sex,
    birthDate: row.birth_date,
    birthTime: row.birth_time,
    weight: row.weight,
    birthSubdistrict: row.birth_subdistrict,
    motherId: row.mother,
    fatherId: row.father,
    address: addressOf(divisions, row),
    registrar: registrarOf(divisions, registrarCode(row.birth_subdistrict)),
    notifiedOn: row.notified_on,
    late: row.late,
    registeredAt: row.registered_at.toISOString(),
  }
}

/**
 * Registers a birth: the child gets a number, enters a house of a parent's and the book of the registrar of the place of
 * birth. Returns the answer as JSON. Throws `register-not-found`, `register-request-invalid`, `register-conflict`,
 * `idempotency-key-reused`; then nothing is registered and the key stays free.
 */
export function registerBirth(register: MoveRegister, key: string, birth: NewBirth): Promise<string> {
  const change = { pool: register.pool, schema: 'population', key, told: ['birth', birth] }
  return once(change, (client) => {
    if (birth.motherId === birth.fatherId) throw notFound()
    return store(client, register, birth)
  })
}
