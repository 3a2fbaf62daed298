import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FaultAgency, type FaultCountry, startFaultCountry } from './country.ts'
import { Load } from './load.ts'
import { type Ended, sapan } from './sapan-process.ts'

const rounds = Number(process.env.SAPAN_FAULT_ROUNDS ?? 8)
const exchanges = 3_000

let country: FaultCountry
let folder: string
let member: string
let load: Load

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-moves-'))
  country = await startFaultCountry(tmpdir())
  member = await country.host('ALPHA')
  load = new Load(country.rd.edge, `${member}/main/person-v1`)
}, 180_000)
afterAll(async () => {
  await load?.stop()
  await country?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Types a command again and again, while the gateway that carries it out is killed at a random moment each time; then to its end. */
async function through(
  { gateway }: FaultAgency,
  argv: readonly string[],
  isDone: (ended: Ended) => boolean,
): Promise<Ended> {
  const whole = 2_500
  for (let n = 0; n < rounds; n++) {
    const typed = sapan(argv)
    await pause(Math.random() * whole)
    await gateway.end('SIGKILL')
    await gateway.start()
    const ended = await typed
    if (isDone(ended)) return ended
  }
  const ended = await sapan(argv)
  expect(ended).toSatisfy(isDone)
  return ended
}

it('a member whose gateways are killed while it moves takes its whole log along, and is called at the new place', async () => {
  load.start(8)
  await expect.poll(() => load.acknowledged.length, { timeout: 120_000 }).toBeGreaterThan(exchanges)
  const own = await country.joinForMove('ALPHA')
  const key = (await sapan(['member', 'moving-key', '--home', own.home])).said.split('\n')[0] ?? ''
  expect(key).toMatch(/^sapan-moving\./)
  const file = join(folder, 'alpha.sapan-member')
  const out = [
    'member',
    'move-out',
    member,
    '--home',
    country.dopa.home,
    '--gateway',
    'DOPA',
    '--key',
    key,
    '--file',
    file,
  ]
  // Where it was killed behind the last step, the member is not there any more.
  await through(country.dopa, out, ({ code, said }) => code === 0 || said.includes('member-unknown'))
  const into = ['member', 'move-in', member, '--home', own.home, '--file', file]
  await through(own, into, ({ code, said }) => code === 0 || said.includes('member-has-moved-in'))
  const before = load.acknowledged.length
  await expect.poll(() => load.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(before + 200)
  await load.stop()
  const [rd, at] = [await country.rd.admin(), await own.admin()]
  for (const { exchange } of load.acknowledged) {
    for (const admin of [rd, at]) {
      const { records } = (await admin.json('GET', `/v1/evidence/${exchange}`)) as {
        records: { kind: string }[]
      }
      expect(records.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['request', 'answer']))
    }
  }
  for (const home of [own.home, country.rd.home, country.dopa.home]) {
    expect(await sapan(['audit', '--home', home])).toMatchObject({ code: 0 })
  }
})
