import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { generateSigner } from '@sapan/trust'
import { Value } from 'typebox/value'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GatewaySettings, type OpenedMessage, signSubjectToken, type UsagePage } from '../../src/index.ts'
import { type MessageReceipt, readReceipt, signReceipt } from '../../src/queue/receipt.ts'
import { buryUntold } from '../../src/queue/store/outgoing.ts'
import { buryOfLeft } from '../../src/queue/upkeep.ts'
import { client } from './agencies.ts'
import {
  accepting,
  noticeDescription,
  noticeGrant,
  notices,
  type QueueCountry,
  type SentMessage,
  startQueueCountry,
} from './queue-country.ts'
import { somebody, startRegister, type TestRegister } from './register.ts'
import { sendTo } from './wire.ts'

let country: QueueCountry
/** RD's own system, which is told what became of its messages. */
let sender: TestRegister

/** By how much DOPA's clock is wrong, in milliseconds. */
let ahead = 0
const issuer = 'https://id.example'
const identity = generateSigner('ecdsa-p256-sha256')
const hostedSender = 'TH/GOV/SSO/main'
const hostedNotices = 'TH/GOV/POST/main/notice-v1'

beforeAll(async () => {
  sender = await startRegister()
  country = await startQueueCountry({
    rd: { callbacks: [{ subsystem: client, url: `${sender.url}/messages` }] },
    agencies: {
      country: { subjectTokens: [{ issuer, jwk: { ...identity.publicKey.export({ format: 'jwk' }) } }] },
      rd: { hosting: ['SSO'] },
      dopa: { hosting: ['POST'], clock: () => Date.now() + ahead },
    },
  })
})
afterAll(async () => {
  await country?.stop()
  await sender?.close()
})
beforeEach(() => {
  country.register.asked.length = 0
  country.register.answering = accepting
  sender.asked.length = 0
  sender.answering = accepting
})

const move = (more: object = {}) => ({ nationalId: somebody, postcode: '10200', ...more })

/** What the sender's gateway tells the person of openings: under which exchange, and why. */
async function openingsTold(): Promise<{ exchange: string; reasons: string[] }[]> {
  const token = signSubjectToken(
    { issuer, subject: somebody, audience: 'TH/GOV/RD/gateway-1', tokenId: randomUUID() },
    { signer: identity, now: Date.now() },
  )
  const page = (await country.rd.operator('POST', '/v1/usage', { token, limit: 200 })) as unknown as UsagePage
  return page.accesses.flatMap((access) =>
    access.withheld || !access.openings
      ? []
      : [{ exchange: access.exchange, reasons: access.openings.map(({ reason }) => reason) }],
  )
}

/** As it stands: `fetch` would mend the path. */
function rawRequest(origin: string, method: string, path: string): Promise<[status: number, text: string]> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-road-client': client, 'content-type': 'application/json' }
    const { hostname, port } = new URL(origin)
    request({ hostname, port, method, path, headers }, async (answer) => {
      const pieces: Buffer[] = []
      for await (const piece of answer) pieces.push(piece)
      resolve([answer.statusCode ?? 0, Buffer.concat(pieces).toString()])
    })
      .once('error', reject)
      .end(method === 'GET' ? undefined : '{}')
  })
}

async function sentAs(message: string, more: object = {}, headers: Record<string, string> = {}) {
  const answer = await country.send(move(more), { 'sapan-message': message, ...headers })
  expect(answer.status).toBe(202)
  return (await answer.json()) as SentMessage
}

const becomes = (message: string, state: string) =>
  expect.poll(async () => (await country.sent(message)).state, { timeout: 10_000 }).toBe(state)

const deadLetters = async () =>
  (await country.rd.operator('GET', '/v1/messages?state=dead')).messages as SentMessage[]

describe('a message that waits', () => {
  it('is acknowledged when it is kept, and reaches the receiver’s system with who sent it and why', async () => {
    const id = randomUUID()
    const queued = await sentAs(id)
    expect(['queued', 'delivered', 'accepted']).toContain(queued.state)
    await becomes(id, 'accepted')
    const { messages } = await country.rd.operator('GET', '/v1/messages?state=accepted')
    expect(messages).toMatchObject([{ message: id, state: 'accepted' }])
    const [taken, ...more] = country.taken()
    expect(more).toEqual([])
    expect(taken).toMatchObject({ message: id, body: move() })
    expect(taken?.headers).toMatchObject({
      'x-road-client': client,
      'sapan-purpose': 'address-change',
      'sapan-sender': 'TH/GOV/RD',
      'content-type': 'application/json',
    })
  })

  it('has receipts, each signed by the member that says it, of this body', async () => {
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'accepted')
    const { receipts } = await country.sent(id)
    const said = [receipts.queued, receipts.delivered ?? '', receipts.outcome ?? ''].map(readReceipt)
    expect(said.map(({ receipt }) => receipt.state)).toEqual(['queued', 'delivered', 'accepted'])
    expect(
      new Set(said.map(({ receipt }) => `${receipt.message} ${receipt.sender} ${receipt.digest}`)).size,
    ).toBe(1)
    const { members } = country.rd.gateway.directory.current().directory
    const signers = said.map(
      ({ chain: [leaf] }) =>
        members.find(({ signing }) => signing.includes(leaf?.toString('base64') ?? ''))?.id,
    )
    expect(signers).toEqual(['TH/GOV/RD', 'TH/GOV/DOPA', 'TH/GOV/DOPA'])
  })

  it('leaves evidence on both sides, as any exchange does', async () => {
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'accepted')
    const exchange = String(country.taken()[0]?.headers['sapan-exchange'])
    for (const side of [country.rd, country.dopa]) {
      const shown = await side.operator('GET', `/v1/evidence/${exchange}`)
      expect(shown).toMatchObject({ operation: 'tellMove', purpose: 'address-change' })
      expect((shown.records as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual([
        'answer',
        'request',
      ])
    }
  })

  it('is kept sealed while it waits, and its body no longer than it is needed', async () => {
    country.register.answering = (_request, response) => response.writeHead(503).end()
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'delivered')
    const rows = async (side: 'rd' | 'dopa', table: string) =>
      (await country[side].pool.query(`select * from ${table} where message = $1`, [id])).rows
    for (const row of [...(await rows('rd', 'queue.outgoing')), ...(await rows('dopa', 'queue.incoming'))]) {
      expect(row.content).not.toBeNull()
      expect(row.content.includes(somebody)).toBe(false)
    }
    const { messages } = await country.dopa.operator('GET', '/v1/messages-received?state=waiting')
    expect(messages).toMatchObject([{ message: id, problem: 'message-put-off' }])
    country.register.answering = accepting
    await becomes(id, 'accepted')
    expect((await rows('rd', 'queue.outgoing'))[0].content).toBeNull()
    expect((await rows('dopa', 'queue.incoming'))[0].content).toBeNull()
  })
})

describe('the same message again', () => {
  it('gets the original receipt and is handed on once', async () => {
    const id = randomUUID()
    const first = await sentAs(id)
    await becomes(id, 'accepted')
    const second = await sentAs(id)
    expect(second.receipts.queued).toBe(first.receipts.queued)
    expect(second.state).toBe('accepted')
    expect(country.taken().filter(({ message }) => message === id)).toHaveLength(1)
  })

  it('is refused with another body', async () => {
    const id = randomUUID()
    await sentAs(id)
    const answer = await country.send(move({ postcode: '50000' }), { 'sapan-message': id })
    expect([answer.status, (await answer.json()).code]).toEqual([409, 'message-id-taken'])
  })

  it('is known at the receiver too, whose first receipt stands', async () => {
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'accepted')
    const { receipts } = await country.sent(id)
    await country.rd.pool.query('delete from queue.outgoing where message = $1', [id])
    await sentAs(id)
    await expect.poll(async () => (await country.sent(id)).receipts.delivered).toBe(receipts.delivered)
    expect(country.taken().filter(({ message }) => message === id)).toHaveLength(1)
    await country.rd.pool.query('delete from queue.outgoing where message = $1', [id])
    await sentAs(id, { postcode: '50000' })
    await becomes(id, 'dead')
    expect((await country.sent(id)).problem).toBe('message-id-taken')
  })
})

describe('what the receiver’s system says', () => {
  it('rejects with a reason that the sender sees, and with nothing that was not granted', async () => {
    country.register.answering = (_request, response) => {
      response.writeHead(422, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify({ title: 'No such postcode', status: 422, detail: 'a secret of DOPA' }))
    }
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'rejected')
    const { reason, receipts } = await country.sent(id)
    expect(reason).toBe('HTTP 422: No such postcode')
    expect(readReceipt(receipts.outcome ?? '').receipt).toMatchObject({ state: 'rejected', reason })
    expect(JSON.stringify(await country.sent(id))).not.toContain('secret')
  })

  it('is asked again while it fails', async () => {
    let tries = 0
    country.register.answering = (request, response, body) => {
      tries++
      if (tries < 4) response.writeHead(tries === 1 ? 500 : 429).end()
      else accepting(request, response, body)
    }
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'accepted')
    expect(tries).toBe(4)
  })
})

describe('what the two gateways see differently', () => {
  it('lets a message wait, and is no fault of it: a clock that is wrong', async () => {
    ahead = 600_000
    const id = randomUUID()
    await sentAs(id)
    await expect.poll(async () => (await country.sent(id)).problem, { timeout: 10_000 }).toBe('message-stale')
    expect((await country.sent(id)).state).toBe('queued')
    const late = randomUUID()
    await sentAs(late)
    await expect
      .poll(async () => (await country.sent(late)).problem, { timeout: 10_000 })
      .toBe('message-stale')
    await country.rd.pool.query('update queue.outgoing set expires_at = now() where message = $1', [late])
    await becomes(late, 'dead')
    expect(await country.sent(late)).toMatchObject({ problem: 'message-expired', reason: 'message-stale' })
    ahead = 0
    await becomes(id, 'accepted')
  })
})

describe('messages with an order key', () => {
  it('are handed on in the order in which they were sent, each after the one before is done', async () => {
    let tries = 0
    country.register.answering = (request, response, body) => {
      if (tries++ % 3 === 0) response.writeHead(503).end()
      else accepting(request, response, body)
    }
    const ids = Array.from({ length: 6 }, () => randomUUID())
    for (const [n, id] of ids.entries()) await sentAs(id, { n }, { 'sapan-order-key': 'house-1' })
    await becomes(ids.at(-1) ?? '', 'accepted')
    const order = country.taken().map(({ body }) => Number(body.n))
    expect([...new Set(order)]).toEqual([0, 1, 2, 3, 4, 5])
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  it('go on behind one that was rejected', async () => {
    country.register.answering = (request, response, body) => {
      if (JSON.parse(body.toString()).n === 0) response.writeHead(422).end()
      else accepting(request, response, body)
    }
    const [first, second] = [randomUUID(), randomUUID()]
    await sentAs(first, { n: 0 }, { 'sapan-order-key': 'house-2' })
    await sentAs(second, { n: 1 }, { 'sapan-order-key': 'house-2' })
    await becomes(second, 'accepted')
    expect((await country.sent(first)).state).toBe('rejected')
  })
})

describe('a queue whose messages the receiver’s system fetches', () => {
  const inbox = (path: string, body: object, as = 'TH/GOV/DOPA/main', at = country.dopa.edge) =>
    fetch(`${at}/m1/inbox/${path}`, {
      method: 'POST',
      headers: { 'x-road-client': as, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const take = async (more: object = {}) => {
    const answer = await inbox('take', { service: notices, operation: 'sendLetter', ...more })
    expect(answer.status).toBe(200)
    return (await answer.json()).messages as {
      number: number
      message: string
      body: string
      attempts: number
    }[]
  }
  async function letter(n: number): Promise<string> {
    const id = randomUUID()
    expect((await country.send(move({ n }), { 'sapan-message': id }, `${notices}/letters`)).status).toBe(202)
    await becomes(id, 'delivered')
    return id
  }
  const said = async (answer: Response) => [answer.status, (await answer.json()).code]

  it('gives each to one taker, and again when its time is over; what is accepted is told to the sender', async () => {
    const ids = [await letter(1), await letter(2), await letter(3)]
    const [first, second] = await Promise.all([take({ most: 2, seconds: 1 }), take({ most: 2, seconds: 30 })])
    const all = [...first, ...second]
    expect(all.map(({ message }) => message).sort()).toEqual([...ids].sort())
    expect(JSON.parse(Buffer.from(all[0]?.body ?? '', 'base64').toString())).toMatchObject({
      nationalId: somebody,
    })
    expect(await take()).toEqual([])
    await expect
      .poll(() => take({ most: 10 }), { timeout: 5_000 })
      .toMatchObject(first.map(({ number }) => ({ number, attempts: 2 })))
    for (const { number } of all) expect((await inbox(`${number}/accept`, {})).status).toBe(200)
    for (const id of ids) await becomes(id, 'accepted')
    expect(country.taken()).toEqual([])
  })

  it('lets the first word count', async () => {
    const id = await letter(1)
    const [taken] = await take()
    const reject = () => inbox(`${taken?.number}/reject`, { reason: 'No such house' })
    expect((await reject()).status).toBe(200)
    expect((await reject()).status).toBe(200)
    expect(await said(await inbox(`${taken?.number}/accept`, {}))).toEqual([409, 'message-settled'])
    await becomes(id, 'rejected')
    expect((await country.sent(id)).reason).toBe('No such house')
  })

  it('is open to its own subsystem alone', async () => {
    await letter(1)
    const question = { service: notices, operation: 'sendLetter' }
    expect(await said(await inbox('take', question, client))).toEqual([403, 'client-unknown'])
    expect(await said(await inbox('take', question, client, country.rd.edge))).toEqual([
      404,
      'service-unknown',
    ])
    expect(await said(await inbox('take', { service: notices, operation: 'tellMove' }))).toEqual([
      404,
      'queue-unknown',
    ])
    expect(await said(await inbox('take', { ...question, most: 11 }))).toEqual([422, 'request-invalid'])
    const [taken] = await take()
    expect(await said(await inbox(`${taken?.number}/accept`, {}, client, country.rd.edge))).toEqual([
      404,
      'message-unknown',
    ])
    expect(await said(await inbox('999999/accept', {}))).toEqual([404, 'message-unknown'])
    expect((await inbox(`${taken?.number}/accept`, {})).status).toBe(200)
  })
})

describe('the sender’s own system', () => {
  const told = () =>
    sender.asked.map(({ headers, body }) => ({
      ...(JSON.parse(body.toString()) as SentMessage),
      named: [headers['sapan-message'], headers['x-road-client']],
    }))
  const toldOf = (id: string) => told().filter(({ message }) => message === id)
  const isTold = (id: string, times = 1) =>
    expect.poll(() => toldOf(id).length, { timeout: 10_000 }).toBe(times)

  it('is told what became of a message, as it could ask, at the address that its operator has named', async () => {
    const id = randomUUID()
    await sentAs(id)
    await isTold(id)
    expect(toldOf(id)).toEqual([{ ...(await country.sent(id)), named: [id, client] }])
    expect(toldOf(id)[0]?.state).toBe('accepted')
    expect(sender.asked[0]).toMatchObject({ method: 'POST', url: '/messages' })
  })

  it('is told of a dead letter, and of what becomes of it late', async () => {
    country.register.answering = (_request, response) => response.writeHead(503).end()
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'delivered')
    const { rd } = country
    await rd.pool.query(`update queue.outgoing set expires_at = now() where message = $1`, [id])
    await buryUntold(rd.pool, Date.now() + 1_000, [client])
    await isTold(id)
    country.register.answering = accepting
    await isTold(id, 2)
    expect(toldOf(id).map(({ state }) => state)).toEqual(['dead', 'accepted'])
  })

  it('is told again until it takes it, in the order of the messages, and after a restart', async () => {
    sender.answering = (_request, response) => response.writeHead(404).end()
    const ids = Array.from({ length: 3 }, () => randomUUID())
    for (const id of ids) await sentAs(id, {}, { 'sapan-order-key': 'house-9' })
    await becomes(ids.at(-1) ?? '', 'accepted')
    await expect.poll(() => toldOf(ids[0] ?? '').length, { timeout: 10_000 }).toBeGreaterThan(1)
    expect(new Set(told().map(({ message }) => message))).toEqual(new Set([ids[0]]))
    await country.rd.restart()
    sender.answering = accepting
    sender.asked.length = 0
    await isTold(ids.at(-1) ?? '')
    expect(told().map(({ message }) => message)).toEqual(ids)
    // What was told is forgotten behind the answer.
    await expect
      .poll(async () => (await country.rd.pool.query('select * from queue.callback')).rows)
      .toEqual([])
  })

  it('is told no more when the time of messages is over, nor where the operator names it no more', async () => {
    sender.answering = (_request, response) => response.writeHead(500).end()
    const id = randomUUID()
    await sentAs(id)
    await expect.poll(() => toldOf(id).length, { timeout: 10_000 }).toBeGreaterThan(0)
    const { pool } = country.rd
    await pool.query(`update queue.callback set created_at = now() - interval '1 hour'`)
    const { rows } = await pool.query<{ number: string }>('select number from queue.outgoing limit 1')
    const another = `insert into queue.callback (outgoing, client, target) values ($1, 'TH/GOV/RD/other', '/r1/x')`
    await pool.query(another, [rows[0]?.number])
    const left = async () => (await pool.query('select * from queue.callback')).rows
    await expect.poll(left, { timeout: 10_000 }).toEqual([])
    expect(told().filter(({ named }) => named[1] !== client)).toEqual([])
  })
})

describe('a dead letter', () => {
  /** The receiver's system is down, so that the second of two in order waits at its sender. */
  async function waitingBehindAnother(): Promise<string> {
    country.register.answering = (_request, response) => response.writeHead(503).end()
    const [first, second] = [randomUUID(), randomUUID()]
    await sentAs(first, {}, { 'sapan-order-key': first })
    await becomes(first, 'delivered')
    await sentAs(second, {}, { 'sapan-order-key': first })
    return second
  }

  it('is what could not be delivered in its time', async () => {
    const id = await waitingBehindAnother()
    await country.rd.pool.query(`update queue.outgoing set expires_at = now() where message = $1`, [id])
    country.register.answering = accepting
    await becomes(id, 'dead')
    expect((await country.sent(id)).problem).toBe('message-expired')
  })

  it('is what the receiver’s system did not take in its time', async () => {
    country.register.answering = (_request, response) => response.writeHead(503).end()
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'delivered')
    await country.dopa.pool.query(`update queue.incoming set expires_at = now() where message = $1`, [id])
    await becomes(id, 'dead')
    expect((await country.sent(id)).problem).toBe('message-not-taken')
    const { messages } = await country.dopa.operator('GET', '/v1/messages-received?state=expired')
    expect(messages).toMatchObject([{ message: id }])
  })

  it('is what waits when its grant is withdrawn; a person sees why, mends it and sends it again', async () => {
    const id = await waitingBehindAnother()
    await country.dopa.operator('DELETE', `/v1/grants/${country.grantHash}`)
    await country.rd.gateway.directory.refresh()
    country.register.answering = accepting
    await becomes(id, 'dead')
    const dead = (await deadLetters()).find(({ message }) => message === id)
    expect(dead?.problem).toBe('no-grant')
    const reason = 'complaint 66 of 2569'
    const open = () => country.rd.operator('POST', `/v1/messages/${dead?.number}/opening`, { reason })
    const opened = (await open()) as unknown as OpenedMessage
    expect(opened).toMatchObject({ message: id, reason, contentType: 'application/json' })
    expect(JSON.parse('text' in opened.body ? opened.body.text : '')).toEqual(move())
    // Nothing of it was ever signed: from now on there is an exchange that failed, under which the person is told.
    expect(await country.rd.operator('GET', `/v1/evidence/${opened.exchange}`)).toMatchObject({
      state: 'failed',
      problem: 'no-grant',
      openings: [{ by: opened.by, reason }],
    })
    expect(await openingsTold()).toEqual([{ exchange: opened.exchange, reasons: [reason] }])
    expect(((await open()) as unknown as OpenedMessage).exchange).toBe(opened.exchange)
    expect(await openingsTold()).toEqual([{ exchange: opened.exchange, reasons: [reason, reason] }])

    await country.dopa.operator('POST', '/v1/grants', noticeGrant)
    await country.rd.gateway.directory.refresh()
    const mended = Buffer.from(JSON.stringify(move({ postcode: '10300' }))).toString('base64')
    const resent = (await country.rd.operator('POST', `/v1/messages/${dead?.number}/resend`, {
      body: mended,
    })) as unknown as SentMessage
    expect(resent.resendOf).toBe(dead?.number)
    await becomes(resent.message, 'accepted')
    expect(country.taken().at(-1)?.body.postcode).toBe('10300')
    expect((await country.sent(id)).state).toBe('dropped')
    await expect(country.rd.operator('POST', `/v1/messages/${dead?.number}/resend`, {})).rejects.toThrow(
      'message-not-dead',
    )
  })

  it('is opened under the exchange in which it was last sent, while it is a dead letter', async () => {
    country.register.answering = (_request, response) => response.writeHead(422).end()
    const id = randomUUID()
    const { number } = await sentAs(id)
    await becomes(id, 'rejected')
    const reason = 'the receiver asks what it was'
    const open = () => country.rd.operator('POST', `/v1/messages/${number}/opening`, { reason })
    const { exchange } = (await open()) as unknown as OpenedMessage
    expect(await country.rd.operator('GET', `/v1/evidence/${exchange}`)).toMatchObject({
      state: 'delivered',
      openings: [{ reason }],
    })
    expect((await country.sent(id)).exchange).toBe(exchange)
    expect(await openingsTold()).toContainEqual({ exchange, reasons: [reason] })
    // Of a try whose evidence could not be kept there is none: it is opened as one that was never sent.
    const lost = randomUUID()
    await country.rd.pool.query('update queue.outgoing set exchange = $2 where number = $1', [number, lost])
    const again = (await open()) as unknown as OpenedMessage
    expect(again.exchange).not.toBe(lost)
    expect(await openingsTold()).toContainEqual({ exchange: again.exchange, reasons: [reason] })
    await country.rd.operator('DELETE', `/v1/messages/${number}`)
    await expect(open()).rejects.toThrow('message-not-dead')
  })

  it('can be dropped, once', async () => {
    country.register.answering = (_request, response) => response.writeHead(400).end()
    const id = randomUUID()
    const { number } = await sentAs(id)
    await becomes(id, 'rejected')
    await country.rd.operator('DELETE', `/v1/messages/${number}`)
    expect((await country.sent(id)).state).toBe('dropped')
    const told = () => sender.asked.map(({ body }) => JSON.parse(body.toString()) as SentMessage)
    await expect
      .poll(
        () =>
          told()
            .filter(({ message }) => message === id)
            .at(-1)?.state,
        { timeout: 10_000 },
      )
      .toBe('dropped')
    await expect(country.rd.operator('DELETE', `/v1/messages/${number}`)).rejects.toThrow('message-not-dead')
  })
})

describe('a member that leaves while messages wait', () => {
  const end = (side: 'rd' | 'dopa', member: string) =>
    country[side].operator('DELETE', `/v1/members/${encodeURIComponent(member)}`)

  it('is told of nothing any more where it had sent: the outcome is kept, and why nobody was told', async () => {
    const { rd, dopa } = country
    await dopa.operator('POST', '/v1/grants', { ...noticeGrant, consumer: hostedSender })
    await rd.gateway.directory.refresh()
    country.register.answering = (_request, response) => response.writeHead(503).end()
    const id = randomUUID()
    await country.send(move(), { 'sapan-message': id, 'x-road-client': hostedSender })
    const row = async () => {
      const text = 'select state, problem, told_at from queue.incoming where message = $1'
      return (await dopa.pool.query(text, [id])).rows[0]
    }
    await expect.poll(async () => (await row())?.state, { timeout: 10_000 }).toBe('waiting')
    await end('rd', 'TH/GOV/SSO')
    await dopa.gateway.directory.refresh()
    country.register.answering = accepting
    await expect
      .poll(row, { timeout: 10_000 })
      .toMatchObject({ state: 'accepted', problem: 'provider-without-gateway', told_at: expect.any(Date) })
  })

  it('leaves dead letters behind where it was to receive, of what it had taken and of what waits behind that', async () => {
    const { rd, dopa } = country
    const offered = { subsystem: 'TH/GOV/POST/main', openapi: noticeDescription, url: country.register.url }
    await dopa.operator('POST', '/v1/services', offered)
    await dopa.operator('POST', '/v1/grants', { ...noticeGrant, service: hostedNotices })
    await rd.gateway.directory.refresh()
    country.register.answering = (_request, response) => response.writeHead(503).end()
    const [first, second] = [randomUUID(), randomUUID()]
    for (const id of [first, second]) {
      const headers = { 'sapan-message': id, 'sapan-order-key': 'house-3' }
      expect((await country.send(move(), headers, `${hostedNotices}/moves`)).status).toBe(202)
    }
    await becomes(first, 'delivered')
    await end('dopa', 'TH/GOV/POST')
    await rd.gateway.directory.refresh()
    await buryOfLeft({ pool: rd.pool, directory: rd.gateway.directory, settings: rd.settings })
    expect(await country.sent(first)).toMatchObject({ state: 'dead', problem: 'provider-without-gateway' })
    await becomes(second, 'dead')
    expect((await country.sent(second)).problem).toBe('service-unknown')
  })
})

describe('an outcome that is refused', () => {
  it('by the sender’s gateway for what it is, is told no more', async () => {
    country.register.answering = (_request, response) => response.writeHead(503).end()
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'delivered')
    await country.rd.pool.query('delete from queue.outgoing where message = $1', [id])
    country.register.answering = accepting
    const text = 'select problem, told_at from queue.incoming where message = $1'
    await expect
      .poll(async () => (await country.dopa.pool.query(text, [id])).rows[0], { timeout: 10_000 })
      .toMatchObject({ problem: 'message-unknown', told_at: expect.any(Date) })
  })
})

describe('the door by which outcomes are told', () => {
  /** A message that DOPA's system has not taken, and what DOPA could say of it. */
  async function delivered(): Promise<MessageReceipt> {
    country.register.answering = (_request, response) => response.writeHead(503).end()
    const id = randomUUID()
    await sentAs(id)
    await becomes(id, 'delivered')
    const { receipts } = await country.sent(id)
    return { ...readReceipt(receipts.delivered ?? '').receipt, state: 'accepted' }
  }
  const signed = (by: 'rd' | 'dopa', said: MessageReceipt) => {
    const { member, membership } = country[by]
    const signer = membership.signers().find((one) => one.member === member)
    if (!signer) throw new Error('there is no signer')
    return signReceipt(said, signer)
  }
  async function tell(as: 'rd' | 'dopa', receipt: string): Promise<[number, string]> {
    const body = Buffer.from(JSON.stringify({ receipt }))
    const { peer } = country.rd
    const answer = await sendTo(peer, country[as].membership.tls(), {
      method: 'POST',
      target: '/sapan/v1/message-outcome',
      headers: [
        ['host', new URL(peer).host],
        ['content-type', 'application/json'],
        ['content-length', String(body.length)],
      ],
      body,
    })
    return [answer.status, JSON.parse(answer.body.toString()).code]
  }

  it('is open to the receiver’s own word, brought by a gateway that speaks for it', async () => {
    const said = await delivered()
    const invalid = [422, 'message-receipt-invalid']
    expect(await tell('dopa', signed('rd', said))).toEqual(invalid)
    expect(await tell('dopa', signed('dopa', { ...said, digest: '0'.repeat(64) }))).toEqual(invalid)
    expect(await tell('dopa', signed('dopa', { ...said, state: 'queued' }))).toEqual(invalid)
    expect((await tell('dopa', 'x'))[1]).toBe('jws-malformed')
    const unknown = [404, 'message-unknown']
    expect(await tell('dopa', signed('dopa', { ...said, message: 'nothing' }))).toEqual(unknown)
    // To one who has no part in it, there is no such message; where a member has just moved, its word is to come again.
    expect(await tell('rd', signed('rd', said))).toEqual(unknown)
    expect(await tell('rd', signed('dopa', said))).toEqual([403, 'peer-not-for-member'])
    const elsewhere = { ...said, sender: 'TH/GOV/DOPA/main' }
    expect(await tell('dopa', signed('dopa', elsewhere))).toEqual([503, 'gateway-not-ready'])
    expect((await country.sent(said.message)).state).toBe('delivered')
    expect((await tell('dopa', signed('dopa', said)))[0]).toBe(200)
    expect((await country.sent(said.message)).state).toBe('accepted')
    country.register.answering = accepting
    await expect
      .poll(() => country.taken().some(({ message }) => message === said.message), { timeout: 10_000 })
      .toBe(true)
    const waiting = async () =>
      (await country.dopa.operator('GET', '/v1/messages-received?state=waiting')).messages
    await expect.poll(waiting, { timeout: 10_000 }).toEqual([])
  })
})

describe('systems that a gateway is told of', () => {
  const told = (queue: object) =>
    Value.Check(GatewaySettings.properties.queue, Value.Default(GatewaySettings.properties.queue, queue))
  const follow = { client, service: notices, operation: 'readMoves', url: 'http://127.0.0.1:8080/moves' }

  it('have an address without query, credentials or fragment, and whole names', () => {
    expect(told({ callbacks: [{ subsystem: client, url: 'https://[::1]:8443' }], follow: [follow] })).toBe(
      true,
    )
    for (const url of [
      '',
      'ftp://x/',
      'http://x/?token=1',
      'http://me:secret@x/',
      'http://x/#a',
      'http:// x/',
      'file:///etc/passwd',
    ]) {
      expect(told({ callbacks: [{ subsystem: client, url }] })).toBe(false)
      expect(told({ follow: [{ ...follow, url }] })).toBe(false)
    }
    expect(told({ callbacks: [{ subsystem: 'TH/GOV/RD', url: follow.url }] })).toBe(false)
    expect(told({ follow: [{ ...follow, service: client }] })).toBe(false)
    expect(told({ follow: [{ ...follow, seconds: 0 }] })).toBe(false)
  })
})

describe('what is refused at once', () => {
  afterEach(() => expect(country.taken()).toEqual([]))

  const refused = async (answer: Response) => [answer.status, (await answer.json()).code]

  it('a message to what is no queue, and a call to what is one', async () => {
    expect(await refused(await country.send(move(), {}, `${notices}/asked`))).toEqual([404, 'queue-unknown'])
    const called = await fetch(`${country.rd.edge}/r1/${notices}/moves`, {
      method: 'POST',
      headers: { 'x-road-client': client, accept: 'application/problem+json', 'sapan-message': 'x' },
      body: JSON.stringify(move()),
    })
    expect(await refused(called)).toEqual([400, 'queue-only'])
  })

  it.each([
    ['an id with a space', { 'sapan-message': 'a b' }, 400, 'message-id-malformed'],
    ['an id that is too long', { 'sapan-message': 'a'.repeat(65) }, 400, 'message-id-malformed'],
    ['an order key of another form', { 'sapan-order-key': 'a/b' }, 400, 'message-id-malformed'],
    ['a purpose that was not granted', { 'sapan-purpose': 'curiosity' }, 403, 'purpose-not-granted'],
    ['a subsystem of another member', { 'x-road-client': 'TH/GOV/DOPA/main' }, 403, 'client-unknown'],
  ])('%s', async (_name, headers, status, code) => {
    expect(await refused(await country.send(move(), headers))).toEqual([status, code])
  })

  it.each([
    ['POST', '/m1/'],
    ['POST', '/m1/TH/GOV/DOPA'],
    ['POST', `/m1/${notices}/../moves`],
    ['POST', `/m1/${notices}/moves?x=1`],
    ['POST', `/m1/${notices}/moves%00`],
    ['PUT', `/m1/${notices}/moves`],
    ['GET', `/m1/${notices}/moves`],
    ['GET', '/m1/messages/%00'],
    ['GET', '/m1/messages/%zz'],
    ['POST', '/m1/inbox/take'],
    ['POST', '/m1/inbox/x/accept'],
    ['POST', '/m1/topics'],
  ])('%s %s, as a problem and never as a fault', async (method, path) => {
    const [status, text] = await rawRequest(country.rd.edge, method, path)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(text).not.toContain('gateway-fault')
  })

  it('a message that is too large', async () => {
    const answer = await country.send(move({ text: 'x'.repeat(64 * 1024) }))
    expect(await refused(answer)).toEqual([413, 'body-too-large'])
  })

  it('to see another’s message, or one that there is not', async () => {
    const answer = await fetch(`${country.rd.edge}/m1/messages/nothing`, {
      headers: { 'x-road-client': client },
    })
    expect(answer.status).toBe(404)
    const nobody = await fetch(`${country.rd.edge}/m1/messages/nothing`)
    expect(nobody.status).toBe(400)
  })
})
