import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger } from '@sapan/kernel'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Alerts } from '../../src/alerts/alerts.ts'
import type { AlertChannel } from '../../src/alerts/channel.ts'
import { checkAlerts } from '../../src/alerts/check.ts'
import { emailChannels, type OperatorLetter } from '../../src/alerts/email.ts'
import { listAlerts } from '../../src/alerts/store.ts'
import { alertWebhook } from '../../src/alerts/webhook.ts'
import { bad, type Check, good, warning } from '../../src/gateway/checks/check.ts'
import { GatewaySettings } from '../../src/gateway/settings.ts'
import { gatewayDatabase } from '../databases.ts'
import { close } from './closing.ts'

interface Came {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const minute = 60_000
const day = 86_400_000
const secret = Buffer.alloc(32, 7)
const log = createLogger({ name: 'test', level: 'silent' })
const subject = { gateway: 'TH/GOV/RD/gateway-1' }
const text = (en: string) => ({ th: en, en })

let database: Awaited<ReturnType<typeof gatewayDatabase>>
let receiver: Server
let answering = 204
const came: Came[] = []
let now = Date.UTC(2026, 10, 23, 8)
let checks: Check[] = []
let hook: ReturnType<typeof alertWebhook>

beforeAll(async () => {
  database = await gatewayDatabase()
  receiver = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    came.push({ headers: request.headers, body })
    response.writeHead(answering, { location: '/elsewhere' }).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const { port } = receiver.address() as AddressInfo
  hook = alertWebhook(`http://127.0.0.1:${port}/alerts`, secret, () => now)
})
afterAll(async () => {
  await hook?.close()
  await close(receiver)
  await database?.drop()
})
beforeEach(async () => {
  answering = 204
  checks = []
  came.length = 0
  await database.pool.query('delete from gateway.alert')
})

/** A process of the gateway. */
const make = (channels: readonly AlertChannel[] = [hook]) =>
  new Alerts({
    ...{ subject, pool: database.pool, clock: () => now, log, channels },
    look: async () => checks,
  })

async function look(alerts: Alerts, minutes = 1): Promise<string[]> {
  now += minutes * minute
  came.length = 0
  await alerts.look()
  return came.map(({ body }) => `${JSON.parse(body).event} ${JSON.parse(body).code}`)
}

const dead = warning('dead-letters', text('1 dead letter waits'), text('sapan message list --state dead'))

it('what is wrong is told when it begins, once, and when it has ended', async () => {
  const alerts = make()
  expect(await look(alerts)).toEqual([])
  checks = [dead, good('clock', text('right'))]
  expect(await look(alerts)).toEqual(['began dead-letters'])
  expect(JSON.parse(came[0]?.body ?? '')).toEqual({
    ...{ event: 'began', gateway: 'TH/GOV/RD/gateway-1', code: 'dead-letters', outcome: 'warning' },
    ...{ since: new Date(now).toISOString(), at: new Date(now).toISOString() },
    checks: [{ text: dead.text, next: dead.next }],
  })
  const { since } = JSON.parse(came[0]?.body ?? '')
  for (const _ of [1, 2, 3]) expect(await look(alerts)).toEqual([])
  checks = []
  expect(await look(alerts, 9)).toEqual([])
  expect(await look(alerts)).toEqual(['ended dead-letters'])
  expect(JSON.parse(came[0]?.body ?? '')).toMatchObject({ outcome: 'good', since })
  expect(await look(alerts)).toEqual([])
})

it('what comes and goes is told of once', async () => {
  const alerts = make()
  const told: string[] = []
  for (let round = 0; round < 20; round += 1) {
    checks = round % 2 === 0 ? [dead] : []
    told.push(...(await look(alerts)))
  }
  expect(told).toEqual(['began dead-letters'])
})

it('what gets worse is told, and after each day a reminder; several of one code together', async () => {
  const alerts = make()
  const log = (member: string) => warning('log', text(`log of ${member}`), text('see'))
  checks = [log('A'), log('B')]
  expect(await look(alerts)).toEqual(['began log'])
  expect(JSON.parse(came[0]?.body ?? '').checks.length).toBe(2)
  checks = [bad('log', text('log of A stopped'), text('recover'))]
  expect(await look(alerts)).toEqual(['worsened log'])
  expect(await look(alerts, day / minute - 1)).toEqual([])
  expect(await look(alerts)).toEqual(['reminder log'])
  expect(await look(alerts)).toEqual([])
})

it('one that is not taken is tried again at longer and longer intervals, also after a restart; redirects are not followed', async () => {
  checks = [dead]
  answering = 307
  expect(await look(make())).toEqual(['began dead-letters'])
  const tried: number[] = []
  for (let minutes = 1; minutes <= 16; minutes += 1) if ((await look(make())).length > 0) tried.push(minutes)
  expect(tried).toEqual([1, 3, 7, 15])
  answering = 200
  expect(await look(make(), 20)).toEqual(['began dead-letters'])
  expect(await look(make())).toEqual([])
})

it('what was over before anybody could be told is forgotten', async () => {
  checks = [dead]
  answering = 500
  await look(make())
  checks = []
  answering = 200
  expect(await look(make(), 10)).toEqual([])
  expect((await database.pool.query('select from gateway.alert')).rowCount).toBe(0)
})

it('of several processes one tells, and another when that one is gone', async () => {
  const processes = [make(), make(), make()]
  checks = [dead]
  now += minute
  await Promise.all(processes.map((one) => one.look()))
  expect(came.length).toBe(1)
  checks = [{ ...dead, outcome: 'bad' }]
  expect(await look(processes[2] as Alerts)).toEqual(['worsened dead-letters'])
})

it('that the database is down is told without it', async () => {
  const alerts = make()
  checks = [bad('database', text('down'), text('start it'))]
  expect(await look(alerts)).toEqual(['began database'])
  expect(await look(alerts)).toEqual([])
  checks = []
  expect(await look(alerts)).toEqual(['ended database'])
  expect(await look(alerts)).toEqual([])
})

it('is signed as Standard Webhooks are', async () => {
  expect(await make().test()).toEqual([{ channel: 'webhook', taken: true, reason: null }])
  const [{ headers, body }] = came as [Came]
  expect(JSON.parse(body)).toMatchObject({ event: 'test', gateway: 'TH/GOV/RD/gateway-1' })
  const time = String(Math.floor(now / 1000))
  const signed = createHmac('sha256', secret)
    .update(`${headers['webhook-id']}.${time}.${body}`)
    .digest('base64')
  expect(headers).toMatchObject({ 'webhook-timestamp': time, 'webhook-signature': `v1,${signed}` })
})

it('a test says of each channel whether it was taken, without the address; nothing is looked at where nobody is told', async () => {
  answering = 302
  const { port } = receiver.address() as AddressInfo
  const nobody = alertWebhook(`http://127.0.0.1:${port === 1 ? 2 : 1}/secret-path`, secret, () => now)
  const refusing = emailChannels({ to: ['a@rd.example'], language: 'th' }, async () => {
    throw Object.assign(new Error('535 no'), { code: 'EAUTH', responseCode: 535 })
  })
  expect(await make([hook, nobody, ...refusing]).test()).toEqual([
    { channel: 'webhook', taken: false, reason: 'it answered 302' },
    { channel: 'webhook', taken: false, reason: 'ECONNREFUSED' },
    { channel: 'mailto:a@rd.example', taken: false, reason: 'EAUTH 535' },
  ])
  await nobody.close()
  expect(await make([]).test()).toEqual([])
  const looked = vi.fn(async () => checks)
  const options = { subject, pool: database.pool, clock: () => now, log, channels: [], look: looked }
  await new Alerts(options).look()
  expect(looked).not.toHaveBeenCalled()
})

describe('by e-mail', () => {
  const letters: OperatorLetter[] = []
  let isDown = false
  const channels = (language: 'th' | 'en' = 'en', to = ['a@rd.example', 'b@rd.example']) =>
    emailChannels({ to, language }, async (letter) => {
      if (isDown) throw new Error('down')
      letters.push(letter)
    })
  beforeEach(() => {
    letters.length = 0
    isDown = false
  })

  it('each recipient gets what was found and what to do, in the language that was chosen', async () => {
    checks = [dead]
    await look(make(channels()))
    expect(letters.map(({ to }) => to)).toEqual(['a@rd.example', 'b@rd.example'])
    const [english] = letters as [OperatorLetter]
    expect(english.subject).toBe('To look after: dead-letters, TH/GOV/RD/gateway-1')
    expect(english.text).toContain('1 dead letter waits\nWhat to do: sapan message list --state dead')
    const since = `${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    expect(english.text).toContain(`Gateway: TH/GOV/RD/gateway-1\nCode: dead-letters\nSince: ${since}`)
    await make(channels('th')).test()
    expect(letters.at(-1)).toMatchObject({ language: 'th', subject: 'ทดสอบการแจ้งเตือน: TH/GOV/RD/gateway-1' })
  })

  it('what a check says is no markup, and of many the first are shown', async () => {
    checks = Array.from({ length: 25 }, () => ({ ...dead, text: text('<b> & "c"') }))
    await look(make(channels()))
    expect(letters[0]?.html).toContain('&lt;b> &amp; &quot;c&quot;')
    expect(letters[0]?.html).not.toContain('<b>')
    expect(letters[0]?.text.split('What to do').length).toBe(21)
    expect(letters[0]?.text).toContain('And more of the kind: 5')
  })

  it('a webhook that is down does not keep letters back, nor the other way round', async () => {
    const both = () => make([hook, ...channels('en', ['a@rd.example'])])
    const told = () => letters.splice(0).map(({ subject }) => subject.split(':')[0])
    checks = [dead]
    answering = 500
    expect(await look(both())).toEqual(['began dead-letters'])
    expect(told()).toEqual(['To look after'])
    expect(await look(both())).toEqual(['began dead-letters'])
    expect(told()).toEqual([])
    isDown = true
    answering = 204
    expect(await look(both(), 2)).toEqual(['began dead-letters'])
    checks = []
    expect(await look(both(), 10)).toEqual(['ended dead-letters'])
    expect(told()).toEqual([])
    isDown = false
    expect(await look(both())).toEqual([])
    expect(told()).toEqual(['Well again'])
    expect((await database.pool.query('select from gateway.alert')).rowCount).toBe(0)
  })

  it('what begins again after one channel knew its end begins anew there', async () => {
    const both = () => make([hook, ...channels('en', ['a@rd.example'])])
    checks = [dead]
    await look(both())
    checks = []
    isDown = true
    expect(await look(both(), 10)).toEqual(['ended dead-letters'])
    checks = [dead]
    letters.length = 0
    isDown = false
    expect(await look(both())).toEqual(['began dead-letters'])
    expect(JSON.parse(came[0]?.body ?? '').since).toBe(new Date(now).toISOString())
    expect(letters).toEqual([])
  })

  it('has the same number at every attempt, so that what comes twice is known for it', async () => {
    checks = [dead]
    answering = 500
    await look(make())
    const [first] = came as [Came]
    await look(make())
    expect(came[0]?.headers['webhook-id']).toBe(first.headers['webhook-id'])
    checks = [{ ...dead, outcome: 'bad' }]
    answering = 204
    await look(make(), 2)
    await look(make())
    checks = []
    await look(make(), 10)
    expect(came[0]?.headers['webhook-id']).not.toBe(first.headers['webhook-id'])
  })

  it('that a channel takes nothing is a check, told on the others', async () => {
    const both = () => make([hook, ...channels('en', ['a@rd.example'])])
    const found = async () => checkAlerts(await listAlerts(database.pool, subject), subject)
    checks = [dead]
    answering = 500
    await look(both())
    expect(await found()).toMatchObject({ code: 'alerts', outcome: 'good' })
    await look(both())
    await look(both(), 2)
    expect(await found()).toMatchObject({
      outcome: 'warning',
      text: { en: 'alerts are not taken by: webhook' },
      next: { en: 'sapan alert test --gateway TH/GOV/RD/gateway-1' },
    })
  })
})

it.each([
  ['https://alerts.example.go.th/hook/abc', true],
  ['http://127.0.0.1:8080/alerts', true],
  ['http://alerts.example.go.th/hook', false],
  ['https://user:password@alerts.example.go.th/', false],
  ['https://alerts.example.go.th/?key=1', false],
])('%s may be told: %s', (webhook, may) => {
  expect(Value.Check(GatewaySettings.properties.alerts, { webhook })).toBe(may)
})

it.each([
  [{ to: ['ops@rd.go.th'], smtp: 'smtp://sapan@mail.rd.go.th:587' }, true],
  [{ to: ['ops@rd.go.th'], smtp: 'smtps://mail.rd.go.th' }, true],
  [{ to: ['ops@rd.go.th'], smtp: 'smtp://127.0.0.1:25?security=plain' }, true],
  [{ to: [], smtp: 'smtps://mail.rd.go.th' }, false],
  [{ to: ['ops@rd.go.th, other@rd.go.th'], smtp: 'smtps://mail.rd.go.th' }, false],
  // Settings are shown to operators: a password is none of them.
  [{ to: ['ops@rd.go.th'], smtp: 'smtp://sapan:password@mail.rd.go.th' }, false],
])('alerts by e-mail may be set as %j: %s', (email, may) => {
  const settings = { email: { language: 'th', from: 'Sapan <no-reply@rd.go.th>', ...email } }
  expect(Value.Check(GatewaySettings.properties.alerts, settings)).toBe(may)
})
