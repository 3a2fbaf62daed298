import { randomUUID } from 'node:crypto'
import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signSubjectToken } from '../../src/index.ts'
import { deleteOldTopicEvents } from '../../src/queue/store/topic-events.ts'
import { accepting, noticeGrant, notices, type QueueCountry, startQueueCountry } from './queue-country.ts'
import { somebody, startRegister, type TestRegister } from './register.ts'

const issuer = 'https://id.example'
const identity = generateSigner('ecdsa-p256-sha256')
let country: QueueCountry
let followerGrant: string
const around = ['next', 'events.number', 'events.message', 'events.at']
const tax = 'TH/GOV/RD/main'
const post = 'TH/GOV/RD/other'
/** Whose gateway reads for it. */
const follower = 'TH/GOV/RD/follower'
/** The follower's own system. */
let system: TestRegister

beforeAll(async () => {
  system = await startRegister()
  system.answering = accepting
  const topic = { service: notices, operation: 'readMoves', purpose: 'address-upkeep' }
  country = await startQueueCountry({
    rd: {
      follow: [
        { ...topic, client: follower, url: `${system.url}/moves`, seconds: 0.3 },
        { ...topic, client: 'TH/GOV/GONE/main', url: `${system.url}/moves`, seconds: 0.3 },
      ],
    },
    agencies: {
      country: { subjectTokens: [{ issuer, jwk: { ...identity.publicKey.export({ format: 'jwk' }) } }] },
      rd: { subsystems: ['main', 'other', 'follower'] },
    },
  })
  await grant(tax, [...around, 'events.event.nationalId', 'events.event.postcode'])
  await grant(post, [...around, 'events.event.postcode'])
  followerGrant = String((await grant(follower, [...around, 'events.event.postcode'])).hash)
  await country.rd.gateway.directory.refresh()
})
afterAll(async () => {
  await country?.stop()
  await system?.close()
})

function grant(consumer: string, fields: string[]) {
  return country.dopa.operator('POST', '/v1/grants', {
    ...noticeGrant,
    consumer,
    operations: { readMoves: { fields, query: ['after', 'limit'] } },
    purpose: 'address-upkeep',
  })
}

interface Feed {
  readonly code?: string
  readonly after?: string
  readonly next: string
  readonly events: { number: string; message: string; at: string; event?: Record<string, unknown> }[]
}

async function read(client: string, query = ''): Promise<{ status: number; feed: Feed; exchange: string }> {
  const answer = await fetch(`${country.rd.edge}/r1/${notices}/published${query}`, {
    headers: {
      'x-road-client': client,
      accept: 'application/problem+json',
      'sapan-purpose': 'address-upkeep',
    },
  })
  const exchange = answer.headers.get('sapan-exchange') ?? ''
  return { status: answer.status, feed: (await answer.json()) as Feed, exchange }
}

const event = (n: number) => `{"nationalId":"${somebody}","postcode":"10${n}","reason":"private","n":1.10}`

function publish(
  body: string,
  headers: Record<string, string> = {},
  operation = 'readMoves',
  at = country.dopa.edge,
) {
  return fetch(`${at}/m1/topics?service=${encodeURIComponent(notices)}&operation=${operation}`, {
    method: 'POST',
    headers: { 'x-road-client': 'TH/GOV/DOPA/main', 'content-type': 'application/json', ...headers },
    body,
  })
}

/** Where a subscriber stands that has read all until now. */
const upToNow = async () => (await read(tax)).feed.next

describe('an event that is published', () => {
  it('reaches each subscriber with the fields of its own grant', async () => {
    const after = await upToNow()
    expect((await publish(event(100))).status).toBe(201)
    const forTax = await read(tax, `?after=${after}`)
    const forPost = await read(post, `?after=${after}`)
    expect(forTax.feed.events.map((one) => one.event)).toEqual([{ nationalId: somebody, postcode: '10100' }])
    expect(forPost.feed.events.map((one) => one.event)).toEqual([{ postcode: '10100' }])
    expect(country.register.asked).toEqual([])
  })

  it('is an exchange of which the person learns', async () => {
    const after = await upToNow()
    await publish(event(101))
    const { exchange } = await read(tax, `?after=${after}`)
    const token = signSubjectToken(
      { issuer, subject: somebody, audience: 'TH/GOV/DOPA/gateway-1', tokenId: randomUUID() },
      { signer: identity, now: Date.now() },
    )
    const { accesses } = (await country.dopa.operator('POST', '/v1/usage', { token })) as {
      accesses: { exchange: string }[]
    }
    expect(accesses.map((access) => access.exchange)).toContain(exchange)
  })

  it('is kept once under its id, and sealed', async () => {
    const id = randomUUID()
    const first = await publish(event(102), { 'sapan-message': id })
    const again = await publish(event(102), { 'sapan-message': id })
    expect([first.status, again.status]).toEqual([201, 200])
    expect(await again.json()).toEqual(await first.json())
    const other = await publish(event(103), { 'sapan-message': id })
    expect([other.status, (await other.json()).code]).toEqual([409, 'message-id-taken'])
    const { rows } = await country.dopa.pool.query('select * from queue.topic_event')
    for (const row of rows) expect(row.content.includes(somebody)).toBe(false)
  })
})

describe('a subscriber', () => {
  it('that was gone gets all on its return, in order, in parts, each once', async () => {
    let after = await upToNow()
    const codes = Array.from({ length: 25 }, (_, n) => 200 + n)
    await Promise.all(codes.slice(0, 20).map((n) => publish(event(n))))
    for (const n of codes.slice(20)) await publish(event(n))
    const got: unknown[] = []
    for (;;) {
      const { feed } = await read(tax, `?after=${after}&limit=10`)
      if (feed.events.length === 0) break
      got.push(...feed.events.map((one) => one.event?.postcode))
      after = feed.next
    }
    expect([...got].sort()).toEqual(codes.map((n) => `10${n}`))
    expect(got.slice(20)).toEqual(codes.slice(20).map((n) => `10${n}`))
    expect((await read(tax, `?after=${after}`)).feed).toEqual({ events: [], next: after })
  })

  it('that was gone for longer than events are kept is told so, and from where it may read on', async () => {
    const after = await upToNow()
    await publish(event(300))
    await publish(event(301))
    const { pool } = country.dopa
    await pool.query(`update queue.topic_event set published_at = now() - interval '31 days'`)
    await publish(event(302))
    await deleteOldTopicEvents(pool, Date.now() - 30 * 86_400_000)
    const { status, feed } = await read(tax, `?after=${after}`)
    expect([status, feed.code]).toEqual([410, 'events-forgotten'])
    const codes = async (query: string) =>
      (await read(tax, query)).feed.events.map((one) => one.event?.postcode)
    expect(await codes(`?after=${feed.after}`)).toEqual(['10302'])
    expect(await codes('')).toEqual(['10302'])
    await deleteOldTopicEvents(pool, Date.now() + 1_000)
    const { feed: empty } = await read(tax)
    expect(empty.events).toEqual([])
    expect((await read(tax, `?after=${empty.next}`)).status).toBe(200)
  })

  it.each([
    ['?after=x', 422, 'request-invalid'],
    ['?after=1&after=2', 422, 'request-invalid'],
    ['?limit=101', 422, 'request-invalid'],
    ['?since=1', 403, 'query-not-granted'],
  ])('that asks %s is refused', async (query, status, code) => {
    const { status: answered, feed } = await read(tax, query)
    expect([answered, feed.code]).toEqual([status, code])
  })
})

describe('a subscriber whose gateway reads for it', () => {
  interface Handed extends Feed {
    readonly lost?: { after: string; through: string }
  }
  const handed = () => system.asked.map(({ body }) => JSON.parse(body.toString()) as Handed)
  const codes = (all = handed()) =>
    all.flatMap(({ events }) => events.map((one) => String(one.event?.postcode)))
  const isHanded = (code: number) =>
    expect.poll(() => codes().includes(`10${code}`), { timeout: 10_000 }).toBe(true)
  const standing = async () => {
    const { followed } = await country.rd.operator('GET', '/v1/followed')
    return (followed as { client: string; place: string; problem?: string }[]).find(
      ({ client }) => client === follower,
    )
  }
  const isBehind = async (next: string) =>
    expect.poll(async () => (await standing())?.place, { timeout: 10_000 }).toBe(next)

  it('is handed each event in its order, as its own grant shows them, as exchanges of its own', async () => {
    for (const n of [401, 402, 403]) await publish(event(n))
    await isHanded(403)
    const late = handed().slice(-3)
    expect(codes(late).slice(-3)).toEqual(['10401', '10402', '10403'])
    expect(JSON.stringify(late)).not.toContain(somebody)
    const { method, url, headers } = system.asked.at(-1) ?? {}
    expect([method, url, headers?.['x-road-client']]).toEqual(['POST', '/moves', follower])
    const exchange = String(headers?.['sapan-exchange'])
    expect(await country.rd.operator('GET', `/v1/evidence/${exchange}`)).toMatchObject({
      operation: 'readMoves',
      purpose: 'address-upkeep',
    })
  })

  it('gets again what it did not take, also after a restart; the people in it were looked at once', async () => {
    system.asked.length = 0
    system.answering = (_request, response) => response.writeHead(503).end()
    await publish(event(411))
    await expect.poll(() => system.asked.length, { timeout: 10_000 }).toBeGreaterThan(1)
    expect((await standing())?.problem).toBe('message-put-off')
    await country.rd.restart()
    const { rows } = await country.rd.pool.query<{ batch: Buffer }>('select batch from queue.followed')
    expect(rows[0]?.batch.includes('10411')).toBe(false)
    system.answering = accepting
    await publish(event(412))
    await isHanded(412)
    const first = system.asked.filter(({ body }) => codes([JSON.parse(body.toString())]).includes('10411'))
    expect(new Set(first.map(({ headers }) => headers['sapan-exchange'])).size).toBe(1)
    expect([...new Set(codes())]).toEqual(['10411', '10412'])
  })

  it('that was gone for a week goes on where it was; for longer than events are kept, it is told of the gap', async () => {
    const { pool } = country.rd
    const sleeping = `update queue.followed set next_at = now() + interval '7 days', leased_until = null`
    await isBehind(await upToNow())
    await pool.query(sleeping)
    for (const n of [421, 422]) await publish(event(n))
    await pool.query('update queue.followed set next_at = now()')
    await isHanded(422)
    const place = await upToNow()
    await isBehind(place)
    await pool.query(sleeping)
    await publish(event(423))
    const through = await upToNow()
    await deleteOldTopicEvents(country.dopa.pool, Date.now() + 1_000)
    await publish(event(424))
    system.asked.length = 0
    await pool.query('update queue.followed set next_at = now()')
    await isHanded(424)
    expect(handed()[0]).toEqual({ events: [], next: through, lost: { after: place, through } })
    expect(codes()).toEqual(['10424'])
  })

  it('that is not here is not read for, and the operator sees it', async () => {
    const { followed } = await country.rd.operator('GET', '/v1/followed')
    const gone = (followed as { client: string }[]).filter(({ client }) => client === 'TH/GOV/GONE/main')
    expect(gone).toMatchObject([{ place: null, problem: 'client-unknown' }])
  })

  it('is handed nothing more when its grant is withdrawn, and its operator sees why', async () => {
    system.asked.length = 0
    await country.dopa.operator('DELETE', `/v1/grants/${followerGrant}`)
    await country.rd.gateway.directory.refresh()
    await publish(event(431))
    await expect.poll(async () => (await standing())?.problem, { timeout: 10_000 }).toBe('no-grant')
    expect(codes()).toEqual([])
    await grant(follower, ['events.event.postcode'])
    await country.rd.gateway.directory.refresh()
    await expect
      .poll(async () => (await standing())?.problem, { timeout: 10_000 })
      .toBe('topic-place-not-granted')
  })
})

describe('nothing is published', () => {
  const refused = async (answer: Response) => [answer.status, (await answer.json()).code]

  it('that is not JSON, or is too large', async () => {
    expect(await refused(await publish('{"a":1,"a":2}'))).toEqual([400, 'request-not-json'])
    expect(await refused(await publish('},"x":{'))).toEqual([400, 'request-not-json'])
    expect(await refused(await publish(''))).toEqual([400, 'request-not-json'])
    expect(await refused(await publish(JSON.stringify('x'.repeat(70_000))))).toEqual([413, 'body-too-large'])
  })

  it('to what is no topic, or by another subsystem', async () => {
    expect(await refused(await publish(event(1), {}, 'tellMove'))).toEqual([404, 'topic-unknown'])
    expect(await refused(await publish(event(1), { 'x-road-client': tax }))).toEqual([403, 'client-unknown'])
    expect(
      await refused(await publish(event(1), { 'x-road-client': tax }, 'readMoves', country.rd.edge)),
    ).toEqual([404, 'service-unknown'])
  })
})
