import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deleteExpiredOperators } from '../../src/gateway/store/operators.ts'
import { grantTerms } from './agencies.ts'
import { addMember } from './country.ts'
import {
  alpha,
  beta,
  type HostingCountry,
  type MemberCaller,
  memberCaller,
  serviceOf,
  startHosting,
} from './hosting-country.ts'
import { registerDescription, somebody } from './register.ts'

let country: HostingCountry
/** Of ALPHA: may change, may only look. Of both. */
let alphas: MemberCaller
let looker: MemberCaller
let both: MemberCaller
/** Of ALPHA: may only look, and open what was said. */
let opener: MemberCaller
/** An exchange in which ALPHA asked BETA: evidence of both lies in the one database. */
let exchange: string

beforeAll(async () => {
  country = await startHosting()
  const origin = new URL(country.registers[alpha]?.url ?? '').origin
  alphas = await country.operatorOf([alpha], 'change', [origin])
  looker = await country.operatorOf([alpha], 'look', [origin])
  opener = await country.operatorOf([alpha], 'look', [], true)
  both = await country.operatorOf([alpha, beta], 'change')
  exchange = (await country.ask(alpha, beta, `/persons/${somebody}`)).headers.get('sapan-exchange') ?? ''
})
afterAll(() => country?.stop())

const uuid = '01890000-0000-7000-8000-000000000000'

async function codeOf(caller: MemberCaller, method: string, path: string, body?: unknown) {
  const answer = await caller(method, path, body)
  return [answer.status, answer.body.code]
}

describe('what is the whole gateway’s is not for a member’s operator', () => {
  it.each([
    ['GET', '/metrics'],
    ['GET', '/v1/health-history'],
    ['GET', '/v1/settings'],
    ['POST', '/v1/alerts/test'],
    ['POST', '/v1/directory/refresh'],
    ['POST', '/v1/certificates/renew'],
    ['POST', '/v1/usage'],
    ['POST', '/v1/reconcile'],
    ['GET', '/v1/archive'],
    ['POST', '/v1/archive'],
    ['POST', '/v1/recover'],
    ['GET', '/v1/operators'],
    ['POST', '/v1/operators'],
    ['DELETE', '/v1/operators/x'],
    ['POST', '/v1/gdx/routes'],
    ['DELETE', '/v1/gdx/routes/x'],
    ['POST', '/v1/members'],
    ['DELETE', '/v1/members/x'],
    ['GET', '/v1/moving-key'],
    ['POST', '/v1/members/x/move-out'],
    ['POST', '/v1/members/x/hand-over'],
    ['POST', '/v1/members/x/stay'],
    ['POST', '/v1/members/x/move-in'],
    ['DELETE', '/v1/members/x/evidence'],
    ['GET', '/v1/nothing'],
  ])('%s %s', async (method, path) => {
    for (const caller of [alphas, looker, both]) {
      expect(await codeOf(caller, method, path)).toEqual([403, 'admin-not-allowed'])
    }
  })
})

describe('who may look changes nothing', () => {
  it.each([
    ['POST', '/v1/services'],
    ['DELETE', '/v1/services/x'],
    ['POST', '/v1/grants'],
    ['DELETE', '/v1/grants/x'],
    ['POST', '/v1/credentials'],
    ['DELETE', '/v1/credentials/x'],
    ['POST', '/v1/gdx/consumers'],
    ['DELETE', '/v1/gdx/consumers/x'],
    ['POST', `/v1/evidence/${uuid}/erase`],
    ['POST', '/v1/messages/1/opening'],
    ['POST', '/v1/messages/1/resend'],
    ['DELETE', '/v1/messages/1'],
  ])('%s %s', async (method, path) => {
    expect(await codeOf(looker, method, path)).toEqual([403, 'admin-not-allowed'])
  })
})

describe('what was said is opened by nobody but who may open it, whatever they may change', () => {
  it.each(['opening', 'export'])('POST /v1/evidence/:exchange/%s', async (act) => {
    const path = `/v1/evidence/${exchange}/${act}`
    const order = { reason: 'a complaint of the person' }
    for (const caller of [alphas, looker, both]) {
      expect(await codeOf(caller, 'POST', path, order)).toEqual([403, 'admin-not-allowed'])
    }
    for (const which of [{ member: beta }, { side: 'provider' }]) {
      expect(await codeOf(opener, 'POST', path, { ...order, ...which })).toEqual([404, 'exchange-unknown'])
    }
    expect((await opener('POST', path, order)).status).toBe(200)
  })

  it('GET /v1/evidence/:exchange, and its file, tell it to nobody', async () => {
    const path = `/v1/evidence/${exchange}`
    for (const caller of [alphas, looker, opener]) {
      for (const each of [path, `${path}/export`, `${path}/verification`]) {
        const { status, body } = await caller('GET', each)
        expect([status, JSON.stringify(body).includes(somebody)]).toEqual([200, false])
      }
    }
  })
})

describe('whatever is another member’s does not exist', () => {
  it('GET /v1/status tells of the own member alone', async () => {
    const { body } = await looker('GET', '/v1/status')
    expect(body.members).toEqual([alpha])
    expect(JSON.stringify(body)).not.toContain(beta)
    expect(body).toMatchObject({ services: 1, grants: { issued: 1, held: 1 } })
  })

  it('GET /v1/checks tells of the own member alone, and nothing of how the gateway stands to others', async () => {
    const { body } = await looker('GET', '/v1/checks')
    expect(JSON.stringify(body)).not.toContain(beta)
    const codes = (checks: unknown) => (checks as { code: string }[]).map(({ code }) => code)
    expect(codes(body.checks)).toContain('log')
    const whole = codes((await country.district.operator('GET', '/v1/checks')).checks)
    const beyond = whole.filter((code) => !codes(body.checks).includes(code)).sort()
    expect(beyond).toEqual([
      'alerts',
      'edge-address',
      'migrations',
      'open-edge',
      'own-address',
      'peer',
      'renewal',
    ])
  })

  it('GET /v1/caller tells everybody what they may', async () => {
    expect((await alphas('GET', '/v1/caller')).body).toMatchObject({ role: 'change', whole: false })
    expect((await looker('GET', '/v1/caller')).body).toMatchObject({
      role: 'look',
      opens: false,
      whole: false,
    })
    expect(await country.district.operator('GET', '/v1/caller')).toMatchObject({
      role: 'change',
      whole: true,
    })
  })

  it('GET /v1/services/:id/openapi is of the own', async () => {
    const of = async (member: string) =>
      (await looker('GET', `/v1/services/${encodeURIComponent(serviceOf(member))}/openapi`)).status
    expect([await of(alpha), await of(beta)]).toEqual([200, 404])
  })

  it('/v1/gdx/consumers are of the own', async () => {
    const make = (caller: MemberCaller, member: string) =>
      caller('POST', '/v1/gdx/consumers', { name: 'old', subsystem: `${member}/main` })
    expect((await make(alphas, beta)).body.code).toBe('client-unknown')
    const { id } = (await make(both, beta)).body
    expect((await make(alphas, alpha)).status).toBe(201)
    const { body } = await looker('GET', '/v1/gdx')
    expect(body.consumers).toMatchObject([{ subsystem: `${alpha}/main` }])
    expect(await codeOf(alphas, 'DELETE', `/v1/gdx/consumers/${id}`)).toEqual([404, 'resource-unknown'])
  })

  it('GET /v1/members lists the own', async () => {
    expect((await looker('GET', '/v1/members')).body.members).toMatchObject([{ id: alpha, owner: false }])
  })

  it('GET /v1/certificates shows the gateway’s and the own', async () => {
    const { body } = await looker('GET', '/v1/certificates')
    const holders = (body.certificates as { holder: string }[]).map(({ holder }) => holder)
    expect(new Set(holders)).toEqual(new Set(['TH/LOC/DISTRICT/gateway-1', alpha]))
  })

  it('GET /v1/directory is what the center tells everybody', async () => {
    expect((await looker('GET', '/v1/directory')).status).toBe(200)
  })

  it('POST /v1/directory/refresh brings, to the gateway’s own operator, what the center has just published', async () => {
    await addMember(country.operator, 'GOV', 'NEWEST')
    const { standing } = await country.district.operator('POST', '/v1/directory/refresh')
    const { version } = (await country.operator('GET', '/v1/directory')) as { version: number }
    expect(standing).toMatchObject({ version, problem: null })
  })

  it('GET /v1/services', async () => {
    const ids = async (caller: MemberCaller) =>
      ((await caller('GET', '/v1/services')).body.services as { id: string }[]).map(({ id }) => id)
    expect(await ids(looker)).toEqual([serviceOf(alpha)])
    expect((await ids(both)).sort()).toEqual([serviceOf(alpha), serviceOf(beta)])
  })

  it('POST /v1/services: not under another’s name, and not where another’s system answers', async () => {
    const service = (subsystem: string, url: string) => ({
      subsystem,
      code: 'other-v1',
      openapi: registerDescription,
      url,
    })
    const own = country.registers[alpha]?.url ?? ''
    const others = country.registers[beta]?.url ?? ''
    expect(await codeOf(alphas, 'POST', '/v1/services', service(`${beta}/main`, own))).toEqual([
      403,
      'client-unknown',
    ])
    for (const url of [
      others,
      'http://127.0.0.1:1',
      own.replace('127.0.0.1', 'localhost'),
      own.replace('http', 'https'),
    ]) {
      expect(await codeOf(alphas, 'POST', '/v1/services', service(`${alpha}/main`, url))).toEqual([
        403,
        'origin-not-allowed',
      ])
    }
    expect((await alphas('POST', '/v1/services', service(`${alpha}/main`, `${own}/base`))).status).toBe(201)
    expect(
      await codeOf(alphas, 'DELETE', `/v1/services/${encodeURIComponent(`${alpha}/main/other-v1`)}`),
    ).toEqual([204, undefined])
  })

  it('DELETE /v1/services', async () => {
    const path = `/v1/services/${encodeURIComponent(serviceOf(beta))}`
    expect(await codeOf(alphas, 'DELETE', path)).toEqual([404, 'service-unknown'])
    expect(await country.ask(alpha, beta, `/persons/${somebody}`)).toMatchObject({ status: 200 })
  })

  it('GET /v1/grants: those that the own member gave, and those that it holds', async () => {
    const { body } = await looker('GET', '/v1/grants')
    expect(body.issued).toMatchObject([{ hash: country.grants[alpha] }])
    expect(body.held).toMatchObject([{ hash: country.grants[beta], grant: { consumer: `${alpha}/main` } }])
  })

  it('POST and DELETE /v1/grants', async () => {
    const forged = { ...grantTerms, service: serviceOf(beta), consumer: `${alpha}/main` }
    expect(await codeOf(alphas, 'POST', '/v1/grants', forged)).toEqual([404, 'service-unknown'])
    expect(await codeOf(alphas, 'DELETE', `/v1/grants/${country.grants[beta]}`)).toEqual([
      404,
      'resource-unknown',
    ])
    const given = await alphas('POST', '/v1/grants', { ...forged, service: serviceOf(alpha) })
    expect(given.status).toBe(201)
    expect((await alphas('DELETE', `/v1/grants/${given.body.hash}`)).status).toBe(204)
  })

  it('credentials: neither another’s, nor one that speaks for another too', async () => {
    const made = async (subsystems: string[]) =>
      String(
        (await country.district.operator('POST', '/v1/credentials', { kind: 'oauth', name: 'x', subsystems }))
          .id,
      )
    const others = await made([`${beta}/main`])
    const shared = await made([`${alpha}/main`, `${beta}/main`])
    const own = await made([`${alpha}/main`])
    const listed = (await looker('GET', '/v1/credentials')).body.credentials as { id: string }[]
    expect(listed.map(({ id }) => id)).toEqual([own])
    for (const id of [others, shared]) {
      expect(await codeOf(alphas, 'DELETE', `/v1/credentials/${id}`)).toEqual([404, 'resource-unknown'])
    }
    expect(await codeOf(alphas, 'DELETE', `/v1/credentials/${own}`)).toEqual([204, undefined])
    for (const subsystems of [[`${beta}/main`], [`${alpha}/main`, `${beta}/main`]]) {
      const wanted = { kind: 'oauth', name: 'y', subsystems }
      expect(await codeOf(alphas, 'POST', '/v1/credentials', wanted)).toEqual([403, 'client-unknown'])
    }
  })

  it('GET /v1/evidence: of an exchange of two members of this gateway, the own side', async () => {
    const sides = async (caller: MemberCaller, query = '') =>
      (
        (await caller('GET', `/v1/evidence${query}`)).body.exchanges as { member: string; side: string }[]
      ).map(({ member, side }) => `${member} ${side}`)
    expect(new Set(await sides(looker))).toEqual(new Set([`${alpha} consumer`]))
    expect(await sides(looker, `?member=${beta}`)).toEqual([])
    expect(new Set(await sides(both))).toEqual(new Set([`${alpha} consumer`, `${beta} provider`]))
  })

  it('GET /v1/evidence/:exchange and its export: the own side, whatever is asked', async () => {
    expect((await looker('GET', `/v1/evidence/${exchange}`)).body).toMatchObject({
      member: alpha,
      side: 'consumer',
    })
    for (const query of [`?member=${beta}`, '?side=provider', `?member=${beta}&side=provider`]) {
      for (const path of ['', '/export', '/verification'].map((end) => `/v1/evidence/${exchange}${end}`)) {
        expect(await codeOf(looker, 'GET', `${path}${query}`)).toEqual([404, 'exchange-unknown'])
      }
    }
    expect((await looker('GET', `/v1/evidence/${exchange}/export`)).status).toBe(200)
    expect(await codeOf(both, 'GET', `/v1/evidence/${exchange}`)).toEqual([409, 'exchange-ambiguous'])
  })

  it('POST /v1/evidence/:exchange/erase', async () => {
    const path = `/v1/evidence/${exchange}/erase`
    for (const which of [{ member: beta }, { side: 'provider' }]) {
      expect(await codeOf(alphas, 'POST', path, { law: 'x', ...which })).toEqual([404, 'exchange-unknown'])
    }
  })

  it('POST /v1/audit: of the own log, without being asked for one', async () => {
    expect(await codeOf(looker, 'POST', '/v1/audit', { member: beta })).toEqual([404, 'member-unknown'])
    const { body } = await looker('POST', '/v1/audit', {})
    expect(JSON.stringify(body)).toContain(alpha)
    expect(JSON.stringify(body)).not.toContain(beta)
  })

  it('GET /v1/unusual', async () => {
    await country.district.pool.query(
      `insert into gateway.unusual_access (exchange, at, member, client, service, purpose, officer, duty, rules, calls)
       values ($1, now(), $2, 'x', 'x', 'x', 'x', 'x', '{hour}', 1)`,
      [exchange, beta],
    )
    expect((await looker('GET', '/v1/unusual')).body).toEqual({ accesses: [] })
    expect((await both('GET', '/v1/unusual')).body.accesses).toHaveLength(1)
  })

  it('GET /v1/processing-record, and as a table: the own, whatever is asked', async () => {
    const { body } = await looker('GET', '/v1/processing-record')
    const activities = body.activities as { member: string; role: string }[]
    expect(new Set(activities.map(({ member, role }) => `${role} ${member}`))).toEqual(
      new Set([`gives ${alpha}`, `takes ${alpha}`]),
    )
    const asked = `?member=${encodeURIComponent(beta)}`
    for (const path of ['/v1/processing-record', '/v1/processing-record.csv']) {
      expect(await codeOf(looker, 'GET', path + asked)).toEqual([404, 'member-unknown'])
    }
  })

  it('GET /v1/followed', async () => {
    const { pool } = country.district
    await pool.query(`insert into queue.followed (client, service, operation) values ($1, 's', 'o')`, [
      `${beta}/main`,
    ])
    expect((await looker('GET', '/v1/followed')).body).toEqual({ followed: [] })
    expect((await both('GET', '/v1/followed')).body.followed).toHaveLength(1)
  })

  it('messages: sent by another, and received for another', async () => {
    await insertMessages()
    const listed = async (caller: MemberCaller, path: string) => (await caller('GET', path)).body.messages
    expect(await listed(looker, '/v1/messages')).toEqual([])
    expect(await listed(looker, '/v1/messages-received')).toEqual([])
    expect(await listed(both, '/v1/messages')).toHaveLength(1)
    expect(await listed(both, '/v1/messages-received')).toHaveLength(1)
    for (const [method, path] of [
      ['GET', '/v1/messages/1'],
      ['POST', '/v1/messages/1/resend'],
      ['DELETE', '/v1/messages/1'],
    ] as const) {
      const body = method === 'POST' ? {} : undefined
      expect(await codeOf(alphas, method, path, body)).toEqual([404, 'message-unknown'])
    }
    const opening = ['POST', '/v1/messages/1/opening', { reason: 'a complaint of theirs' }] as const
    expect(await codeOf(alphas, ...opening)).toEqual([403, 'admin-not-allowed'])
    expect(await codeOf(opener, ...opening)).toEqual([404, 'message-unknown'])
    expect((await both('GET', '/v1/messages/1')).status).toBe(200)
  })
})

/** BETA's, and of one whose name begins as ALPHA's does. */
async function insertMessages(): Promise<void> {
  const { pool } = country.district
  await pool.query(
    `insert into queue.outgoing (client, message, service, operation, target, digest, expires_at, receipt_queued, state)
     values ($1, 'm', 's', 'o', 't', '', now(), 'r', 'dead')`,
    [`${beta}/main`],
  )
  await pool.query(
    `insert into queue.incoming (client, message, service, operation, exchange, digest, expires_at, receipt_delivered, state)
     values ('c', 'm', $1, 'o', $2, '', now(), 'r', 'expired')`,
    [serviceOf(beta), exchange],
  )
  await pool.query(
    `insert into queue.incoming (client, message, service, operation, exchange, digest, expires_at, receipt_delivered, state)
     values ('c', 'm2', 'TH/LOC/ALPHA2/main/person-v1', 'o', $1, '', now(), 'r', 'expired')`,
    [exchange],
  )
}

describe('operators of members', () => {
  it('are made for members that are hosted here, and for origins alone', async () => {
    const make = (changes: object) =>
      country.district
        .operator('POST', '/v1/operators', { name: 'x', members: [alpha], role: 'look', ...changes })
        .then(
          () => 'made',
          (error: Error) => /"code":"([^"]*)"/.exec(error.message)?.[1],
        )
    expect(await make({ members: ['TH/GOV/DOPA'] })).toBe('member-unknown')
    expect(await make({ members: [] })).toBe('request-invalid')
    expect(await make({ role: 'whole' })).toBe('request-invalid')
    for (const origin of ['x', 'http://a/b', 'http://u:p@a', 'file:///etc', 'http://a?b']) {
      expect(await make({ origins: [origin] })).toBe('request-invalid')
    }
  })

  it('for a while are none after it, and are forgotten', async () => {
    const wanted = { name: 'today', members: [alpha], role: 'look', expiresInSeconds: 1 }
    const { token, id } = await country.district.operator('POST', '/v1/operators', wanted)
    const today = memberCaller(country.district, String(token))
    expect((await today('GET', '/v1/status')).status).toBe(200)
    const { pool } = country.district
    await pool.query("update gateway.operator set expires_at = now() - interval '1 s' where id = $1", [id])
    expect((await today('GET', '/v1/status')).status).toBe(401)
    expect(JSON.stringify(await country.district.operator('GET', '/v1/operators'))).not.toContain(String(id))
    await deleteExpiredOperators(pool)
    expect((await pool.query('select from gateway.operator where id = $1', [id])).rowCount).toBe(0)
  })

  it('are listed without their tokens, which the database does not have', async () => {
    const { token, id } = await country.district.operator('POST', '/v1/operators', {
      name: 'once',
      members: [alpha],
      role: 'look',
    })
    const secret = String(token).split('.')[1] ?? ''
    const listed = JSON.stringify(await country.district.operator('GET', '/v1/operators'))
    const { rows } = await country.district.pool.query('select operator::text from gateway.operator')
    expect(listed).toContain('once')
    expect(listed + JSON.stringify(rows)).not.toContain(secret)
    await country.district.operator('DELETE', `/v1/operators/${id}`)
    const answer = await fetch(`${country.district.admin}/v1/status`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(401)
  })
})
