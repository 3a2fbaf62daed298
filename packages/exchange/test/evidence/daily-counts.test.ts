import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { EvidenceRecord } from '../../src/evidence/record.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'

let database: TestDatabase
let country: TestCountry
let evidence: Evidence
const always = { from: '2000-01-01', to: '2999-12-31' }

beforeAll(async () => {
  database = await evidenceDatabase()
  country = new TestCountry()
  evidence = country.evidence(database.pool, [dopa])
  await country.join(evidence, [dopa])
})

afterAll(async () => {
  await evidence.stop()
  await database.drop()
})

/** What the records themselves add up to, by operation and outcome. */
async function scanned(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ what: string; count: string; people: string }>(
    `select operation || ' ' || case when kind = 'failure' then 'failed' when problem is null then 'answered' else 'refused' end
       as what, count(*) as count, sum(length(subjects) / 32) as people
     from evidence.whole_record where kind <> 'request' group by 1`,
  )
  return Object.fromEntries(
    rows.flatMap(({ what, count, people }) => [
      [what, Number(count)],
      [`people of ${what}`, Number(people)],
    ]),
  )
}

async function counted(): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const { operation, outcome, exchanges, people } of await evidence.counts([dopa], always)) {
    const what = `${operation} ${outcome}`
    sums[what] = (sums[what] ?? 0) + exchanges
    sums[`people of ${what}`] = (sums[`people of ${what}`] ?? 0) + people
  }
  return sums
}

async function flushed(): Promise<void> {
  await evidence.flush(dopa)
}

describe('the counts of days', () => {
  it('are what the records add up to, whatever came and however it ended', async () => {
    const ended = fc.record({
      operation: fc.constantFrom('getPerson', 'getHousehold'),
      outcome: fc.constantFrom('answered', 'refused', 'failed'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(ended, { minLength: 1, maxLength: 12 }), async (ends) => {
        for (const { operation, outcome } of ends) {
          const { request, answer } = country.exchange().provider
          const last: EvidenceRecord = {
            ...answer,
            ...(outcome === 'answered' ? {} : { problem: 'grant-missing' }),
            ...(outcome === 'failed' ? { kind: 'failure' as const } : {}),
          }
          await evidence.record([
            { ...request, operation },
            { ...last, operation },
          ])
        }
        await flushed()
        expect(await counted()).toEqual(await scanned())
      }),
      { numRuns: 8 },
    )
  })

  it('are by the day of the time zone in which they are counted', async () => {
    const { request, answer } = country.exchange().provider
    const evening = Date.parse('2031-03-01T18:30:00Z')
    await evidence.record([
      { ...request, at: evening },
      { ...answer, at: evening },
    ])
    await flushed()
    const days = await evidence.counts([dopa], { from: '2031-03-02', to: '2031-03-02' })
    expect(days.map(({ exchanges, firstDay }) => [exchanges, firstDay])).toEqual([[1, '2031-03-02']])
    expect(await evidence.counts([dopa], { from: '2031-03-01', to: '2031-03-01' })).toEqual([])
  })

  it('count nothing twice that comes into the log anew after a recovery', async () => {
    const { request, answer } = country.exchange().provider
    await evidence.record([request, answer])
    // Another gateway takes the log over and may not sign before a witness was heard: what it took in is cut off.
    country.witnessDown = true
    const other = country.evidence(database.pool, [dopa])
    await other.recover(dopa, true)
    country.witnessDown = false
    country.logKeys.set(dopa, await other.logKeys(dopa))
    await other.flush(dopa)
    await other.stop()
    expect(await counted()).toEqual(await scanned())
  })
})
