import type { Clock, Pool, PoolClient } from '@sapan/kernel'
import { conflict, dayAt, notFound } from '../application.ts'
import { once } from '../once.ts'
import { HOSPITAL_NAME } from './newborns.ts'

/** The body of `useNotice`, its shape checked. */
export interface NoticeUse {
  readonly motherId: string
  readonly reference?: string
}

interface Row {
  readonly number: string
  readonly birth_date: string
  readonly birth_time: string
  readonly birth_subdistrict: string
  readonly sex: string
  readonly weight: number
  readonly birth_order: number
  readonly mother: string
  readonly mother_th: string
  readonly mother_en: string
  readonly father: string | null
  readonly father_th: string | null
  readonly father_en: string | null
  readonly issued_on: string
  readonly used_on: string | null
}

const COLUMNS = `number, birth_date::text, birth_time, birth_subdistrict, sex, weight, birth_order, mother, mother_th,
  mother_en, father, father_th, father_en, issued_on::text, used_on::text`

const told = (row: Row) => ({
  number: row.number,
  hospital: HOSPITAL_NAME,
  birthDate: row.birth_date,
  birthTime: row.birth_time,
  birthSubdistrict: row.birth_subdistrict,
  sex: row.sex,
  weight: row.weight,
  birthOrder: row.birth_order,
  motherId: row.mother,
  motherName: { th: row.mother_th, en: row.mother_en },
  fatherId: row.father,
  fatherName: row.father_th === null ? null : { th: row.father_th, en: row.father_en ?? '' },
  issuedOn: row.issued_on,
  usedOn: row.used_on,
})

const OF = {
  name: 'birth-notices-of',
  text: `select ${COLUMNS} from birth.notice where mother = $1 or father = $1 order by birth_date desc, number`,
}
const ONE = { name: 'birth-notice', text: `select ${COLUMNS} from birth.notice where number = $1` }

/** What `listNoticesOf` answers: of a mother's or a father's children. */
export async function listNoticesOf(pool: Pool, nationalId: string) {
  const { rows } = await pool.query<Row>({ ...OF, values: [nationalId] })
  return { nationalId, notices: rows.map(told) }
}

/** What `getNotice` answers; undefined where the hospital has no such notice. */
export async function findNotice(database: Pick<PoolClient, 'query'>, number: string) {
  const { rows } = await database.query<Row>({ ...ONE, values: [number] })
  return rows[0] && told(rows[0])
}

const LOCKED = `select mother, used_on::text from birth.notice where number = $1 for update`
const USE = 'update birth.notice set used_on = $2, used_for = $3 where number = $1'

/**
 * Records that a birth was registered by a notice. Returns the answer as JSON. Throws `register-not-found`,
 * `register-conflict` where it was used already or names another mother, `idempotency-key-reused`.
 */
export function useNotice(
  { pool, clock }: { readonly pool: Pool; readonly clock: Clock },
  key: string,
  number: string,
  use: NoticeUse,
): Promise<string> {
  return once({ pool, schema: 'birth', key, told: ['use', number, use] }, async (client) => {
    const { rows } = await client.query<{ mother: string; used_on: string | null }>(LOCKED, [number])
    const [notice] = rows
    if (notice === undefined) throw notFound()
    if (notice.mother !== use.motherId)
      throw conflict('มารดาไม่ตรงกับหนังสือรับรองการเกิด', 'The notice names another mother.')
    if (notice.used_on !== null) throw conflict('หนังสือรับรองการเกิดนี้ใช้ไปแล้ว', 'The notice was used already.')
    await client.query(USE, [number, dayAt(clock()), use.reference ?? null])
    return (await findNotice(client, number)) ?? {}
  })
}
