import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createJobs, createLogger, type Jobs, type Pool } from '@sapan/kernel'
import { expect, it } from 'vitest'
import { testDatabase } from '../../../kernel/test/database.ts'
import { replay } from '../../src/case/standing.ts'
import { caseworkMigrations } from '../../src/index.ts'
import { findCase } from '../../src/store/case/cases.ts'
import { readCaseEvents } from '../../src/store/case/events.ts'
import { standingOf } from '../../src/store/case/row.ts'
import { plan } from './office.ts'

const rounds = 30
const script = fileURLToPath(new URL('./fixtures/busy-office.ts', import.meta.url))
const log = createLogger({ name: 'test', destination: { write: () => {} } })

/** What processes said was committed, before they were killed. */
interface Told {
  readonly numbers: Map<string, string>
  readonly versions: Map<string, number>
}

it('two offices that are killed over and over lose no number, no half of a case and no message', async () => {
  const database = await testDatabase({ casework: caseworkMigrations })
  const jobs = await createJobs({ pool: database.pool, log, zone: 'Asia/Bangkok' })
  try {
    const key = randomBytes(32).toString('hex')
    const told: Told = { numbers: new Map(), versions: new Map() }
    for (let round = 0; round < rounds; round++) {
      await Promise.all([1, 2].map(() => runAndKill([database.url, key], told)))
    }
    expect(told.numbers.size).toBeGreaterThan(rounds)
    await expectNumbersWithoutGap(database.pool, told)
    await expectWholeCases(database.pool, told)
    await expectMessages(database.pool, jobs)
    console.log(`killed ${2 * rounds} offices: ${told.numbers.size} cases told`)
  } finally {
    await jobs.stop()
    await database.drop()
  }
})

/** Kills it at some moment of its work, which is another one each time. */
async function runAndKill(args: readonly string[], told: Told): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await listen(child, told)
  await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 1800))
  // One that ended by itself has met a fault.
  expect(child.exitCode).toBeNull()
  child.kill('SIGKILL')
  await once(child, 'close')
}

async function listen({ stdout }: ChildProcess, told: Told): Promise<void> {
  if (stdout === null) throw new Error('the office is mute')
  const lines = createInterface({ input: stdout })
  await new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      const [word, id = '', value = ''] = line.split(' ')
      if (word === 'ready') resolve()
      if (word === 'opened') told.numbers.set(id, value)
      if (word === 'at') told.versions.set(id, Number(value))
    })
  })
}

async function expectNumbersWithoutGap(pool: Pool, { numbers }: Told): Promise<void> {
  const { rows } = await pool.query<{ id: string; number: string; serial: number; last: number }>(
    `select id, number, serial, last from casework.service_case join casework.receipt using (agency, year)
     order by serial`,
  )
  expect(rows.map(({ serial }) => serial)).toEqual(rows.map((_, index) => index + 1))
  expect(rows[0]?.last).toBe(rows.length)
  const kept = new Map(rows.map(({ id, number }) => [id, number]))
  for (const [id, number] of numbers) expect(kept.get(id)).toBe(number)
}

async function expectWholeCases(pool: Pool, { versions }: Told): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('select id from casework.service_case')
  for (const { id } of rows) {
    const row = await findCase(pool, id)
    if (row === undefined) throw new Error('the case is gone')
    const events = await readCaseEvents(pool, id, undefined)
    expect(standingOf(row)).toEqual(replay(plan, { fee: 0, consents: [] }, events))
    expect(row.version).toBeGreaterThanOrEqual(versions.get(id) ?? 1)
  }
}

async function expectMessages(pool: Pool, jobs: Jobs): Promise<void> {
  const lost = await pool.query(
    `select from casework.case_event full join jobs.job
       on job.name = 'case.' || action and (data ->> 'case')::uuid = case_id and (data ->> 'event')::int = version
     where (case_id is null or job.id is null) and (job.name is null or job.name like 'case.%')`,
  )
  expect(lost.rowCount).toBe(0)
  const due = await pool.query<{ id: string }>(
    `select case_id as id from casework.case_event where action = 'complete'`,
  )
  // Some came to their end: kills met every step on the way.
  expect(due.rowCount).toBeGreaterThan(0)
  const heard = new Set<unknown>()
  await jobs.work('case.complete', async (data) => void heard.add(data.case), { atOnce: 4 })
  await expect.poll(() => heard.size, { timeout: 60_000 }).toBe(due.rowCount)
}
