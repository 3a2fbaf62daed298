import { createLogger } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quantile } from '../../src/durations.ts'
import { historyOf } from '../../src/gateway/health/history.ts'
import { HealthMinutes } from '../../src/gateway/health/minutes.ts'
import { GatewayMetrics } from '../../src/gateway/metrics.ts'
import { listMinutes } from '../../src/gateway/store/minutes.ts'
import type { DirectoryClient } from '../../src/index.ts'
import { gatewayDatabase } from '../databases.ts'

let database: Awaited<ReturnType<typeof gatewayDatabase>>
let now = Date.UTC(2026, 10, 23, 8)
const log = createLogger({ name: 'test', level: 'silent' })
const directory = { standing: () => ({ issuedAt: now - 45_000 }) } as unknown as DirectoryClient

beforeAll(async () => {
  database = await gatewayDatabase()
})
afterAll(() => database?.drop())

const process = () => {
  const metrics = new GatewayMetrics()
  metrics.gauge('sapan_messages_queued', 'x', () => 3)
  metrics.gauge('sapan_messages_dead', 'x', () => 1)
  const ground = { pool: database.pool, clock: () => now, metrics, directory, log }
  const exchange = (outcome: string, seconds: number) =>
    metrics.observe('provider', { member: 'TH/GOV/A', service: 's', operation: 'o', outcome, seconds })
  return { minutes: new HealthMinutes(ground), exchange }
}

describe('each minute is kept', () => {
  it('with what was counted in it, by outcome, of every process', async () => {
    const [one, other] = [process(), process()]
    for (const outcome of ['200', '404', 'no-grant', 'center-unreachable', '503', '201'])
      one.exchange(outcome, 0.02)
    other.exchange('200', 2)
    await Promise.all([one.minutes.keep(), other.minutes.keep()])
    one.exchange('200', 0.004)
    now += 60_000
    await one.minutes.keep()
    const kept = await listMinutes(database.pool, now - 3_600_000)
    expect(kept.map(({ succeeded, refused, failed }) => [succeeded, refused, failed]).sort()).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [2, 2, 2],
    ])
    expect(kept.at(-1)).toMatchObject({ queued: 3, dead: 1, directoryAge: 45, at: now })
    expect(kept.at(-1)?.durations.slice(0, 3)).toEqual([1, 0, 0])
  })

  it('for eight days', async () => {
    now += 8 * 86_400_000 + 3_600_000
    await process().minutes.forget()
    expect(await listMinutes(database.pool, 0)).toEqual([])
  })
})

describe('of minutes points are made', () => {
  const minute = (at: number, succeeded: number, durations: number[]) => ({
    at,
    succeeded,
    refused: 0,
    failed: 0,
    durations,
    queued: succeeded,
    dead: 0,
    directoryAge: 10,
  })

  it('which sum what was counted, and leave out when nobody counted', () => {
    const minutes = [minute(5, 1, [1]), minute(7, 2, [2]), minute(95, 4, [4])]
    const points = historyOf(minutes, { since: 0, until: 100, points: 10 })
    expect(points.map(({ at, succeeded, queued }) => [Date.parse(at), succeeded, queued])).toEqual([
      [10, 3, 2],
      [100, 4, 4],
    ])
  })

  it('with the times below which half and almost all exchanges stayed', () => {
    expect(quantile([0, 0, 100], 0.5)).toBe(17.5)
    expect(quantile([50, 0, 0, 50], 0.99)).toBe(49.5)
    expect(quantile([0, 0], 0.5)).toBeNull()
    expect(quantile([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7], 0.99)).toBe(10_000)
  })
})
