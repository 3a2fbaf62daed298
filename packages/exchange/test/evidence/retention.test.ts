import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { RetentionRule } from '../../src/evidence/retention.ts'
import { verifyExport } from '../../src/evidence/verify/verify-export.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, service, TestCountry } from './country.ts'

const day = 86_400_000
const under = 'PDPA s. 37(3)'

let database: TestDatabase
let country: TestCountry
let evidence: Evidence

beforeEach(async () => {
  database = await evidenceDatabase()
  country = new TestCountry()
})
afterEach(async () => {
  await evidence.stop()
  await database.drop()
})

/** Evidence under rules, with exchanges that are so many days old; their numbers. */
async function kept(retention: readonly RetentionRule[], ...daysAgo: number[]): Promise<string[]> {
  evidence = country.evidence(database.pool, [dopa], { retention, settings: { flushWithin: 2_000 } })
  await country.join(evidence, [dopa])
  const all = daysAgo.map((days) => country.exchange({ at: country.clock() - days * day }))
  for (const { provider } of all) await evidence.record([provider.request, provider.answer])
  return all.map(({ id }) => id)
}

async function contents(exchange: string): Promise<number> {
  const { rows } = await database.pool.query(
    'select count(content) from evidence.record where exchange = $1',
    [exchange],
  )
  return Number(rows[0].count)
}

describe('what was said', () => {
  test('is erased when its time is over, and that it was said stays proved', async () => {
    const [old = ''] = await kept([{ days: 30, under }], 0)
    country.advance(2 * day)
    const { id: young, provider } = country.exchange()
    await evidence.record([provider.request, provider.answer])
    country.advance(29 * day)
    await evidence.retain()
    expect([await contents(old), await contents(young)]).toEqual([0, 2])
    await country.join(evidence, [dopa])
    const { file, pending } = await evidence.export(old)
    expect(pending).toEqual([])
    const report = verifyExport(file, { roots: country.roots })
    expect(report.valid).toBe(true)
    expect(JSON.stringify(report)).toContain(under)
    expect(await evidence.audit(dopa)).toMatchObject({ sound: true, erased: 2, findings: [] })
  })

  test('is kept by the first rule that is about it, and for good where none is', async () => {
    const rules: RetentionRule[] = [
      { service: 'TH/GOV/DOPA', purpose: 'tax-assessment', days: 365, under },
      { days: 8, under },
    ]
    const [first = ''] = await kept(rules, 100)
    await evidence.retain()
    expect(await contents(first)).toBe(2)
    await evidence.stop()
    const [second = ''] = await kept(
      [
        { service: `${service}x`, days: 8, under },
        { law: 'another', days: 8, under },
      ],
      100,
    )
    await evidence.retain()
    expect(await contents(second)).toBe(2)
    expect(await evidence.retention()).toMatchObject([{ erased: 0 }, { erased: 0 }])
  })

  test('is looked through once: rounds go on from where the last one came, and a changed rule from the beginning', async () => {
    const [old = ''] = await kept([{ days: 200, under }], 100)
    expect(await evidence.retention()).toMatchObject([{ erased: 0, doneUntil: null }])
    await evidence.retain()
    await evidence.retain()
    expect(await contents(old)).toBe(2)
    country.advance(150 * day)
    const daysBehind = async () => Math.round(((await evidence.retention())[0]?.behind ?? -day) / day)
    expect(await daysBehind()).toBe(150)
    await evidence.retain()
    expect(await contents(old)).toBe(0)
    expect(await evidence.retention()).toMatchObject([{ erased: 2 }])
    expect(await daysBehind()).toBe(0)
    await evidence.stop()
    await kept([{ days: 8, under }])
    expect(await evidence.retention()).toMatchObject([{ erased: 0, doneUntil: null }])
  })
})
