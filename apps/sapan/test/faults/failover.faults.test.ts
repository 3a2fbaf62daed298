import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Country, startAgencies } from '../../../../packages/exchange/test/gateway/agencies.ts'
import { databaseProxy } from '../../../../packages/exchange/test/gateway/database-proxy.ts'
import { somebody } from '../../../../packages/exchange/test/gateway/register.ts'
import { startPostgres } from '../../src/postgres/index.ts'
import { letIn } from '../postgres/homes.ts'
import { startStandby } from './standby.ts'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Asks and changes until told to stop; the exchanges that were answered, and how often with which status. */
function load(country: Country, callers: number) {
  const acknowledged: string[] = []
  const changed: string[] = []
  const statuses = new Map<number, number>()
  let isOver = false
  const caller = async (n: number) => {
    while (!isOver) {
      const init = n % 2 === 0 ? {} : { method: 'PUT', body: '{}' }
      const answer = await country.ask(`/persons/${somebody}`, init)
      await answer.arrayBuffer()
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      const exchange = answer.headers.get('sapan-exchange') ?? ''
      if (answer.status === 200) acknowledged.push(exchange)
      if (answer.status === 200 && n % 2 === 1) changed.push(exchange)
      if (answer.status !== 200) await pause(20)
    }
  }
  const all = Promise.all(Array.from({ length: callers }, (_, n) => caller(n)))
  return {
    acknowledged,
    changed,
    statuses,
    stop: async () => {
      isOver = true
      await all
    },
  }
}

/** The exchanges whose change the register was asked for, as often as it was. */
function changesAt({ register }: Country): string[] {
  return register.asked
    .filter(({ method }) => method === 'PUT')
    .map(({ headers }) => String(headers['sapan-exchange']))
}

/** What the failover left one-sided is settled, until nothing is. */
async function reconciled({ operator }: Country['rd']): Promise<void> {
  await expect
    .poll(async () => (await operator('POST', '/v1/reconcile')).settled, { timeout: 60_000, interval: 1_000 })
    .toEqual([])
}

async function audit({ admin, adminToken, member }: Country['rd']): Promise<unknown> {
  const answer = await fetch(`${admin}/v1/audit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ member }),
  })
  return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '{}').report
}

it.each(['rd', 'dopa'] as const)(
  'the database of %s dies in the middle of commits and its standby takes over: what was answered is proven, the log goes on',
  async (whose) => {
    const folder = await mkdtemp(join(tmpdir(), 'sapan-failover-'))
    await letIn(folder)
    const postgres = await startPostgres({ directory: join(folder, 'first') })
    const proxy = databaseProxy()
    const url = await postgres.ensureDatabase('gateway')
    const country = await startAgencies({
      [whose]: { throughDatabase: () => proxy.through(url), settings: { timeouts: { database: 2 } } },
    })
    const standby = await startStandby(join(folder, 'first'), postgres.url('postgres'), folder)
    try {
      const asking = load(country, 16)
      await expect.poll(() => asking.acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(200)
      process.kill(postgres.pid, 'SIGKILL')
      await proxy.cut()
      await postgres.stop()
      const before = asking.acknowledged.length
      await standby.promote()
      proxy.moveTo(standby.url('gateway'))
      await proxy.restore()
      await expect.poll(() => asking.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(before + 200)
      await asking.stop()
      console.log(JSON.stringify({ whose, statuses: Object.fromEntries(asking.statuses) }))
      for (const status of asking.statuses.keys()) expect([200, 503]).toContain(status)
      for (const exchange of asking.acknowledged) {
        for (const agency of [country.rd, country.dopa]) {
          const { records } = await agency.operator('GET', `/v1/evidence/${exchange}`)
          expect((records as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual([
            'answer',
            'request',
          ])
        }
      }
      const carriedOut = changesAt(country)
      expect(new Set(carriedOut).size).toBe(carriedOut.length)
      for (const exchange of asking.changed) expect(carriedOut).toContain(exchange)
      // A missing answer is looked into a minute after its request.
      await pause(61_000)
      for (const agency of [country.dopa, country.rd]) await reconciled(agency)
      expect(await audit(country[whose])).toMatchObject({ sound: true, findings: [] })
    } finally {
      await country.stop()
      await standby.stop()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
)
