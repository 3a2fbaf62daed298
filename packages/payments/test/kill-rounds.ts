import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createSandboxBank, payBill, readBill } from '@sapan/sandbox'
import { expect } from 'vitest'
import { bankPath } from '../src/index.ts'
import { billers, rd, type Town, town } from './town.ts'

/** Payments of a round, all told of at once while the process that takes them is killed. */
const perRound = 12

/**
 * Kills the portal in the middle of the bank's messages, again and again; the bank goes on telling. In the end every
 * payment is paid once, each has let its case go on once, and the day differs from the bank's in nothing.
 */
export async function killRounds(rounds: number): Promise<{ answered: number; killed: number }> {
  await using here = await town()
  const told: string[] = []
  await here.jobs.work('payments.paid', async ({ payment }) => void told.push(String(payment)))
  const paid: string[] = []
  let origin = ''
  let heard = () => {}
  const bank = await createSandboxBank({
    pool: here.money.pool,
    origin: here.bankOrigin,
    portal: here.origin,
    payees: [...billers].map(([member, biller]) => ({ biller, name: { th: member, en: member } })),
    clock: () => here.at,
    post: async (body, signature) => {
      const headers = { 'content-type': 'application/json', 'bank-signature': signature }
      const { status } = await fetch(origin + bankPath, { method: 'POST', body: Buffer.from(body), headers })
      heard()
      return status
    },
  })
  const result = { answered: 0, killed: 0 }
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < perRound; i++) paid.push(await payOne(here))
    const door = await openDoor(here)
    origin = door.origin
    const gone = once(door.process, 'exit')
    // After some answers: the others are somewhere on their way.
    let left = randomInt(1, perRound)
    heard = () => {
      if (--left === 0) door.process.kill('SIGKILL')
    }
    const answered = await bank.tellDue()
    door.process.kill('SIGKILL')
    await gone
    result.answered += answered
    result.killed++
    // The bank's pauses between its attempts.
    here.at += 3_600_000 / rounds
  }
  await finish(here)
  await expect.poll(() => told.length, { timeout: 60_000 }).toBe(paid.length)
  expect(new Set(told)).toEqual(new Set(paid))
  const { rows } = await here.database.pool.query(
    `select state, count(*)::int as count, sum(paid)::int as paid from payments.payment group by state`,
  )
  expect(rows).toEqual([{ state: 'paid', count: paid.length, paid: paid.length * 10_000 }])
  expect(await here.payments.reconcile(rd, '2026-11-23')).toEqual([])
  return result
}

async function payOne(here: Town): Promise<string> {
  const { id, payload } = await here.request()
  const bill = readBill(payload)
  if (bill?.amount === undefined) throw new Error('not a bill')
  await payBill({ pool: here.money.pool, clock: () => here.at }, { ...bill, amount: bill.amount }, 'now')
  return id
}

/** What nobody answered, the bank tells once more to one that lives. */
async function finish(here: Town): Promise<void> {
  await expect
    .poll(
      async () => {
        here.at += 60_000
        await here.bank.tellDue()
        const { rows } = await here.money.pool.query(
          `select count(*)::int as left from money.message where state <> 'told'`,
        )
        return rows[0]?.left
      },
      { timeout: 120_000 },
    )
    .toBe(0)
}

async function openDoor(here: Town): Promise<{ process: ChildProcess; origin: string }> {
  const script = fileURLToPath(new URL('./killed-door.ts', import.meta.url))
  const keys = JSON.stringify(await here.bank.keys())
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', script, here.database.url, keys, String(here.at)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = await once(child.stdout ?? child, 'data')
  return { process: child, origin: String(line).trim() }
}
