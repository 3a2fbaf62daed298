import type { Clock, Pool, PoolClient } from '@sapan/kernel'
import type { Divisions, Subdistrict } from '@sapan/thailand'
import { syntheticHouseId } from '../../population/numbers.ts'
import { type AddressRow, addressOf } from '../address.ts'
import { dayAt, invalid } from '../application.ts'
import { once } from '../once.ts'
import { movePerson } from './move-person.ts'

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

async function store(client: PoolClient, { divisions, clock }: MoveRegister, move: NewMove) {
  const { nationalId, movedOn } = move
  const now = new Date(clock())
  const newHouse = async () => {
    const place = divisions.subdistrict(move.to.subdistrictCode)
    if (place === undefined) throw invalid('รหัสตำบล', 'to.subdistrictCode is no sub-district.')
    return await houseAt(client, place, move)
  }
  const person = { nationalId, movedOn, now, today: dayAt(clock()) }
  const { ordinal, from, to } = await movePerson(client, divisions, newHouse, person)
  return {
    nationalId,
    ordinal,
    movedOn,
    recordedAt: now.toISOString(),
    from,
    to: addressOf(divisions, to),
  }
}

/**
 * Records that a person moves, once for a key however often it is asked. Returns the answer as JSON. Throws
 * `register-not-found`, `register-request-invalid`, `register-conflict` or `idempotency-key-reused`; then nothing
 * is recorded and the key stays free.
 */
export function recordMove(register: MoveRegister, key: string, move: NewMove): Promise<string> {
  const { nationalId, movedOn, to } = move
  const told = [nationalId, movedOn, to.houseNumber, to.moo ?? null, to.subdistrictCode]
  const change = { pool: register.pool, schema: 'population', key, told }
  return once(change, (client) => store(client, register, move))
}
