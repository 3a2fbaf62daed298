import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeIdentity } from '../../src/backup/sealing.ts'
import { ask } from '../postgres/homes.ts'
import { type FaultCountry, startFaultCountry } from './country.ts'
import { Load } from './load.ts'
import { sapan } from './sapan-process.ts'

const rounds = Number(process.env.SAPAN_FAULT_ROUNDS ?? 12)

let country: FaultCountry
let load: Load
let folder: string
let recipient: string
const inFolder = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-backups-'))
  const key = await makeIdentity()
  recipient = key.recipient
  await writeFile(inFolder('key'), key.identity)
  country = await startFaultCountry(tmpdir())
  load = new Load(country.rd.edge)
  load.start(8)
}, 180_000)
afterAll(async () => {
  await load?.stop()
  await country?.stop()
  await rm(folder, { recursive: true, force: true })
})

const backup = (file: string, killAfter?: number) =>
  sapan(['backup', '--home', country.rd.home, '-o', inFolder(file), '--recipient', recipient], { killAfter })
const verify = (file: string) => sapan(['backup', 'verify', inFolder(file), '--identity', inFolder('key')])
const moreAcknowledged = async (count: number) => {
  const enough = load.acknowledged.length + count
  await expect.poll(() => load.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(enough)
}

it(`leaves no half backup through ${rounds} kills under load, and nobody waits for one`, async () => {
  await moreAcknowledged(200)
  let killed = 0
  for (let round = 0; round < rounds; round++) {
    const file = `killed-${round}.age`
    const { code } = await backup(file, 300 + Math.random() * 2_000)
    if (code === null) killed++
    if (existsSync(inFolder(file))) expect(await verify(file)).toMatchObject({ code: 0 })
    await moreAcknowledged(5)
  }
  expect(killed).toBeGreaterThan(0)
})

it(`restores all that was acknowledged before, and nothing of what was killed, through ${rounds} kills`, async () => {
  const before = [...load.acknowledged]
  expect(await backup('whole.age')).toMatchObject({ code: 0 })
  await moreAcknowledged(50)
  const target = await country.rd.postgres.ensureDatabase('restored')
  const home = inFolder('home')
  const restore = (killAfter?: number) =>
    sapan(['restore', inFolder('whole.age'), '--home', home, '--identity', inFolder('key')], {
      databaseUrl: target,
      killAfter,
    })
  let killed = 0
  let done = false
  for (let round = 0; round < rounds && !done; round++) {
    const { code } = await restore(300 + Math.random() * 1_500)
    if (code === null) killed++
    done = code === 0
    if (done) break
    expect(existsSync(home)).toBe(false)
    // The server ends the transaction of a process that is gone.
    const tables = async () =>
      (await ask(target, `select 1 from pg_namespace where nspname in ('evidence', 'gateway')`)).length
    await expect.poll(tables, { timeout: 20_000 }).toBe(0)
  }
  if (!done) expect(await restore()).toMatchObject({ code: 0 })
  console.log(JSON.stringify({ killed, acknowledged: before.length }))
  expect(await readFile(join(home, 'gateway.yaml'), 'utf8')).toContain(country.rd.member)
  const kept = await ask(
    target,
    `select distinct exchange::text as exchange from evidence.record where kind = 'answer'`,
  )
  const there = new Set((kept as { exchange: string }[]).map(({ exchange }) => exchange))
  expect(before.filter(({ exchange }) => !there.has(exchange))).toEqual([])
  expect(await ask(target, 'select member from evidence.restored')).toEqual([{ member: country.rd.member }])
})
