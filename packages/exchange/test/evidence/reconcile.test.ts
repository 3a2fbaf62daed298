import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { EvidenceKind } from '../../src/evidence/record.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, rd, TestCountry } from './country.ts'

let database: TestDatabase
let country: TestCountry
let evidence: Evidence

beforeEach(async () => {
  database = await evidenceDatabase()
  country = new TestCountry()
  evidence = country.evidence(database.pool, [dopa, rd])
  await country.join(evidence, [dopa, rd])
})

afterEach(async () => {
  await evidence.stop()
  await database.drop()
})

/** What the consumer's side settles when the provider says that it has these records. */
async function settledWith(kinds: EvidenceKind[] | undefined) {
  const { id, consumer } = country.exchange()
  await evidence.record([consumer.request])
  country.advance(120_000)
  const [settlement] = await evidence.reconcile(async () => kinds)
  return { problem: settlement?.problem, view: await evidence.show(id) }
}

describe('an exchange that a crash left one-sided', () => {
  test('and that the provider never got, is settled as not delivered', async () => {
    const { problem, view } = await settledWith([])
    expect(problem).toBe('exchange-not-delivered')
    expect(view).toMatchObject({ state: 'failed', problem: 'exchange-not-delivered' })
  })

  test('and that the provider answered, is settled as an answer lost', async () => {
    expect((await settledWith(['request', 'answer'])).problem).toBe('exchange-answer-lost')
  })

  test('and of which the provider does not know more, is settled as unknown', async () => {
    expect((await settledWith(['request'])).problem).toBe('exchange-outcome-unknown')
  })

  test('stays open where the provider cannot be asked, and is settled later', async () => {
    const { problem, view } = await settledWith(undefined)
    expect(problem).toBeNull()
    expect(view.state).toBe('asked')
    expect((await evidence.reconcile(async () => []))[0]?.problem).toBe('exchange-not-delivered')
    expect(await evidence.reconcile(async () => [])).toEqual([])
  })

  test('is settled by the provider without asking', async () => {
    const { id, provider } = country.exchange()
    await evidence.record([provider.request])
    country.advance(120_000)
    await evidence.reconcile(() => Promise.reject(new Error('must not be asked')))
    expect(await evidence.show(id)).toMatchObject({ state: 'failed', problem: 'exchange-outcome-unknown' })
  })

  test('is left alone while it may still be under way, and when it is whole', async () => {
    const whole = country.exchange()
    await evidence.record([whole.consumer.request, whole.consumer.answer])
    country.advance(120_000)
    await evidence.record([country.exchange().consumer.request])
    expect(await evidence.reconcile(async () => [])).toEqual([])
  })

  test('is settled once by several gateways at the same time, and the log stays whole', async () => {
    const other = country.evidence(database.pool, [dopa, rd])
    for (let i = 0; i < 5; i++) await evidence.record([country.exchange().consumer.request])
    country.advance(120_000)
    await Promise.all([evidence.reconcile(async () => []), other.reconcile(async () => [])])
    const { exchanges } = await evidence.list({})
    expect(exchanges.map(({ state }) => state)).toEqual(Array(5).fill('failed'))
    await evidence.flush(rd)
    expect((await evidence.audit(rd)).findings).toEqual([])
    await other.stop()
  })
})
