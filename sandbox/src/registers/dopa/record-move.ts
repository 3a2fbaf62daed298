import { createHash } from 'node:crypto'
import { type Clock, type Pool, type PoolClient, Problem } from '@sapan/kernel'
import type { Divisions, Subdistrict } from '@sapan/thailand'
import { syntheticHouseId } from '../../population/numbers.ts'
import { sandboxProblems } from '../../problems.ts'
import { type AddressRow, addressOf } from '../address.ts'
import { invalid, isDate, notFound } from '../application.ts'

/** The body of `recordMove`, its shape checked. */
export interface NewMove {
  readonly nationalId: string
  readonly movedOn: string
  readonly to: {
    readonly houseNumber: string
    readonly moo?: number | null
    readonly subdistrictCode: string
  }
}

export interface MoveRegister {
  readonly pool: Pool
  readonly divisions: Divisions
  readonly clock: Clock
}

interface Mover {
  readonly birth_date: string
  readonly death_date: string | null
  readonly house_id: string
  readonly last_move: string | null
  readonly moves: number
}

const MOVER = `select p.birth_date::text, p.death_date::text, p.house_id,
  (select max(m.moved_on)::text from population.move m where m.national_id = p.national_id) as last_move,
  (select count(*)::int from population.move m where m.national_id = p.national_id) as moves
  from population.person p where p.national_id = $1 for update`

function conflict(th: string, en: string): Problem {
  return new Problem(sandboxProblems['register-conflict'], { detail: { th, en } })
}

/** Dates as texts: they compare as they read. */
function refuseImpossible(mover: Mover, move: NewMove, today: string): void {
  if (!isDate(move.movedOn)) throw invalid('วันที่ย้าย', 'movedOn must be a date such as 2026-09-30.')
  if (move.movedOn > today) throw invalid('วันที่ย้าย', 'movedOn must not be in the future.')
  if (mover.death_date !== null) throw conflict('บุคคลนี้ตายแล้ว', 'The person has died.')
  if (move.movedOn < mover.birth_date) throw conflict('วันที่ย้ายอยู่ก่อนวันเกิด', 'The move is before the birth.')
  if (mover.last_move !== null && move.movedOn < mover.last_move)
    throw conflict('มีการย้ายหลังจากวันที่นี้แล้ว', 'There is a later move already.')
}

const SAME_HOUSE = `select house_id, house_number, moo, subdistrict, postal_code from population.house
  where subdistrict = $1 and house_number = $2 and moo is not distinct from $3 order by house_id limit 1`

async function houseAt(client: PoolClient, place: Subdistrict, move: NewMove): Promise<AddressRow> {
  const moo = move.to.moo ?? null
  const { rows } = await client.query<AddressRow>(SAME_HOUSE, [place.code, move.to.houseNumber, moo])
  if (rows[0] !== undefined) return rows[0]
  const serial = await client.query<{ serial: string }>(`select nextval('population.house_serial') as serial`)
  const id = syntheticHouseId(place.district.province.code, Number(serial.rows[0]?.serial))
  const values = [id, move.to.houseNumber, moo, place.code, place.postalCodes[0] ?? '']
  const built = await client.query<AddressRow>(
    'insert into population.house values ($1, $2, $3, $4, $5) returning *',
    values,
  )
  const [house] = built.rows
  if (house === undefined) throw new Error('a house was not stored')
  return house
}

const LEAVE = `update population.person set house_id = $2, relationship =
  case when exists (select 1 from population.person o where o.house_id = $2 and o.death_date is null)
  then 'resident' else 'head' end where national_id = $1`

/** The eldest who stays becomes head where the head has left. */
const SUCCEED = `update population.person set relationship = 'head' where national_id = (
  select national_id from population.person where house_id = $1 and death_date is null
  order by birth_date, national_id limit 1)
  and not exists (select 1 from population.person where house_id = $1 and death_date is null and relationship = 'head')`

async function store(client: PoolClient, { divisions, clock }: MoveRegister, move: NewMove): Promise<string> {
  const { rows } = await client.query<Mover>(MOVER, [move.nationalId])
  const [mover] = rows
  if (mover === undefined) throw notFound()
  const now = new Date(clock())
  // The register's day is Bangkok's, seven hours ahead.
  refuseImpossible(mover, move, new Date(clock() + 7 * 3_600_000).toISOString().slice(0, 10))
  const place = divisions.subdistrict(move.to.subdistrictCode)
  if (place === undefined) throw invalid('รหัสตำบล', 'to.subdistrictCode is no sub-district.')
  const to = await houseAt(client, place, move)
  if (to.house_id === mover.house_id) throw conflict('อยู่ที่อยู่นี้แล้ว', 'The person already lives there.')
  const from = await client.query<AddressRow>('select * from population.house where house_id = $1', [
    mover.house_id,
  ])
  const ordinal = mover.moves + 1
  await client.query('insert into population.move values ($1, $2, $3, $4, $5)', [
    move.nationalId,
    ordinal,
    move.movedOn,
    mover.house_id,
    to.house_id,
  ])
  await client.query(LEAVE, [move.nationalId, to.house_id])
  await client.query(SUCCEED, [mover.house_id])
  return JSON.stringify({
    nationalId: move.nationalId,
    ordinal,
    movedOn: move.movedOn,
    recordedAt: now.toISOString(),
    from: from.rows[0] ? addressOf(divisions, from.rows[0]) : null,
    to: addressOf(divisions, to),
  })
}

const CLAIM = `insert into population.answered (key, request, answer, at) values ($1, $2, '', now())
  on conflict (key) do nothing`

/** The answer that the key's request got before; undefined when the key is new and now belongs to this request. */
async function answeredBefore(client: PoolClient, key: string, request: Buffer): Promise<string | undefined> {
  // Waits for another transaction with the same key.
  const { rowCount } = await client.query(CLAIM, [key, request])
  if (rowCount === 1) return undefined
  const sql = 'select request, answer from population.answered where key = $1'
  const { rows } = await client.query<{ request: Buffer; answer: string }>(sql, [key])
  const [row] = rows
  if (row === undefined || !row.request.equals(request))
    throw new Problem(sandboxProblems['idempotency-key-reused'])
  return row.answer
}

/**
 * Records that a person moves, once for a key however often it is asked. Returns the answer as JSON. Throws
 * `register-not-found`, `register-request-invalid`, `register-conflict` or `idempotency-key-reused`; then nothing
 * is recorded and the key stays free.
 */
export async function recordMove(register: MoveRegister, key: string, move: NewMove): Promise<string> {
  const { nationalId, movedOn, to } = move
  const told = [nationalId, movedOn, to.houseNumber, to.moo ?? null, to.subdistrictCode]
  const request = createHash('sha256').update(JSON.stringify(told)).digest()
  const client = await register.pool.connect()
  let broken = true
  try {
    await client.query('begin')
    const before = await answeredBefore(client, key, request)
    const answer = before ?? (await store(client, register, move))
    if (before === undefined)
      await client.query('update population.answered set answer = $2 where key = $1', [key, answer])
    await client.query('commit')
    broken = false
    return answer
  } catch (error) {
    // Refused by rule: the connection is sound. Otherwise it is closed, which undoes the transaction as well.
    if (error instanceof Problem)
      broken = (await client.query('rollback').catch(() => undefined)) === undefined
    throw error
  } finally {
    client.release(broken)
  }
}
