import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { checkAlerts } from '../../src/alerts/check.ts'
import { alertLetter } from '../../src/alerts/letter.ts'
import { saveAlert } from '../../src/alerts/store.ts'
import { close } from '../gateway/closing.ts'
import { startCenter, type TestCenter, testClock } from './fixture.ts'

const subject = { center: 'TH' }
const came: Record<string, unknown>[] = []
let answering = 204
let receiver: Server
let home: TestCenter
/** What the centers do at their next minute. */
let minutes: (() => void)[]

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    came.push(JSON.parse(body))
    response.writeHead(answering).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const webhook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`
  const timers = vi.spyOn(globalThis, 'setTimeout')
  home = await startCenter({ alerts: { webhook } }, undefined, testClock(Date.now()))
  await (await home.standby()).start()
  minutes = timers.mock.calls.filter(([, ms]) => ms === 60_000).map(([run]) => run as () => void)
  timers.mockRestore()
})
afterAll(async () => {
  await home?.close()
  await close(receiver)
})

it('sends a test to whom the center tells, and says who took it', async () => {
  const test = async () => (await home.admin('POST', '/v1/alerts/test')).json
  expect(await test()).toEqual({
    taken: true,
    channels: [{ channel: 'webhook', taken: true, reason: null }],
  })
  expect(came.splice(0)).toMatchObject([{ event: 'test', center: 'TH' }])
  answering = 500
  expect(await test()).toMatchObject({ taken: false, channels: [{ reason: 'it answered 500' }] })
  answering = 204
  came.length = 0
})

it('of two centers over one database one tells what is wrong, each minute', async () => {
  // Each looks at itself, and keeps its numbers.
  expect(minutes.length).toBe(4)
  // Long enough that the directory should have been signed anew.
  home.clock.now += 500_000
  for (const minute of minutes) minute()
  await vi.waitFor(() => expect(came.map(({ code }) => code)).toContain('directory'))
  await home.center.stop()
  const codes = came.map(({ code }) => code)
  expect(new Set(codes).size).toBe(codes.length)
  expect(came.find(({ code }) => code === 'directory')).toMatchObject({
    ...{ event: 'began', center: 'TH', outcome: 'warning' },
    checks: [{ next: { en: expect.any(String) } }],
  })
})

it('a channel that takes nothing is a check, which names the command that tries it', async () => {
  const told = { told: null, toldAt: null, attempts: 3, nextAt: 0 }
  const alert = { code: 'issuer', outcome: 'warning' as const, checks: [], since: 0, seenAt: 0 }
  await saveAlert(home.pool, subject, { ...alert, channels: { webhook: told } })
  const standby = await home.standby()
  await standby.start()
  const answer = await standby.adminApp.inject({
    url: '/v1/checks',
    headers: { authorization: `Bearer ${standby.adminToken}` },
  })
  expect(answer.json().checks).toContainEqual(
    expect.objectContaining({
      ...{ code: 'alerts', outcome: 'warning' },
      next: { th: 'sapan alert test --center', en: 'sapan alert test --center' },
    }),
  )
  expect(checkAlerts([], subject)).toMatchObject({ outcome: 'good' })
})

it('a letter says that it is of the center', () => {
  const letter = alertLetter({ event: 'test', ...subject, at: '2026-11-23T08:00:00.000Z' }, 'th')
  expect(letter.subject).toBe('ทดสอบการแจ้งเตือน: TH')
  expect(letter.text).toContain('ศูนย์กลาง: TH')
})
