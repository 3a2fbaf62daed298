import { type Clock, type Pool, type PoolClient, Problem } from '@sapan/kernel'
import { sandboxProblems } from '../../problems.ts'
import { notFound } from '../application.ts'
import { foreignerNumber } from './foreigner-number.ts'

/** The body of `checkPassport` and `issueForeignerNumber`, its shape checked. */
export interface PassportQuestion {
  /** `GBR:123456789` */
  readonly passport: string
  readonly birthDate: string
  readonly expiry: string
}

interface Row {
  readonly traveller_id: number
  readonly family: string
  readonly given: string | null
  readonly sex: string
  readonly nationality: string
  readonly birth_date: string
  readonly stay_kind: string
  readonly stay_until: string
  readonly foreigner_number: string | null
  readonly numbered_at: Date | null
}

const COLUMNS = `t.traveller_id, t.family, t.given, t.sex, t.nationality, t.birth_date, t.stay_kind,
  t.stay_until::text, t.foreigner_number, t.numbered_at`
const BY_PASSPORT = `select ${COLUMNS} from immigration.passport p join immigration.traveller t using (traveller_id)
  where p.passport = $1 and t.birth_date = $2 and p.expires_on = $3`

function told(row: Row) {
  return {
    foreignerNumber: row.foreigner_number,
    name: { given: row.given, family: row.family },
    sex: row.sex,
    birthDate: row.birth_date,
    nationality: row.nationality,
    permittedStay: { kind: row.stay_kind, until: row.stay_until },
  }
}

/** Whether passport, birth date and expiry belong to one traveller; never says which of them does not. */
export async function checkPassport(pool: Pool, { passport, birthDate, expiry }: PassportQuestion) {
  const { rows } = await pool.query<Row>(BY_PASSPORT, [passport, birthDate, expiry])
  return rows[0] === undefined ? { match: false } : { match: true, ...told(rows[0]) }
}

/** The foreigner of a number; undefined when nobody has it. */
export async function findForeigner(pool: Pool, number: string) {
  const sql = `select ${COLUMNS} from immigration.traveller t where t.foreigner_number = $1`
  const { rows } = await pool.query<Row>(sql, [number])
  return rows[0] && told(rows[0])
}

const NEXT_SERIAL = 'update immigration.number_serial set last = last + 1 returning last'
const NUMBERED = `update immigration.traveller set foreigner_number = $2, numbered_at = $3 where traveller_id = $1`

async function issue(client: PoolClient, question: PassportQuestion, now: Date) {
  const { passport, birthDate, expiry } = question
  // Another request for the same traveller waits here.
  const { rows } = await client.query<Row>(`${BY_PASSPORT} for update of t`, [passport, birthDate, expiry])
  const [row] = rows
  if (row === undefined) throw notFound()
  if (row.foreigner_number !== null)
    return { foreignerNumber: row.foreigner_number, issuedAt: row.numbered_at?.toISOString() }
  if (expiry < now.toISOString().slice(0, 10)) throw expired()
  const serial = await client.query<{ last: number }>(NEXT_SERIAL)
  const number = foreignerNumber(serial.rows[0]?.last ?? 0)
  await client.query(NUMBERED, [row.traveller_id, number, now])
  return { foreignerNumber: number, issuedAt: now.toISOString() }
}

function expired(): Problem {
  const detail = { th: 'หนังสือเดินทางหมดอายุแล้ว', en: 'The passport has expired.' }
  return new Problem(sandboxProblems['register-conflict'], { detail })
}

/**
 * Gives a traveller a number, once: asked again, with whatever passport, it is the same. Throws `register-not-found`, or
 * `register-conflict` for a passport that has expired.
 */
export async function issueForeignerNumber(pool: Pool, clock: Clock, question: PassportQuestion) {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query('begin')
    const answer = await issue(client, question, new Date(clock()))
    await client.query('commit')
    broken = false
    return answer
  } catch (error) {
    if (error instanceof Problem)
      broken = (await client.query('rollback').catch(() => undefined)) === undefined
    throw error
  } finally {
    client.release(broken)
  }
}
