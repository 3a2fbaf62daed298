import type { PoolClient } from '@sapan/kernel'
import { type AddressRow, addressOf } from '../address.ts'
import { conflict, dayAt, notFound } from '../application.ts'
import { once } from '../once.ts'
import { movePerson } from './move-person.ts'
import type { MoveRegister } from './record-move.ts'
import { registrarCode, registrarOf } from './registrars.ts'

/** The body of `recordMoves`, its shape checked. */
export interface NewMoves {
  readonly nationalIds: readonly string[]
  readonly houseId: string
  readonly movedOn: string
  readonly masterId?: string | null
  readonly reference?: string
}

const HOUSE = `select house_id, house_number, moo, subdistrict, postal_code from population.house
  where house_id = $1 for update`
const MASTER = `select national_id from population.person
  where house_id = $1 and relationship = 'head' and death_date is null`

/** Who consented must be who is the master now: consents of a former one count for nothing. */
async function refuseOtherMaster(client: PoolClient, { houseId, masterId }: NewMoves): Promise<void> {
  const { rows } = await client.query<{ national_id: string }>(MASTER, [houseId])
  const master = rows[0]?.national_id
  if (master !== undefined && master !== masterId)
    throw conflict(
      'เจ้าบ้านของบ้านปลายทางไม่ใช่ผู้ที่ระบุว่ายินยอม',
      'The master of the new house is not the one who is said to consent.',
    )
}

async function store(client: PoolClient, { divisions, clock }: MoveRegister, moves: NewMoves) {
  const { rows } = await client.query<AddressRow>(HOUSE, [moves.houseId])
  const [to] = rows
  if (to === undefined) throw notFound()
  await refuseOtherMaster(client, moves)
  const [now, today] = [new Date(clock()), dayAt(clock())]
  const persons = []
  // In one order wherever two requests move the same people, so that neither waits for the other for ever.
  for (const nationalId of [...moves.nationalIds].sort()) {
    const one = { nationalId, movedOn: moves.movedOn, now, today }
    const { from, fromRegistrar, moveOutNumber, moveInNumber } = await movePerson(client, divisions, to, one)
    persons.push({
      nationalId,
      from,
      fromRegistrar: registrarOf(divisions, fromRegistrar),
      moveOutNumber,
      moveInNumber,
    })
  }
  return {
    movedOn: moves.movedOn,
    recordedAt: now.toISOString(),
    to: addressOf(divisions, to),
    registrar: registrarOf(divisions, registrarCode(to.subdistrict)),
    persons,
  }
}

/**
 * Records that one or more people move into a house, out of the old registrar's book and into the new one's, all of them
 * or nobody. Returns the answer as JSON. Throws `register-not-found`, `register-request-invalid`, `register-conflict`,
 * `idempotency-key-reused`; then nothing is recorded and the key stays free.
 */
export function recordMoves(register: MoveRegister, key: string, moves: NewMoves): Promise<string> {
  const change = { pool: register.pool, schema: 'population', key, told: ['moves', moves] }
  return once(change, (client) => store(client, register, moves))
}
