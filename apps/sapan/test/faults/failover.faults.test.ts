import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startAgencies } from '../../../../packages/exchange/test/gateway/agencies.ts'
import { expectProven, startAgencyLoad } from '../../../../packages/exchange/test/gateway/agency-load.ts'
import { databaseProxy } from '../../../../packages/exchange/test/gateway/database-proxy.ts'
import { startPostgres } from '../../src/postgres/index.ts'
import { letIn } from '../postgres/homes.ts'
import { startStandby } from './standby.ts'

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
      const asking = startAgencyLoad(country, 16)
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
      await expectProven(country, asking, [country[whose]])
    } finally {
      await country.stop()
      await standby.stop()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
)
