import type { PoolClient } from '@sapan/kernel'
import type { Divisions } from '@sapan/thailand'
import { type Address, type AddressRow, addressOf } from '../address.ts'
import { conflict, invalid, isDate, notFound } from '../application.ts'
import { enter } from './books.ts'
import { registrarCode } from './registrars.ts'

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

/** Dates as texts: they compare as they read. */
function refuseImpossible(mover: Mover, movedOn: string, today: string): void {
  if (!isDate(movedOn)) throw invalid('วันที่ย้าย', 'movedOn must be a date such as 2026-09-30.')
  if (movedOn > today) throw invalid('วันที่ย้าย', 'movedOn must not be in the future.')
  if (mover.death_date !== null) throw conflict('บุคคลนี้ตายแล้ว', 'The person has died.')
  if (movedOn < mover.birth_date) throw conflict('วันที่ย้ายอยู่ก่อนวันเกิด', 'The move is before the birth.')
  if (mover.last_move !== null && movedOn < mover.last_move)
    throw conflict('มีการย้ายหลังจากวันที่นี้แล้ว', 'There is a later move already.')
}

const LEAVE = `update population.person set house_id = $2, relationship =
  case when exists (select 1 from population.person o where o.house_id = $2 and o.death_date is null)
  then 'resident' else 'head' end where national_id = $1`

/** The eldest who stays becomes head where the head has left. */
const SUCCEED = `update population.person set relationship = 'head' where national_id = (
  select national_id from population.person where house_id = $1 and death_date is null
  order by birth_date, national_id limit 1)
  and not exists (select 1 from population.person where house_id = $1 and death_date is null and relationship = 'head')`

export interface PersonMove {
  readonly nationalId: string
  readonly movedOn: string
  readonly now: Date
  readonly today: string
}

export interface MovedPerson {
  readonly ordinal: number
  readonly from: Address | null
  /** The four digits of the district that was left. */
  readonly fromRegistrar: string
  readonly moveOutNumber: string
  readonly moveInNumber: string
}

/**
 * Moves somebody into a house that is there, and enters it in the books of both registrars. Throws `register-not-found`,
 * `register-request-invalid`, `register-conflict`.
 */
export async function movePerson(
  client: PoolClient,
  divisions: Divisions,
  to: AddressRow | ((mover: Mover) => Promise<AddressRow>),
  { nationalId, movedOn, now, today }: PersonMove,
): Promise<MovedPerson & { readonly to: AddressRow }> {
  const { rows } = await client.query<Mover>(MOVER, [nationalId])
  const [mover] = rows
  if (mover === undefined) throw notFound()
  refuseImpossible(mover, movedOn, today)
  const house = typeof to === 'function' ? await to(mover) : to
  if (house.house_id === mover.house_id) throw conflict('อยู่ที่อยู่นี้แล้ว', 'The person already lives there.')
  const left = await client.query<AddressRow>('select * from population.house where house_id = $1', [
    mover.house_id,
  ])
  const [from] = left.rows
  const ordinal = mover.moves + 1
  const move = [nationalId, ordinal, movedOn, mover.house_id, house.house_id]
  await client.query('insert into population.move values ($1, $2, $3, $4, $5)', move)
  await client.query(LEAVE, [nationalId, house.house_id])
  await client.query(SUCCEED, [mover.house_id])
  const fromRegistrar = registrarCode(from?.subdistrict ?? '')
  const entry = { nationalId, happenedOn: movedOn, now }
  return {
    ordinal,
    to: house,
    from: from ? addressOf(divisions, from) : null,
    fromRegistrar,
    moveOutNumber: await enter(client, {
      ...entry,
      kind: 'move-out',
      registrar: fromRegistrar,
      houseId: mover.house_id,
    }),
    moveInNumber: await enter(client, {
      ...entry,
      kind: 'move-in',
      registrar: registrarCode(house.subdistrict),
      houseId: house.house_id,
    }),
  }
}
