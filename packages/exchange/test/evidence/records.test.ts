import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, rd, TestCountry } from './country.ts'

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

describe('a record', () => {
  test('is there, sealed, when record() resolves', async () => {
    const exchange = country.exchange()
    await evidence.record([exchange.provider.request, exchange.provider.answer])
    const { rows } = await database.pool.query('select * from evidence.record where exchange = $1', [
      exchange.id,
    ])
    expect(rows).toHaveLength(2)
    const stored = JSON.stringify(rows.map((row) => ({ ...row, content: String(row.content) })))
    expect(stored).not.toContain('3365341504617')
    expect(stored).not.toContain('สมชาย')
    const view = await evidence.show(exchange.id)
    expect(view.state).toBe('answered')
    expect(view.records.map(({ kind }) => kind)).toEqual(['request', 'answer'])
    expect(JSON.stringify(view)).not.toMatch(/3365341504617|สมชาย/)
    const opened = await evidence.open({ exchange: exchange.id, by: 'somsri', reason: 'a complaint' })
    expect(opened.records[0]?.head?.path).toContain('3365341504617')
    expect(opened.records[1]?.body).toMatchObject({ text: expect.stringContaining('สมชาย') })
  })

  test('that was opened says so in the log, where an audit finds the statement changed', async () => {
    const exchange = country.exchange()
    await evidence.record([exchange.provider.request, exchange.provider.answer])
    const { id } = await evidence.open({ exchange: exchange.id, by: 'somsri', reason: 'a complaint' })
    await evidence.flush(dopa)
    const findings = async () => (await evidence.audit(dopa)).findings.map(({ table, code }) => [table, code])
    expect(await findings()).toEqual([])
    const rewrite = (from: string, to: string) =>
      database.pool.query('update evidence.statement set note = replace(note, $2, $3) where id = $1', [
        id,
        from,
        to,
      ])
    await rewrite('"opening"', '"0pening"')
    expect(await findings()).toContainEqual(['statement', 'edited'])
    await rewrite('"0pening"', '"opening"')
  })

  test('is never kept twice, and a doubled one does not take others with it', async () => {
    const [first, second] = [country.exchange(), country.exchange()]
    await evidence.record([first.provider.request])
    const outcomes = await Promise.allSettled([
      evidence.record([first.provider.request]),
      evidence.record([second.provider.request]),
      evidence.record([country.exchange().provider.request]),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    expect(outcomes[0]).toMatchObject({ reason: { code: 'evidence-duplicate' } })
    expect(await evidence.recorded(dopa, second.id, 'provider')).toEqual(['request'])
  })

  test('stands or falls with those recorded at once', async () => {
    const exchange = country.exchange()
    await evidence.record([exchange.consumer.request])
    await expect(
      evidence.record([exchange.consumer.answer, exchange.consumer.request]),
    ).rejects.toMatchObject({ code: 'evidence-duplicate' })
    expect(await evidence.recorded(rd, exchange.id, 'consumer')).toEqual(['request'])
  })

  test('of hundreds at once: all are kept, in few commits', async () => {
    const before = await database.pool.query<{ count: string }>(
      'select count(distinct txid) from evidence.record',
    )
    await Promise.all(
      Array.from({ length: 300 }, () => {
        const { provider } = country.exchange()
        return evidence.record([provider.request])
      }),
    )
    const after = await database.pool.query<{ count: string }>(
      'select count(distinct txid) from evidence.record',
    )
    expect(Number(after.rows[0]?.count) - Number(before.rows[0]?.count)).toBeLessThan(20)
  })

  test('of hundreds at once, each with circumstances of its own: all are kept, in few commits', async () => {
    await Promise.all(
      Array.from({ length: 300 }, (_, n) => {
        const { provider } = country.exchange()
        return evidence.record([{ ...provider.request, route: `/made-up/${n}` }])
      }),
    )
    const { rows } = await database.pool.query<{ kept: string; commits: string }>(
      `select count(*) as kept, count(distinct xmin::text) as commits from evidence.circumstances
       where route like '/made-up/%'`,
    )
    expect(Number(rows[0]?.kept)).toBe(300)
    expect(Number(rows[0]?.commits)).toBeLessThan(20)
  })
})

describe('lists', () => {
  test('give the newest first, page by page, each exchange once', async () => {
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await evidence.list({
        member: dopa,
        limit: 100,
        ...(after === undefined ? {} : { after }),
      })
      seen.push(...page.exchanges.map(({ exchange }) => exchange))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen.length).toBeGreaterThan(300)
    expect(new Set(seen).size).toBe(seen.length)
    expect([...seen].sort().reverse()).toEqual(seen)
  })

  test('are cut by side, client, service and time', async () => {
    const old = country.exchange({ at: Date.UTC(2024, 0, 1) })
    await evidence.record([old.consumer.request, old.consumer.answer])
    const { exchanges } = await evidence.list({ from: Date.UTC(2023, 11, 31), until: Date.UTC(2024, 0, 2) })
    expect(exchanges.map(({ exchange, state }) => [exchange, state])).toEqual([[old.id, 'delivered']])
    expect((await evidence.list({ client: 'TH/GOV/NONE/x' })).exchanges).toEqual([])
    expect(
      (await evidence.list({ side: 'consumer' })).exchanges.every(({ side }) => side === 'consumer'),
    ).toBe(true)
  })

  test('are cut by how exchanges ended', async () => {
    const at = Date.UTC(2024, 1, 1)
    const [answered, refused, failed, open] = [1, 2, 3, 4].map(() => country.exchange({ at }).provider)
    if (!answered || !refused || !failed || !open) throw new Error('there are four')
    const failure = { kind: 'failure', problem: 'provider-unreachable' } as const
    await evidence.record([
      ...[answered.request, answered.answer],
      ...[refused.request, { ...refused.answer, problem: 'grant-missing' }],
      ...[failed.request, { ...failed.answer, ...failure }],
      open.request,
    ])
    // Reconciling found the answer of what was thought to have failed.
    await evidence.record([{ ...answered.answer, ...failure }])
    const ended = async (outcome: 'answered' | 'refused' | 'failed') => {
      const { exchanges } = await evidence.list({ outcome, from: at, until: at + 86_400_000 })
      return exchanges.map(({ exchange }) => exchange)
    }
    expect(await ended('answered')).toEqual([answered.request.exchange])
    expect(await ended('refused')).toEqual([refused.request.exchange])
    expect(await ended('failed')).toEqual([failed.request.exchange])
  })

  test('ask which side is meant where both are here', async () => {
    const both = country.exchange()
    await evidence.record([both.consumer.request, both.provider.request])
    await expect(evidence.show(both.id)).rejects.toMatchObject({ code: 'exchange-ambiguous' })
    expect((await evidence.show(both.id, { side: 'provider' })).member).toBe(dopa)
    await expect(evidence.show('nonsense')).rejects.toMatchObject({ code: 'exchange-unknown' })
  })
})
