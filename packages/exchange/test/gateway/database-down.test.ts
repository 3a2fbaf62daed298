import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Country, startAgencies } from './agencies.ts'
import { type DatabaseProxy, databaseProxy } from './database-proxy.ts'
import { answerPerson, somebody } from './register.ts'
import { codeOf, craft, header, sendTo } from './wire.ts'

let country: Country
const settings = { timeouts: { database: 0.5 } }
const databases = { rd: databaseProxy(), dopa: databaseProxy() }

beforeAll(async () => {
  country = await startAgencies({
    rd: { throughDatabase: databases.rd.through, settings },
    dopa: { throughDatabase: databases.dopa.through, settings },
  })
  expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
})
afterAll(async () => {
  await Promise.all([databases.rd.restore(), databases.dopa.restore()])
  await country?.stop()
  await Promise.all([databases.rd.close(), databases.dopa.close()])
})
beforeEach(() => {
  country.register.asked.length = 0
  country.register.answering = answerPerson
})

async function ask(init = {}, path = `/persons/${somebody}`) {
  const answer = await country.ask(path, init)
  const text = await answer.text()
  return {
    status: answer.status,
    text,
    code: /\(([a-z0-9-]+)\)","detail"/.exec(text)?.[1],
    exchange: answer.headers.get('sapan-exchange') ?? '',
  }
}

const refused = { status: 503, code: 'evidence-unavailable' }

async function resumes() {
  await expect.poll(async () => (await ask()).status, { timeout: 15_000, interval: 100 }).toBe(200)
}

/** Every answer that a caller got has its evidence on both sides, and nothing was recorded twice. */
async function isProven(exchange: string) {
  for (const { pool } of [country.rd, country.dopa]) {
    const { rows } = await pool.query(
      'select kind, count(*)::int as n from evidence.record where exchange = $1 group by kind order by kind',
      [exchange],
    )
    expect(rows).toEqual([
      { kind: 'answer', n: 1 },
      { kind: 'request', n: 1 },
    ])
  }
}

describe.each([
  ['the consumer’s', databases.rd],
  ['the provider’s', databases.dopa],
] as [string, DatabaseProxy][])('while %s database is down', (_, database) => {
  it('no answer is given, and service resumes by itself', async () => {
    await database.cut()
    const during = await Promise.all([ask(), ask(), ask({ method: 'PUT', body: '{}' })])
    for (const answer of during) {
      expect(answer).toMatchObject(refused)
      expect(answer.text).not.toContain('สมชาย')
    }
    await database.restore()
    await resumes()
    const after = await ask()
    expect(after.status).toBe(200)
    await isProven(after.exchange)
  })

  it('a change is not sent to the provider’s system', async () => {
    await database.cut()
    expect(await ask({ method: 'PUT', body: '{}' })).toMatchObject(refused)
    expect(country.register.asked).toEqual([])
    await database.restore()
    await resumes()
  })

  it('or does not answer, nobody waits for ever', async () => {
    database.freeze()
    const during = await Promise.all([ask(), ask()])
    for (const answer of during) expect(answer).toMatchObject(refused)
    await database.restore()
    await resumes()
  })

  it('and breaks off in the middle of many exchanges, what was answered is proven', async () => {
    const asking = Promise.all(Array.from({ length: 30 }, () => ask()))
    await new Promise((resolve) => setImmediate(resolve))
    await database.cut()
    await database.restore()
    const answers = await asking
    for (const { status, code, exchange } of answers) {
      if (status === 200) await isProven(exchange)
      else expect(code).toBe('evidence-unavailable')
    }
    await resumes()
  })
})

describe('the provider’s gateway', () => {
  it('whose database goes down while its system answers keeps the answer to itself, and says so signed', async () => {
    country.register.answering = (request, response, body) => {
      void databases.dopa.cut().then(() => answerPerson(request, response, body))
    }
    const answer = await sendTo(country.dopa.peer, country.rd.membership.tls(), craft(country))
    expect([answer.status, codeOf(answer)]).toEqual([503, 'evidence-unavailable'])
    expect(header(answer, 'signature')).toBeDefined()
    expect(answer.body.toString()).not.toContain('สมชาย')
    country.register.answering = answerPerson
    await databases.dopa.restore()
    await resumes()
  })
})

describe('a gateway whose database is down', () => {
  it('says so to its operator, and is well again afterwards', async () => {
    await databases.rd.cut()
    const down = await fetch(`${country.rd.admin}/health`)
    expect([down.status, (await down.json()).database]).toEqual([503, 'down'])
    const list = await fetch(`${country.rd.admin}/v1/evidence`, {
      headers: { authorization: `Bearer ${country.rd.adminToken}` },
    })
    expect([list.status, (await list.json()).code]).toEqual([503, 'evidence-unavailable'])
    await databases.rd.restore()
    await expect
      .poll(async () => (await fetch(`${country.rd.admin}/health`)).status, { timeout: 10_000 })
      .toBe(200)
  })
})
