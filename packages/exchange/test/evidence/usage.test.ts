import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { ShownAccess } from '../../src/evidence/usage.ts'
import { evidenceDatabase } from '../databases.ts'
import { client, dopa, rd, service, TestCountry } from './country.ts'

let database: TestDatabase
const country = new TestCountry()
let evidence: Evidence

beforeAll(async () => {
  database = await evidenceDatabase()
  evidence = country.evidence(database.pool, [dopa, rd])
  await country.join(evidence, [dopa, rd])
})

afterAll(async () => {
  await evidence.stop()
  await database.drop()
})

async function accessed(number: string, withheldUntil: number | null = null, at = country.clock()) {
  const exchange = country.exchange({ number, withheldUntil, at })
  await evidence.record([exchange.provider.request, exchange.provider.answer])
  return exchange
}

describe('a person', () => {
  test('sees who looked, why and what, as soon as it is recorded', async () => {
    const exchange = await accessed('1')
    const expected = {
      withheld: false,
      exchange: exchange.id,
      member: dopa,
      side: 'provider',
      client,
      service,
      operation: 'getPerson',
      purpose: 'tax-assessment',
      impliedPurpose: true,
      law: 'ประมวลรัษฎากร 3 / Revenue Code, 3',
      fields: ['name', 'address.province'],
      state: 'answered',
      status: 200,
    }
    const subjects = [country.subject('1')]
    expect((await evidence.findUsage({ subjects })).accesses).toMatchObject([expected])
    await evidence.flush(dopa)
    expect((await evidence.findUsage({ subjects })).accesses).toMatchObject([expected])
    expect((await evidence.findUsage({ subjects: [country.subject('2')] })).accesses).toEqual([])
  })

  test('sees both sides where both are kept here, each once', async () => {
    const { consumer, provider } = country.exchange({ number: '3' })
    await evidence.record([consumer.request, consumer.answer])
    await evidence.record([provider.request, provider.answer])
    const { accesses } = await evidence.findUsage({ subjects: [country.subject('3')] })
    expect(accesses.map((access) => (access as ShownAccess).side).sort()).toEqual(['consumer', 'provider'])
    const own = await evidence.findUsage({ subjects: [country.subject('3')], member: rd })
    expect(own.accesses).toHaveLength(1)
  })

  test('turns pages without missing or repeating an access, under keys of several versions', async () => {
    for (let i = 0; i < 7; i++) await accessed(i % 2 ? '4' : '4-under-an-older-key')
    const subjects = [country.subject('4'), country.subject('4-under-an-older-key')]
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await evidence.findUsage({ subjects, limit: 3, ...(after === undefined ? {} : { after }) })
      seen.push(...page.accesses.map((access) => (access as ShownAccess).exchange))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toHaveLength(7)
    expect([...new Set(seen)].sort().reverse()).toEqual(seen)
  })

  test('learns of an access that the law withholds only that there is one, and everything once its time has come', async () => {
    const until = country.clock() + 3_600_000
    const exchange = await accessed('5', until, country.clock() - 60_000)
    await accessed('5')
    const subjects = [country.subject('5')]
    const page = await evidence.findUsage({ subjects, limit: 1 })
    expect(page.accesses).toHaveLength(2)
    expect(page.accesses[0]).toEqual({ withheld: true, withheldUntil: new Date(until).toISOString() })
    expect(JSON.stringify(page)).not.toContain(exchange.id)
    expect(page.next).toBeNull()
    country.advance(3_600_001)
    const later = await evidence.findUsage({ subjects })
    expect(later.accesses.map(({ withheld }) => withheld)).toEqual([false, false])
    expect(JSON.stringify(later)).toContain(exchange.id)
  })

  test('cannot turn a page that was made up', async () => {
    await expect(
      evidence.findUsage({ subjects: [country.subject('1')], after: 'made-up' }),
    ).rejects.toMatchObject({ code: 'request-invalid' })
  })
})
