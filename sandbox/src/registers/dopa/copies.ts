import type { Clock, Pool } from '@sapan/kernel'
import { conflict, notFound } from '../application.ts'
import { once } from '../once.ts'

/** The body of `recordCopy`, its shape checked. */
export interface NewCopy {
  readonly nationalId: string
  readonly houseId: string
  readonly reference?: string
}

interface Row {
  readonly number: string
  readonly house_id: string
  readonly recorded_at: Date
}

const told = (row: Row) => ({
  number: row.number,
  houseId: row.house_id,
  recordedAt: row.recorded_at.toISOString(),
})

const NEXT = `insert into population.book_serial (registrar, kind, year, last) values ('0000', 'copy', $1, 1)
  on conflict (registrar, kind, year) do update set last = population.book_serial.last + 1 returning last`
const STORE = `insert into population.house_copy (number, national_id, house_id, reference, recorded_at)
  values ($1, $2, $3, $4, $5) returning number, house_id, recorded_at`

/**
 * Records that somebody got a copy of the registration of the house in which they are. Returns the answer as JSON. Throws
 * `register-not-found`, `register-conflict` where the person is in another house now, `idempotency-key-reused`.
 */
export function recordCopy(pool: Pool, clock: Clock, key: string, copy: NewCopy): Promise<string> {
  return once({ pool, schema: 'population', key, told: ['copy', copy] }, async (client) => {
    const { nationalId, houseId, reference } = copy
    const sql = 'select house_id from population.person where national_id = $1 for share'
    const { rows } = await client.query<{ house_id: string }>(sql, [nationalId])
    const [person] = rows
    if (person === undefined) throw notFound()
    if (person.house_id !== houseId)
      throw conflict('บุคคลนี้ไม่มีชื่อในทะเบียนบ้านหลังนี้แล้ว', 'The person is not registered in this house now.')
    const now = new Date(clock())
    const year = now.getUTCFullYear() + 543
    const serial = await client.query<{ last: number }>(NEXT, [year])
    const number = `TR14/${year}/${String(serial.rows[0]?.last ?? 0).padStart(6, '0')}`
    const stored = await client.query<Row>(STORE, [number, nationalId, houseId, reference ?? null, now])
    const [row] = stored.rows
    if (row === undefined) throw new Error('a copy was not stored')
    return told(row)
  })
}

const OF = {
  name: 'population-copies-of',
  text: `select number, house_id, recorded_at from population.house_copy where national_id = $1
    order by recorded_at desc, number desc limit 100`,
}

/** What `listCopies` answers. */
export async function listCopies(pool: Pool, nationalId: string) {
  const { rows } = await pool.query<Row>({ ...OF, values: [nationalId] })
  return { nationalId, copies: rows.map(told) }
}
