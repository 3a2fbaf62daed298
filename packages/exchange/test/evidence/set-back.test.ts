import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'

let database: TestDatabase
let country: TestCountry
let evidence: Evidence

beforeEach(async () => {
  database = await evidenceDatabase()
  country = new TestCountry()
  evidence = country.evidence(database.pool, [dopa], { settings: { flushWithin: 2_000 } })
  await country.join(evidence, [dopa])
})

afterEach(async () => {
  await evidence.stop()
  await database.drop()
})

const tables = ['record', 'statement', 'log', 'batch', 'tile', 'checkpoint', 'cosignature', 'stamp', 'usage']

async function record(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const { request, answer } = country.exchange().provider
    await evidence.record([request, answer])
  }
}

describe('a database that was set back under a running gateway', () => {
  test('is noticed before a second history is signed, though it grew beyond the first, and nobody can be asked', async () => {
    await record(2)
    expect((await evidence.flush(dopa)).pending).toEqual([])
    for (const table of tables)
      await database.pool.query(`create table kept_${table} as table evidence.${table}`)
    await record(1)
    expect((await evidence.flush(dopa)).pending).toEqual([])
    for (const table of tables) {
      await database.pool.query(
        `truncate evidence.${table}; insert into evidence.${table} select * from kept_${table}`,
      )
    }
    country.witnessDown = true
    await record(4)
    await evidence.flush(dopa)
    const { rows } = await database.pool.query('select max(size) as size from evidence.checkpoint')
    expect(Number(rows[0].size)).toBe(4)
    const { logs } = await evidence.status()
    expect(logs[0]?.recoverNeeded?.en).toMatch(/restored/)
    country.witnessDown = false
  })
})

describe('a database in which an epoch is not that the directory names', () => {
  test('signs no more, and goes on behind that epoch: a copy of before its last recovery would begin the same epoch again', async () => {
    const vkey = 'sapan/TH/GOV/DOPA/log/2+00000000+AA'
    const copy = country.evidence(database.pool, [dopa], {
      published: () => [
        { epoch: 1, vkey: evidence.keyOf(dopa, 1) },
        { epoch: 2, vkey },
      ],
      settings: { flushWithin: 500 },
    })
    await record(1)
    expect((await evidence.flush(dopa)).pending).toEqual([])
    await evidence.stop()
    await copy.start()
    try {
      const { request, answer } = country.exchange().provider
      await copy.record([request, answer])
      expect((await copy.flush(dopa)).pending).toContain('checkpoint')
      expect((await copy.status()).logs[0]?.recoverNeeded?.en).toContain('begun elsewhere')
      const recovery = await copy.recover(dopa)
      expect(recovery).toMatchObject({ epoch: 3, previous: { epoch: 2, size: 0 } })
      country.logKeys.set(dopa, await copy.logKeys(dopa))
      await expect.poll(async () => (await copy.status()).logs[0]?.recoverNeeded).toBeNull()
      expect((await copy.flush(dopa)).pending).toEqual([])
      expect(copy.keyOf(dopa, 2)).toBe(vkey)
      expect(await copy.audit(dopa)).toMatchObject({ sound: true, entries: 5 })
    } finally {
      await copy.stop()
    }
  })
})

describe('a clock that was set back', () => {
  test('does not keep a log from its next sequencer for longer than a lease could last', async () => {
    await record(1)
    const first = country.evidence(database.pool, [dopa])
    await first.start()
    await expect.poll(async () => (await first.status()).logs[0]?.leading).toBe(true)
    // The holder dies; the database's clock is set back by a day: to it, the lease ends tomorrow.
    await first.stop()
    const { readLogHead, saveLogHead } = await import('../../src/evidence/store/log-heads.ts')
    const found = await readLogHead(database.pool, country.sealer, dopa)
    if (!found) throw new Error('no log')
    await saveLogHead(database.pool, country.sealer, {
      ...found.head,
      holder: 'the dead one',
      leaseUntil: found.now + 86_400_000,
    })
    const second = country.evidence(database.pool, [dopa])
    await second.start()
    await expect.poll(async () => (await second.status()).logs[0]?.leading).toBe(true)
    await second.stop()
  })

  test('does not keep stamps away', async () => {
    await evidence.start()
    country.advance(86_400_000)
    const stamped = async () => (await evidence.status()).logs[0]?.stamp.size
    await record(1)
    await expect.poll(stamped).toBe(2)
    country.advance(-86_400_000)
    await record(1)
    await expect.poll(stamped).toBe(4)
  })
})
