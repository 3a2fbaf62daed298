import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { AdminClient } from '../../src/clients/admin.ts'
import { startFaultCountry, startSecondProcess } from './country.ts'
import { Load, untilAnswered } from './load.ts'

const rounds = Number(process.env.SAPAN_FAULT_ROUNDS ?? 20)

it(`certificates are renewed ${rounds} times under load, also by two processes on one folder of keys at once: no call is lost`, {
  timeout: 300_000 + rounds * 30_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sapan-renewal-'))
  const country = await startFaultCountry(folder)
  const second = await startSecondProcess(country.rd)
  const [rd, dopa, beside] = await Promise.all([country.rd.admin(), country.dopa.admin(), second.admin()])
  const loads = [new Load(country.rd.edge), new Load(second.edge)]
  const seen = new Set<string>()
  try {
    for (const edge of [country.rd.edge, second.edge]) await untilAnswered(edge)
    for (const load of loads) load.start(3)
    for (let round = 0; round < rounds; round++) {
      const before = loads.map(({ acknowledged }) => acknowledged.length)
      await Promise.all([rd, dopa, beside].map((admin) => renew(admin, seen)))
      for (const [n, load] of loads.entries()) {
        const done = (before[n] ?? 0) + 5
        await expect.poll(() => load.acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(done)
      }
    }
    for (const load of loads) await load.stop()
    const outcomes = loads.map((load) => Object.fromEntries(load.outcomes))
    console.log(JSON.stringify({ rounds, certificates: seen.size, outcomes }))
    for (const load of loads) expect([...load.outcomes.keys()]).toEqual(['200'])
    expect(seen.size).toBeGreaterThan(rounds)
  } finally {
    for (const load of loads) await load.stop()
    await second.gateway.end('SIGTERM')
    await country.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function renew(admin: AdminClient, seen: Set<string>): Promise<void> {
  const answer = await admin.json('POST', '/v1/certificates/renew')
  for (const { fingerprint } of (answer as { certificates: { fingerprint: string }[] }).certificates)
    seen.add(fingerprint)
}
