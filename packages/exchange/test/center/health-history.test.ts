import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { CenterHealthPoint } from '../../src/index.ts'
import { startCenter, type TestCenter, testClock } from './fixture.ts'

const hour = 3_600_000
let home: TestCenter
/** What the center does at the next minute, and at the next hour. */
let rounds: { readonly ms: number; readonly run: () => void }[]

beforeAll(async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')
  home = await startCenter({}, undefined, testClock(Date.now()))
  rounds = timers.mock.calls.map(([run, ms = 0]) => ({ ms, run: run as () => void }))
  timers.mockRestore()
})
afterAll(() => home?.close())

const atTheEndOf = (span: number) => {
  for (const { ms, run } of rounds) if (ms === span) run()
}

async function history(hours = 3): Promise<CenterHealthPoint[]> {
  return (await home.admin('GET', `/v1/health-history?hours=${hours}`)).json.points as CenterHealthPoint[]
}

it('has what was asked of the center, how it ended, and how the directory stood', async () => {
  expect(await history()).toEqual([])
  const { publicApp } = home.center
  for (const url of ['/v1/directory', '/v1/directory', '/v1/nothing']) await publicApp.inject({ url })
  atTheEndOf(60_000)
  await vi.waitFor(async () => expect(await history()).toHaveLength(1))
  const [point] = await history()
  expect(point).toMatchObject({ answered: 2, refused: 1, failed: 0, directoryVersion: expect.any(Number) })
  expect(point?.directoryLeft).toBeGreaterThan(0)
  expect(point?.p99).toBeGreaterThan(0)
})

it('is asked for a week and a day at most', async () => {
  const answer = await home.admin('GET', '/v1/health-history?hours=193')
  expect([answer.status, answer.json.code]).toEqual([422, 'request-invalid'])
})

it('is kept for eight days', async () => {
  home.clock.now += 7 * 24 * hour
  expect(await history(192)).toHaveLength(1)
  home.clock.now += 2 * 24 * hour
  atTheEndOf(hour)
  home.clock.now -= 2 * 24 * hour
  await vi.waitFor(async () => expect(await history(192)).toEqual([]))
})
