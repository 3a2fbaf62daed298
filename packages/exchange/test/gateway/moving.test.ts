import { createHash, randomUUID } from 'node:crypto'
import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { verifyExport } from '../../src/evidence/verify/verify-export.ts'
import { exchangeProblem, type ShownAccess, signSubjectToken, type UsagePage } from '../../src/index.ts'
import { grantTerms } from './agencies.ts'
import type { TestGateway } from './country.ts'
import { alpha, beta, type HostingCountry, serviceOf, startHosting } from './hosting-country.ts'
import { accepting, noticeDescription, quickQueue } from './queue-country.ts'
import { answerPerson, somebody } from './register.ts'

const issuer = 'https://id.example'
const identity = generateSigner('ecdsa-p256-sha256')
const notices = `${alpha}/main/notice-v1`

let country: HostingCountry
let district: TestGateway
/** ALPHA's own gateway, to which it moves. */
let own: TestGateway
let rd: TestGateway

beforeAll(async () => {
  const jwk = identity.publicKey.export({ format: 'jwk' })
  country = await startHosting({
    country: { subjectTokens: [{ issuer, jwk: { ...jwk } }] },
    district: { settings: { queue: quickQueue } },
  })
  district = country.district
  rd = await country.join('RD', { settings: { queue: quickQueue } })
  const url = country.registers[alpha]?.url
  const service = { subsystem: `${alpha}/main`, openapi: noticeDescription, url, timeoutMs: 1_000 }
  await district.operator('POST', '/v1/services', service)
  const consumer = 'TH/GOV/RD/main'
  await district.operator('POST', '/v1/grants', { ...grantTerms, service: serviceOf(alpha), consumer })
  const operations = { tellMove: { fields: [], query: [] }, sendLetter: { fields: [], query: [] } }
  await district.operator('POST', '/v1/grants', {
    ...grantTerms,
    purpose: 'address-change',
    service: notices,
    consumer,
    operations,
  })
  const callers = [alpha, beta].map((member) => ({ name: member, subsystem: `${member}/main` }))
  for (const caller of callers) await district.operator('POST', '/v1/gdx/consumers', caller)
  await rd.gateway.directory.refresh()
  own = await country.join('ALPHA', { memberClass: 'LOC', moving: true, settings: { queue: quickQueue } })
})
afterAll(() => country?.stop())

async function send(gateway: TestGateway, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${gateway.admin}${path}`, {
    method: 'POST',
    ...init,
    headers: {
      authorization: `Bearer ${gateway.adminToken}`,
      'content-type': 'application/json',
      ...init.headers,
    },
  })
}

const onAlpha = (action: string) => `/v1/members/${encodeURIComponent(alpha)}/${action}`

async function refusal(answer: Response): Promise<[number, string]> {
  return [answer.status, (await answer.json()).code]
}

/** RD's system asks ALPHA's register. */
const asked = () =>
  fetch(`${rd.edge}/r1/${serviceOf(alpha)}/persons/${somebody}`, {
    headers: { 'x-road-client': 'TH/GOV/RD/main' },
  })

/** ALPHA's system asks BETA's, through that gateway. */
const asking = (gateway: TestGateway) =>
  fetch(`${gateway.edge}/r1/${serviceOf(beta)}/persons/${somebody}`, {
    headers: { 'x-road-client': `${alpha}/main` },
  })

async function usage(gateway: TestGateway, id: string): Promise<ShownAccess[]> {
  const token = signSubjectToken(
    { issuer, subject: somebody, audience: id, tokenId: randomUUID() },
    { signer: identity, now: Date.now() },
  )
  const page = (await gateway.operator('POST', '/v1/usage', { token, limit: 200 })) as unknown as UsagePage
  const shown = page.accesses.filter((access): access is ShownAccess => !access.withheld)
  return shown.filter(({ member }) => member === alpha)
}

async function exported(gateway: TestGateway, exchange: string): Promise<Buffer> {
  const order = { member: alpha, reason: 'a test of the whole file' }
  const answer = await send(gateway, `/v1/evidence/${exchange}/export`, { body: JSON.stringify(order) })
  return Buffer.from(await answer.arrayBuffer())
}

function proof(file: Buffer) {
  const { findings, complete } = verifyExport(file, { roots: [country.rootFingerprint] })
  return { complete, failed: findings.filter(({ passed }) => !passed) }
}

async function audit(gateway: TestGateway) {
  const answer = await send(gateway, '/v1/audit', { body: JSON.stringify({ member: alpha }) })
  return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '').report
}

/** Calls again and again until it is told to stop; what was answered. */
function keepAsking(ask: () => Promise<Response>) {
  const answers: { status: number; exchange: string | null; retryAfter: string | null }[] = []
  let going = true
  const done = (async () => {
    while (going) {
      const answer = await ask()
      await answer.arrayBuffer()
      const { headers, status } = answer
      answers.push({
        status,
        exchange: headers.get('sapan-exchange'),
        retryAfter: headers.get('retry-after'),
      })
      if (status !== 200) await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  return {
    answers,
    stop: async () => {
      going = false
      await done
    },
  }
}

describe('a gateway that waits for a member', () => {
  it('does nothing for it, and nobody is sent there', async () => {
    expect(rd.gateway.directory.current().gatewaysOf(alpha)).toMatchObject([{ owner: 'TH/LOC/DISTRICT' }])
    const answer = await asking(own)
    expect([answer.status, answer.headers.get('x-road-error'), answer.headers.get('retry-after')]).toEqual([
      503,
      'Server.ClientProxy.MaintenanceMode',
      '5',
    ])
    const { publisher } = own.membership
    await expect(publisher.grants(alpha, { publish: [], withdraw: ['0'.repeat(64)] })).rejects.toMatchObject({
      code: 'member-moving',
    })
    expect(await refusal(await send(own, onAlpha('move-in'), octets(Buffer.alloc(0))))).toEqual([
      409,
      'moving-not-handed-over',
    ])
  })
})

function octets(body: Buffer): RequestInit {
  return { body: new Uint8Array(body), headers: { 'content-type': 'application/octet-stream' } }
}

describe('a member that moves while it is called', () => {
  let before: string
  let file: Buffer
  let key: string

  it('is refused where it owns the gateway, or another’s gateway is to follow', async () => {
    key = String((await own.operator('GET', '/v1/moving-key')).key)
    const body = JSON.stringify({ key })
    const owner = `/v1/members/${encodeURIComponent('TH/LOC/DISTRICT')}/move-out`
    expect(await refusal(await send(district, owner, { body }))).toEqual([409, 'gateway-owner-stays'])
    const others = `/v1/members/${encodeURIComponent(beta)}/move-out`
    expect(await refusal(await send(district, others, { body }))).toEqual([409, 'successor-not-waiting'])
    const wrong = await send(district, onAlpha('move-out'), { body: JSON.stringify({ key: 'x' }) })
    expect(await refusal(wrong)).toEqual([422, 'request-invalid'])
  })

  it('may be called off: it stays, and goes on', async () => {
    const out = await send(district, onAlpha('move-out'), { body: JSON.stringify({ key }) })
    await out.arrayBuffer()
    expect((await asking(district)).status).toBe(503)
    expect((await send(district, onAlpha('stay'), { body: '{}' })).status).toBe(204)
    expect((await asking(district)).status).toBe(200)
  })

  it('loses no acknowledged exchange and no message, and its callers see at worst that they are to come back', async () => {
    const register = country.registers[alpha]
    if (!register) throw new Error('there is no register')
    // Of events that it published, all are forgotten.
    await district.pool.query(`insert into queue.topic_forgotten values ($1, 'readMoves', 5000)`, [notices])
    await district.pool.query(
      `with sent as (
         insert into queue.outgoing (client, message, service, operation, target, digest, expires_at, receipt_queued, state)
         values ($1, 'm', 's', 'o', 't', '', now(), 'r', 'accepted') returning number)
       insert into queue.callback (outgoing, client, target, next_at) select number, $1, 't', now() + interval '1 day' from sent`,
      [`${alpha}/main`],
    )
    await district.pool.query(
      `insert into queue.followed (client, service, operation, place, batch, batch_place) values ($1, 's', 'o', 41, 'x', 42)`,
      [`${alpha}/main`],
    )
    // A message waits, since ALPHA's system does not take it yet.
    register.answering = (request, response, body) => {
      if (request.headers['sapan-message'] === undefined) answerPerson(request, response, body)
      else response.writeHead(503).end()
    }
    const told = await fetch(`${rd.edge}/m1/${notices}/moves`, {
      method: 'POST',
      headers: {
        'x-road-client': 'TH/GOV/RD/main',
        'content-type': 'application/json',
        'sapan-message': 'm-1',
      },
      body: JSON.stringify({ nationalId: somebody, postcode: '50180' }),
    })
    expect(told.status).toBe(202)
    await expect.poll(async () => (await waiting(district)).length).toBe(1)
    before = (await asked()).headers.get('sapan-exchange') ?? ''
    const old = await exported(district, before)
    expect(proof(old)).toEqual({ complete: true, failed: [] })
    const known = await usage(district, 'TH/LOC/DISTRICT/gateway-1')

    const callers = [keepAsking(asked), keepAsking(() => asking(district)), keepAsking(() => asking(own))]
    await expect.poll(() => callers[0]?.answers.length ?? 0).toBeGreaterThan(5)
    const out = await send(district, onAlpha('move-out'), { body: JSON.stringify({ key }) })
    file = Buffer.from(await out.arrayBuffer())
    const order = (sha256: string) => ({ body: JSON.stringify({ key, sha256 }) })
    expect(await refusal(await send(district, onAlpha('hand-over'), order('0'.repeat(64))))).toEqual([
      409,
      'moving-file-outdated',
    ])
    const sha256 = createHash('sha256').update(file).digest('hex')
    expect((await send(district, onAlpha('hand-over'), order(sha256))).status).toBe(204)
    // It is cut off in the middle, and taken up again.
    const logKey = vi.spyOn(own.membership.publisher, 'logKey')
    logKey.mockRejectedValueOnce(exchangeProblem('center-unreachable'))
    const cut = await send(own, onAlpha('move-in'), octets(file.subarray(0, file.length - 1)))
    expect(await refusal(cut)).toEqual([422, 'moving-file-unreadable'])
    expect((await refusal(await send(own, onAlpha('move-in'), octets(file))))[1]).toBe('center-unreachable')
    const moved = await send(own, onAlpha('move-in'), octets(file))
    expect([moved.status, await moved.json()]).toEqual([200, { member: alpha, epoch: 2 }])
    const atOwn = callers[2]
    await expect.poll(() => atOwn?.answers.at(-1)?.status, { timeout: 10_000 }).toBe(200)
    await expect.poll(() => callers[0]?.answers.at(-1)?.status, { timeout: 10_000 }).toBe(200)
    register.answering = (request, response, body) =>
      (request.headers['sapan-message'] === undefined ? answerPerson : accepting)(request, response, body)
    for (const caller of callers) await caller.stop()

    const answers = callers.flatMap((caller) => caller.answers)
    const refused = answers.filter(({ status }) => status !== 200)
    // A machine that others load may have a gateway say that it is busy.
    for (const { status, retryAfter } of refused) {
      expect([status, retryAfter === '1' ? '5' : retryAfter]).toEqual([503, '5'])
    }
    const kept = new Set((await usage(own, `${alpha}/gateway-1`)).map(({ exchange }) => exchange))
    for (const { status, exchange } of answers) {
      if (status === 200) expect(kept).toContain(exchange)
    }
    // Whoever looked before is told as before, by the new gateway and no more by the old one.
    for (const { exchange } of known) expect(kept).toContain(exchange)
    expect(await usage(district, 'TH/LOC/DISTRICT/gateway-1')).toEqual([])
    await expect.poll(async () => (await waiting(own)).length, { timeout: 10_000 }).toBe(0)
    expect(proof(old)).toEqual({ complete: true, failed: [] })
  })

  it('is told to be moving where the caller’s gateway has not heard of its new place', async () => {
    const view = rd.gateway.directory.current()
    const { gatewaysOf } = view
    const stale = vi
      .spyOn(view, 'gatewaysOf')
      .mockImplementation((member) => gatewaysOf.call(view, member === alpha ? beta : member))
    const answer = await asked().finally(() => stale.mockRestore())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    expect((await asked()).status).toBe(200)
  })

  it('has its whole log at the new place, proven on both sides of the move', async () => {
    const report = await audit(own)
    expect(report).toMatchObject({ member: alpha, findings: [] })
    expect(proof(await exported(own, before))).toEqual({ complete: true, failed: [] })
    const exchange = (await asked()).headers.get('sapan-exchange') ?? ''
    await expect
      .poll(async () => proof(await exported(own, exchange)), { timeout: 10_000 })
      .toEqual({
        complete: true,
        failed: [],
      })
    const epochs = rd.gateway.directory.current().member(alpha)?.log ?? []
    expect(new Set(epochs.map(({ vkey }) => vkey.split('+').at(-1))).size).toBe(2)
  })

  it('goes on counting its events where it was: who has read until then would miss others', async () => {
    const count = `select nextval(pg_get_serial_sequence('queue.topic_event', 'number'))::int as number`
    expect((await own.pool.query(count)).rows).toEqual([{ number: 5001 }])
  })

  it('takes along what its systems are to be told, and how far they have read', async () => {
    const callbacks = await own.pool.query('select client from queue.callback')
    expect(callbacks.rows).toEqual([{ client: `${alpha}/main` }])
    const followed = await own.pool.query('select place, batch from queue.followed')
    expect(followed.rows).toEqual([{ place: '41', batch: null }])
  })

  it('takes its callers of GDX along, and nobody else’s', async () => {
    const callers = async (gateway: TestGateway) => (await gateway.operator('GET', '/v1/gdx')).consumers
    expect(await callers(own)).toMatchObject([{ name: alpha }])
    expect(await callers(district)).toMatchObject([{ name: beta }])
  })

  it('is spoken for by the new gateway alone, also after a restart of both', async () => {
    await Promise.all([district.restart(), own.restart()])
    await rd.gateway.directory.refresh()
    expect(rd.gateway.directory.current().gatewaysOf(alpha)).toMatchObject([{ id: `${alpha}/gateway-1` }])
    expect((await asking(district)).status).toBe(403)
    expect((await asking(own)).status).toBe(200)
    expect((await asked()).status).toBe(200)
    expect(await audit(own)).toMatchObject({ findings: [] })
    expect(await refusal(await send(own, onAlpha('move-in'), octets(file)))).toEqual([
      409,
      'member-has-moved-in',
    ])
  })
})

describe('what a member leaves behind', () => {
  it('is nothing that acts, and its evidence until it is forgotten', async () => {
    const count = async (table: string, whose: string) => {
      const { rows } = await district.pool.query(`select count(*)::int n from ${table} where ${whose}`)
      return rows[0].n
    }
    for (const [table, whose] of [
      ['gateway.service', `member = '${alpha}'`],
      ['gateway.grant_issued', `provider = '${alpha}'`],
      ['queue.incoming', `starts_with(service, '${alpha}/')`],
    ] as const) {
      expect(await count(table, whose)).toBe(0)
    }
    expect(await count('evidence.record', `member = '${alpha}'`)).toBeGreaterThan(0)
    const forget = (member: string) =>
      send(district, `/v1/members/${encodeURIComponent(member)}/evidence`, { method: 'DELETE', body: '{}' })
    expect(await refusal(await forget(beta))).toEqual([409, 'moving-not-handed-over'])
    expect((await forget(alpha)).status).toBe(204)
    expect(await count('evidence.record', `member = '${alpha}'`)).toBe(0)
    const answer = await send(district, '/v1/audit', { body: JSON.stringify({ member: beta }) })
    expect(JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '').report.findings).toEqual([])
  })
})

async function waiting(gateway: TestGateway): Promise<unknown[]> {
  return (await gateway.operator('GET', '/v1/messages-received?state=waiting')).messages as unknown[]
}
