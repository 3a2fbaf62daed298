import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { carryOut } from '../../src/effects/carry-out.ts'
import { type BoatOffice, boatOffice } from './office.ts'
import { createRegister, registerOver } from './register-over.ts'

const rounds = 30
const script = fileURLToPath(new URL('./killed-carrier.ts', import.meta.url))

let office: BoatOffice

beforeAll(async () => {
  office = await boatOffice()
  await createRegister(office.database.pool)
})

afterAll(() => office[Symbol.asyncDispose]())

/** How a process ends that is killed before its n-th query, or that came to its end before. */
async function carrier(id: string, count: number): Promise<NodeJS.Signals | null> {
  const args = [script, office.database.url, id, String(office.at), String(count)]
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], { stdio: 'inherit' })
  const [, signal] = await once(child, 'exit')
  return signal
}

async function numbersOf(sql: string): Promise<readonly string[]> {
  const { rows } = await office.database.pool.query<{ value: string }>(sql)
  return rows.map(({ value }) => value)
}

it(`a process that is killed anywhere leaves nothing half done and doubles nothing, ${rounds} rounds`, async () => {
  const ground = { ...office.ground, ...registerOver(office.database.pool) }
  let killed = 0
  for (let round = 0; round < rounds; round++) {
    const id = await office.decided('granted', { refund: 100 })
    // From the first query to somewhere behind the last, and once more after each fall.
    const signals = [await carrier(id, round * 2), await carrier(id, round)]
    killed += signals.filter((signal) => signal === 'SIGKILL').length
    if ((await office.cases.byId(ground.pool, id))?.state === 'carrying-out')
      expect(await carryOut(ground, id)).toBe('completed')
    expect((await office.cases.byId(ground.pool, id))?.state).toBe('completed')
    const count = `select count(*)::text as value from`
    expect(await numbersOf(`${count} public.register where key like '${id}:%'`)).toEqual(['2'])
    expect(await numbersOf(`${count} documentbox.document where reference = '${id}'`)).toEqual(['1'])
    expect(await numbersOf(`${count} payments.refund where reference = 'case:${id}:refund'`)).toEqual(['1'])
    expect(await numbersOf(`${count} notices.message where key = 'case:${id}:completed:first'`)).toEqual([
      '1',
    ])
  }
  expect(killed).toBeGreaterThan(rounds / 2)
  const numbers = await numbersOf(`select number as value from services.output order by number`)
  const wanted = Array.from(
    { length: rounds },
    (_, at) => `XX-LICENCE-2569-${String(at + 1).padStart(6, '0')}`,
  )
  expect(numbers).toEqual(wanted)
})
