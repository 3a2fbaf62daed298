import { randomInt } from 'node:crypto'
import { createPool, type Pool } from '@sapan/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'
import { DatabaseProxy } from './proxy.ts'

let database: TestDatabase
let proxy: DatabaseProxy
let pool: Pool
let evidence: Evidence
let country: TestCountry

beforeEach(async () => {
  database = await evidenceDatabase()
  country = new TestCountry()
  proxy = new DatabaseProxy(database.url)
  pool = createPool(await proxy.open())
  evidence = country.evidence(pool, [dopa])
  await country.join(evidence, [dopa])
})

afterEach(async () => {
  await evidence.stop()
  await pool.end()
  await proxy.cut()
  await database.drop()
})

describe('while the database is down', () => {
  test('nothing is kept, everyone is told at once, and it resumes by itself', async () => {
    const before = country.exchange()
    await evidence.record([before.provider.request])
    await proxy.cut()
    const refused = await Promise.allSettled(
      Array.from({ length: 20 }, () => evidence.record([country.exchange().provider.request])),
    )
    for (const outcome of refused) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'evidence-unavailable' } })
    }
    expect(await evidence.status()).toEqual({ database: 'down', logs: [] })
    await proxy.open()
    await expect
      .poll(() => evidence.record([country.exchange().provider.request]).then(() => 'kept', String))
      .toBe('kept')
    expect(await evidence.flush(dopa)).toMatchObject({ size: 2, pending: [] })
  })

  test('a started log goes on by itself as well', async () => {
    await evidence.start()
    await evidence.record([country.exchange().provider.request])
    await expect.poll(async () => (await evidence.status()).logs[0]?.stamp.size).toBe(1)
    await proxy.cut()
    await expect.poll(() => evidence.status()).toEqual({ database: 'down', logs: [] })
    await proxy.open()
    await expect
      .poll(() => evidence.record([country.exchange().provider.request]).then(() => 'kept', String))
      .toBe('kept')
    await expect.poll(async () => (await evidence.status()).logs[0]?.witnesses[0]?.size).toBe(2)
    expect((await evidence.audit(dopa)).findings).toEqual([])
  })

  test('a commit that hangs is given up, and counts as not kept', async () => {
    const impatient = country.evidence(pool, [dopa], { settings: { commitWithin: 500 } })
    await impatient.record([country.exchange().provider.request])
    proxy.hangs = true
    await expect(impatient.record([country.exchange().provider.request])).rejects.toMatchObject({
      code: 'evidence-unavailable',
    })
    proxy.hangs = false
    await expect
      .poll(() => impatient.record([country.exchange().provider.request]).then(() => 'kept', String))
      .toBe('kept')
    await impatient.stop()
  })

  test('an idle connection that was lost costs no record', async () => {
    await evidence.record([country.exchange().provider.request])
    await database.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await expect.poll(() => pool.totalCount).toBe(0)
    await evidence.record([country.exchange().provider.request])
  })
})

describe('after a crash at any moment', () => {
  test('every acknowledged record is there, nothing is doubled, and the log contradicts nothing witnessed', async () => {
    const acknowledged: string[] = []
    for (let round = 0; round < 8; round++) {
      const gateway = country.evidence(pool, [dopa], { settings: { commitWithin: 500 } })
      const started = await gateway.start().then(
        () => true,
        () => false,
      )
      const recording = Array.from({ length: 60 }, async () => {
        await new Promise((resolve) => setTimeout(resolve, randomInt(120)))
        const { id, provider } = country.exchange()
        await gateway.record([provider.request]).then(
          () => acknowledged.push(id),
          () => {},
        )
      })
      const flushing = gateway.flush(dopa).catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, randomInt(150)))
      // As a killed process leaves it: every connection ends in the middle of what it does.
      await proxy.cut()
      await Promise.all([...recording, flushing, gateway.stop().catch(() => {})])
      await proxy.open()
      expect(started || round > 0).toBe(true)
    }
    await expect
      .poll(async () => (await evidence.flush(dopa)).pending, { timeout: 20_000, interval: 500 })
      .toEqual([])
    const report = await evidence.audit(dopa)
    expect(report).toMatchObject({ findings: [], unsequenced: 0 })
    const { rows } = await database.pool.query<{ exchange: string }>('select exchange from evidence.record')
    const kept = new Set(rows.map(({ exchange }) => exchange))
    expect(kept.size).toBe(rows.length)
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
    expect(country.witnessed.get('sapan/TH/GOV/DOPA/log/1')?.size).toBe(rows.length)
  })
})
