import { createPool, uuidv7 } from '@sapan/kernel'
import { parseNote, verifyCosignature, verifyNote } from '@sapan/trust'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { Sequencer } from '../../src/evidence/sequencer.ts'
import { setOrderingOffset } from '../../src/evidence/store/epochs.ts'
import { markRestored } from '../../src/evidence/store/restored.ts'
import { verifyExport } from '../../src/evidence/verify/verify-export.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'

let database: TestDatabase
let country: TestCountry
let evidence: Evidence

beforeEach(async () => {
  database = await evidenceDatabase()
  country = new TestCountry()
  evidence = country.evidence(database.pool, [dopa])
  await country.join(evidence, [dopa])
})

afterEach(async () => {
  await evidence.stop()
  await database.drop()
})

async function recordSome(count: number, by = evidence): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => by.record([country.exchange().provider.request])))
}

/** The first record that is there, so many times more, in one transaction. */
const copyRecords = `
  insert into evidence.record (member, exchange, side, kind, at, status, problem, subjects, fields, body_bytes,
    directory_version, commitment, digest, content, ordinal, circumstances)
  select member, gen_random_uuid(), side, kind, at, status, problem, subjects, fields, body_bytes,
    directory_version, commitment, digest, content, i, circumstances
  from (select * from evidence.record limit 1) r, generate_series(1, $1) i`

function sequencerOf(holder: string, pool = database.pool): Sequencer {
  return new Sequencer({ pool, sealer: country.sealer, member: dopa, holder, lease: 0, timeZone: 'UTC' })
}

async function logRow() {
  const { rows } = await database.pool.query('select * from evidence.log where member = $1', [dopa])
  return rows[0]
}

describe('the log', () => {
  test('takes records in, signs, has witnessed and stamped', async () => {
    await recordSome(5)
    expect(await evidence.flush(dopa)).toEqual({ member: dopa, epoch: 1, size: 5, pending: [] })
    const { rows } = await database.pool.query<{ note: string; line: string }>(
      'select note, line from evidence.checkpoint join evidence.cosignature using (member, epoch, size)',
    )
    const [key] = await evidence.logKeys(dopa)
    expect(verifyNote(rows[0]?.note ?? '', [key?.vkey ?? '']).text).toContain('\n5\n')
    expect(verifyCosignature(rows[0]?.note ?? '', country.witness.vkey, rows[0]?.line)).toBeGreaterThan(0)
    const status = await evidence.status()
    expect(status.logs[0]).toMatchObject({
      size: 5,
      unsequenced: 0,
      checkpoint: { grade: 'done' },
      stamp: { grade: 'done' },
    })
  })

  test('goes on by itself once started', async () => {
    await evidence.start()
    await recordSome(3)
    await expect.poll(async () => (await evidence.status()).logs[0]?.witnesses[0]?.size).toBe(3)
    await recordSome(3)
    await expect.poll(async () => (await evidence.status()).logs[0]?.witnesses[0]?.size).toBe(6)
  })

  test('reads no more of a long backlog than it takes of it', async () => {
    await evidence.record([country.exchange().provider.request])
    for (let transaction = 0; transaction < 60; transaction++) await database.pool.query(copyRecords, [500])
    await database.pool.query('analyze evidence.record')
    const alone = createPool(database.url, { max: 1 })
    const rowsRead = async () => {
      await alone.query('select pg_stat_force_next_flush()')
      const { rows } = await alone.query<{ read: number }>(
        `select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_user_tables where relid = 'evidence.record'::regclass`,
      )
      return rows[0]?.read ?? 0
    }
    const before = await rowsRead()
    await sequencerOf('one', alone).step()
    const read = (await rowsRead()) - before
    await alone.end()
    expect((await logRow()).size).toBe('1024')
    // What it takes, and once more to note whom it concerns and once to count it.
    expect(read).toBeGreaterThan(3 * 1024)
    expect(read).toBeLessThan(3 * 1024 + 3 * 500)
    expect((await evidence.status()).logs[0]?.unsequenced).toBe(30_001 - 1024)
  })

  test('signs and has witnessed while records never stop coming', async () => {
    await evidence.start()
    let witnessed = 0
    const { request } = country.exchange().provider
    const until = performance.now() + 3_000
    const recording = Array.from({ length: 16 }, async () => {
      while (witnessed === 0 && performance.now() < until)
        await evidence.record([{ ...request, exchange: uuidv7() }])
    })
    const looking = setInterval(() => {
      witnessed = country.witnessed.get('sapan/TH/GOV/DOPA/log/1')?.size ?? 0
    }, 20)
    await Promise.all(recording)
    clearInterval(looking)
    expect(witnessed).toBeGreaterThan(0)
  })

  test('grows over more than one tile, and every checkpoint continues the one before', async () => {
    for (const count of [200, 100, 1, 300]) {
      await recordSome(count)
      expect((await evidence.flush(dopa)).pending).toEqual([])
    }
    expect(country.witnessed.get('sapan/TH/GOV/DOPA/log/1')?.size).toBe(601)
  })

  test('is one, though several gateways take turns at it', async () => {
    const others = [1, 2, 3].map(() => country.evidence(database.pool, [dopa]))
    const all = [evidence, ...others]
    try {
      for (const each of all) await each.start()
      for (let round = 0; round < 5; round++) {
        await Promise.all(all.map((each) => recordSome(10, each)))
        // The leader goes, as after a crash, and another has to take over.
        const leading = await Promise.all(all.map(async (each) => (await each.status()).logs[0]?.leading))
        const leader = all[leading.indexOf(true)]
        await leader?.stop()
        await leader?.start()
      }
      await expect
        .poll(async () => (await evidence.status()).logs[0]?.witnesses[0]?.size, { timeout: 15_000 })
        .toBe(200)
    } finally {
      for (const each of others) await each.stop()
    }
    const { rows } = await database.pool.query<{ first: string; size: number }>(
      'select first, length(entries) / 30 as size from evidence.batch order by first',
    )
    let next = 0
    for (const { first, size } of rows) {
      expect(Number(first)).toBe(next)
      next += size
    }
    expect(next).toBe(200)
    expect((await evidence.audit(dopa)).findings).toEqual([])
  })

  test('never forks, though two sequencers step at once and each believes the other dead', async () => {
    const sequencers = ['one', 'two'].map((holder) => sequencerOf(holder))
    await Promise.all([
      ...Array.from({ length: 10 }, () => recordSome(10)),
      ...sequencers.map(async (sequencer) => {
        for (let i = 0; i < 40; i++) await sequencer.step()
      }),
    ])
    await evidence.flush(dopa)
    expect((await logRow()).size).toBe('100')
    expect((await evidence.audit(dopa)).findings).toEqual([])
  })

  test('does not let a sequencer go on whose lease was taken', async () => {
    const other = country.evidence(database.pool, [dopa], { settings: { lease: 60_000 } })
    await recordSome(2, other)
    await other.flush(dopa)
    await recordSome(2)
    // The other holds the lease: this one can sequence nothing, and waits in vain.
    const flushed = await country
      .evidence(database.pool, [dopa], { settings: { flushWithin: 300 } })
      .flush(dopa)
    expect(flushed.pending).toContain('log')
    expect((await logRow()).size).toBe('2')
    await other.stop()
  })

  test('waits with signing until a witness has confirmed what it knows', async () => {
    await recordSome(2)
    await evidence.flush(dopa)
    await evidence.stop()
    country.witnessDown = true
    const next = country.evidence(database.pool, [dopa], { settings: { flushWithin: 700 } })
    // The lease of the one before has to end first.
    await expect.poll(async () => Number((await logRow()).lease_until) < Date.now()).toBe(true)
    await recordSome(2, next)
    expect((await next.flush(dopa)).pending).toEqual(['checkpoint', 'witness', 'stamp'])
    expect((await logRow()).size).toBe('4')
    country.witnessDown = false
    await expect.poll(async () => (await next.flush(dopa)).pending).toEqual([])
    await next.stop()
  })

  test('says what is pending while witness or authority are down, and catches up', async () => {
    await recordSome(1)
    await evidence.flush(dopa)
    await evidence.stop()
    evidence = country.evidence(database.pool, [dopa], { settings: { flushWithin: 500 } })
    await expect.poll(async () => (await evidence.flush(dopa)).pending).toEqual([])
    country.witnessDown = true
    country.stampsDown = true
    await recordSome(1)
    await expect
      .poll(() => evidence.flush(dopa))
      .toEqual({ member: dopa, epoch: 1, size: 2, pending: ['witness', 'stamp'] })
    const [log] = (await evidence.status()).logs
    expect(log?.witnesses[0]).toMatchObject({ grade: 'failing', size: 1, reason: 'the witness is down' })
    expect(log?.stamp).toMatchObject({ grade: 'failing', reason: 'the authority is down' })
    expect(log?.stamp.since).toBeGreaterThan(0)
    country.witnessDown = false
    country.stampsDown = false
    await expect.poll(async () => (await evidence.flush(dopa)).pending).toEqual([])
  })
})

describe('a database that was set back', () => {
  async function setBack(): Promise<void> {
    await database.pool.query('create table public.kept as table evidence.record')
    await database.pool.query(`
      delete from evidence.record where txid in (select txid from evidence.record order by txid desc limit 3);
      update evidence.log set size = older.size, txid = older.txid, ordinal = older.ordinal, mac = older.mac,
        term = older.term, holder = older.holder, lease_until = older.lease_until,
        unwitnessed_since = older.unwitnessed_since, unstamped_since = older.unstamped_since
      from public.older_log as older;
      delete from evidence.batch where first >= (select size from public.older_log);
      delete from evidence.tile; insert into evidence.tile select * from public.older_tile;
      delete from evidence.checkpoint where size > (select size from public.older_log);
      delete from evidence.cosignature where size > (select size from public.older_log);
      delete from evidence.stamp where size > (select size from public.older_log);
      delete from evidence.usage; insert into evidence.usage select * from public.older_usage`)
  }

  beforeEach(async () => {
    await recordSome(4)
    expect(await evidence.flush(dopa)).toMatchObject({ size: 4, pending: [] })
    await database.pool.query(`create table public.older_log as table evidence.log;
      create table public.older_tile as table evidence.tile;
      create table public.older_usage as table evidence.usage`)
    for (let i = 0; i < 3; i++) await recordSome(1)
    expect(await evidence.flush(dopa)).toMatchObject({ size: 7, pending: [] })
    await evidence.stop()
    await setBack()
    await expect.poll(async () => Number((await logRow()).lease_until) < Date.now()).toBe(true)
    evidence = country.evidence(database.pool, [dopa], { settings: { flushWithin: 2_000 } })
  })

  test('is noticed by what the witness knows: nothing is signed, and recovery asked for', async () => {
    await recordSome(2)
    const flushed = await evidence.flush(dopa)
    expect(flushed.pending).toContain('checkpoint')
    const [log] = (await evidence.status()).logs
    expect(log?.recoverNeeded?.en).toMatch(/older copy/)
    const { rows } = await database.pool.query('select max(size) as size from evidence.checkpoint')
    expect(rows[0]?.size).toBe('4')
    // Records are still kept.
    await recordSome(1)
  })

  test('goes on in a new epoch, linked to the last witnessed checkpoint', async () => {
    await recordSome(2)
    await evidence.flush(dopa)
    const recovery = await evidence.recover(dopa)
    expect(recovery).toMatchObject({
      epoch: 2,
      origin: 'sapan/TH/GOV/DOPA/log/2',
      previous: { epoch: 1, size: 4, witnessedSize: 7 },
    })
    country.logKeys.set(dopa, await evidence.logKeys(dopa))
    expect(await evidence.flush(dopa)).toEqual({ member: dopa, epoch: 2, size: 3, pending: [] })
    const { rows } = await database.pool.query<{ note: string }>('select note from evidence.statement')
    const { text } = parseNote(rows[0]?.note ?? '')
    expect(text).toContain('"type":"link"')
    expect(text).toContain('sapan/TH/GOV/DOPA/log/1\\n7\\n')
    expect((await evidence.status()).logs[0]?.recoverNeeded).toBeNull()
    expect((await evidence.audit(dopa)).findings).toEqual([])
  })

  test('has exports that wait for the directory with the key of the new epoch', async () => {
    await recordSome(2)
    await evidence.flush(dopa)
    await evidence.recover(dopa)
    country.logKeys.set(dopa, await evidence.logKeys(dopa))
    const { id, provider } = country.exchange()
    await evidence.record([provider.request, provider.answer])
    expect((await evidence.export(id)).pending).toEqual(['directory'])
    await country.join(evidence, [dopa])
    const { file, pending } = await evidence.export(id)
    expect(pending).toEqual([])
    expect(verifyExport(file, country)).toMatchObject({ valid: true, complete: true })
  })

  test('is noticed to have recovered by the operator’s other gateways, which go on', async () => {
    const other = country.evidence(database.pool, [dopa], { settings: { flushWithin: 300 } })
    await evidence.flush(dopa)
    await other.flush(dopa)
    await evidence.recover(dopa)
    country.logKeys.set(dopa, await evidence.logKeys(dopa))
    await evidence.stop()
    await expect.poll(async () => (await other.flush(dopa)).pending).toEqual([])
    await other.stop()
  })

  test('recovery is refused where nothing asks for it', async () => {
    await evidence.recover(dopa)
    country.logKeys.set(dopa, await evidence.logKeys(dopa))
    await evidence.flush(dopa)
    await expect(evidence.recover(dopa)).rejects.toMatchObject({ code: 'evidence-recover-refused' })
  })
})

describe('a database that came out of a backup', () => {
  test('signs nothing before its recovery, also where no witness knows more', async () => {
    await recordSome(2)
    expect((await evidence.flush(dopa)).pending).toEqual([])
    await evidence.stop()
    expect(await markRestored(database.pool, new Date())).toEqual([dopa])
    evidence = country.evidence(database.pool, [dopa], { settings: { flushWithin: 2_000 } })
    await recordSome(1)
    expect((await evidence.flush(dopa)).pending).toContain('checkpoint')
    expect((await evidence.status()).logs[0]?.recoverNeeded?.en).toMatch(/backup/)
    expect(await evidence.recover(dopa)).toMatchObject({ epoch: 2, previous: { epoch: 1, size: 2 } })
    // The last record waits to be taken in again, and nothing of it stands in the index meanwhile.
    expect((await evidence.audit(dopa)).findings).toEqual([])
    country.logKeys.set(dopa, await evidence.logKeys(dopa))
    expect(await evidence.flush(dopa)).toMatchObject({ epoch: 2, size: 2, pending: [] })
    expect((await evidence.audit(dopa)).findings).toEqual([])
  })
})

describe('a database that was moved to a server whose transaction counter is behind', () => {
  const setOffset = (offset: number) => setOrderingOffset(database.pool, offset)

  test('asks for recovery, and loses none of the records and statements made since', async () => {
    await setOffset(1_000_000)
    const { id: opened, provider } = country.exchange()
    await evidence.record([provider.request])
    await recordSome(2)
    await evidence.flush(dopa)
    await setOffset(0)
    await recordSome(2)
    await evidence.open({ exchange: opened, by: 'operator', reason: 'a complaint of the person' })
    await evidence.flush(dopa)
    expect((await evidence.status()).logs[0]?.recoverNeeded?.en).toMatch(/moved/)
    await evidence.recover(dopa)
    country.logKeys.set(dopa, await evidence.logKeys(dopa))
    await recordSome(2)
    expect(await evidence.flush(dopa)).toMatchObject({ epoch: 2, size: 6, pending: [] })
    expect((await evidence.audit(dopa)).findings).toEqual([])
  })
})
