import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Country, startAgencies } from './agencies.ts'
import type { TestGateway } from './country.ts'
import { databaseProxy } from './database-proxy.ts'
import { type Middleman, startMiddleman } from './middleman.ts'
import { answerPerson, somebody } from './register.ts'

let country: Country
let middleman: Middleman
let ahead = 0
const databases = { rd: databaseProxy(), dopa: databaseProxy() }

beforeAll(async () => {
  const clock = () => Date.now() + ahead
  const settings = { timeouts: { database: 1 } }
  country = await startAgencies({
    rd: { clock, settings, throughDatabase: databases.rd.through },
    dopa: { clock, settings, throughDatabase: databases.dopa.through, behindMiddleman: true },
  })
  middleman = await startMiddleman(country.rd, country.dopa)
  expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
})
afterAll(async () => {
  await Promise.all([databases.rd.restore(), databases.dopa.restore()])
  await middleman?.close()
  await country?.stop()
  await Promise.all([databases.rd.close(), databases.dopa.close()])
})
beforeEach(() => {
  ahead = 0
  middleman.reset()
  country.register.answering = answerPerson
})

/** A change whose exchange ends in the middle; its number. */
async function broken(): Promise<string> {
  const answer = await country.ask(`/persons/${somebody}`, { method: 'PUT', body: '{}' })
  expect(answer.status).toBe(503)
  return answer.headers.get('sapan-exchange') ?? ''
}

async function kinds(
  { pool }: TestGateway,
  exchange: string,
): Promise<[kind: string, problem: string | null][]> {
  const { rows } = await pool.query(
    'select kind, problem from evidence.record where exchange = $1 order by kind desc',
    [exchange],
  )
  return rows.map(({ kind, problem }) => [kind, problem])
}

async function reconciled(gateway: TestGateway, exchange: string): Promise<string | null | undefined> {
  ahead = 90_000
  const { settled } = await gateway.operator('POST', '/v1/reconcile')
  return (settled as { exchange: string; problem: string | null }[]).find((one) => one.exchange === exchange)
    ?.problem
}

async function up(database: typeof databases.rd) {
  await database.restore()
  const answers = async () => (await country.ask(`/persons/${somebody}`)).status
  await expect.poll(answers, { timeout: 15_000, interval: 100 }).toBe(200)
}

describe('what a crash left one-sided is settled', () => {
  it('at the consumer: the provider answered, and the answer was lost', async () => {
    country.register.answering = (request, response, body) => {
      void databases.rd.cut().then(() => answerPerson(request, response, body))
    }
    const exchange = await broken()
    country.register.answering = answerPerson
    await up(databases.rd)
    expect(await kinds(country.rd, exchange)).toEqual([['request', null]])
    expect(await kinds(country.dopa, exchange)).toEqual([
      ['request', null],
      ['answer', null],
    ])
    expect(await reconciled(country.rd, exchange)).toBe('exchange-answer-lost')
    expect(await kinds(country.rd, exchange)).toEqual([
      ['request', null],
      ['failure', 'exchange-answer-lost'],
    ])
  })

  it('at the consumer: the provider never heard of it', async () => {
    middleman.onRequest = () => {
      void databases.rd.cut()
      throw new Error('lost')
    }
    const exchange = await broken()
    middleman.reset()
    await up(databases.rd)
    expect(await kinds(country.dopa, exchange)).toEqual([])
    expect(await reconciled(country.rd, exchange)).toBe('exchange-not-delivered')
  })

  it('at the consumer: not before the provider can be asked', async () => {
    middleman.onRequest = () => {
      void databases.rd.cut()
      throw new Error('lost')
    }
    const exchange = await broken()
    middleman.reset()
    await up(databases.rd)
    middleman.onAnswer = () => {
      throw new Error('lost as well')
    }
    expect(await reconciled(country.rd, exchange)).toBeNull()
    middleman.reset()
    expect(await reconciled(country.rd, exchange)).toBe('exchange-not-delivered')
  })

  it('at the provider: its system was asked, and nobody knows what came of it', async () => {
    country.register.answering = (request, response, body) => {
      void databases.dopa.cut().then(() => answerPerson(request, response, body))
    }
    const exchange = await broken()
    country.register.answering = answerPerson
    await up(databases.dopa)
    expect(await kinds(country.dopa, exchange)).toEqual([['request', null]])
    expect(await kinds(country.rd, exchange)).toEqual([
      ['request', null],
      ['answer', 'evidence-unavailable'],
    ])
    expect(await reconciled(country.dopa, exchange)).toBe('exchange-outcome-unknown')
  })

  it('once: another round finds nothing more to settle', async () => {
    ahead = 90_000
    for (const gateway of [country.rd, country.dopa]) {
      await gateway.operator('POST', '/v1/reconcile')
      expect(await gateway.operator('POST', '/v1/reconcile')).toEqual({ settled: [] })
    }
  })
})
