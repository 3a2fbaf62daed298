import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  copyFrom,
  copyOut,
  createJobs,
  createLogger,
  inTransaction,
  type Pool,
  readStructure,
} from '../src/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'

let from: TestDatabase
let to: TestDatabase

beforeEach(async () => {
  ;[from, to] = await Promise.all([testDatabase(), testDatabase()])
})
afterEach(async () => {
  await Promise.all([from.drop(), to.drop()])
})

const structureOf = (pool: Pool) => inTransaction(pool, readStructure)

async function copyWhole(): Promise<void> {
  const structure = await structureOf(from.pool)
  await inTransaction(to.pool, async (client) => {
    await client.query('set local check_function_bodies to off')
    for (const statement of structure.before) await client.query(statement)
    const source = await from.pool.connect()
    for (const { name, columns } of structure.tables) {
      const list = columns.join(', ')
      const rows = copyOut(source, `copy ${name} (${list}) to stdout (format binary)`)
      await copyFrom(client, `copy ${name} (${list}) from stdin (format binary)`, rows)
    }
    source.release()
    for (const statement of structure.after) await client.query(statement)
  })
}

const everyKind = `
create schema house;
create type house.state as enum ('open', 'shut', 'it''s both');
create function house.doubled(n int) returns int language sql immutable as 'select n * 2';
create function house.refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
create sequence house.serial as bigint increment 5 cache 1;
create table house."Strange Name" (
  id bigint generated always as identity (start 7) primary key,
  word text collate "C" not null default 'a', state house.state, twice int generated always as (house.doubled(3)) stored,
  next bigint not null default nextval('house.serial'), bytes bytea, check (length(word) < 100)
) with (toast_tuple_target = 8160);
alter table house."Strange Name" alter column bytes set storage external;
alter table house."Strange Name" drop column state;
alter table house."Strange Name" add column state house.state default 'shut';
create unique index on house."Strange Name" (lower(word)) where id > 3;
create unlogged table house.passing (key bytea primary key);
create table house.event (kind text not null, at timestamptz not null default now(), stone bigint references house."Strange Name" (id) on delete set null,
  primary key (kind, at)) partition by list (kind);
create index event_at on house.event (at desc);
create table house.event_a partition of house.event for values in ('a');
create table house.event_rest (like house.event including defaults);
alter table house.event attach partition house.event_rest default;
create view house.seen as select id, word from house."Strange Name";
create view house.counted as select count(*) from house.seen;
create trigger stays before delete on house.event for each row execute function house.refuse();
`

describe('what a database is made of', () => {
  it('is read so that the statements make it again, whatever it is made of, with its rows', async () => {
    await from.pool.query(everyKind)
    await from.pool.query(`insert into house."Strange Name" (word, bytes) select 'w' || n, sha256(n::text::bytea) from generate_series(1, 500) n;
      insert into house.event (kind, at, stone) select case n % 3 when 0 then 'a' else 'b' || n end, now() + n * interval '1 s', 7 + n from generate_series(1, 99) n`)
    await copyWhole()
    expect(await structureOf(to.pool)).toEqual(await structureOf(from.pool))
    const sums = `select (select count(*) from house.counted) as views,
      (select md5(string_agg(s::text, '|' order by id)) from house."Strange Name" s) as stones,
      (select md5(string_agg(e::text, '|' order by at)) from house.event e) as events,
      (select count(*) from house.event_a) as part,
      (select count(*) from pg_index where not indisvalid) as invalid`
    const [one, other] = await Promise.all([from.pool.query(sums), to.pool.query(sums)])
    expect(other.rows).toEqual(one.rows)
    expect(other.rows[0]).toMatchObject({ part: '33', invalid: '0' })
    await expect(to.pool.query('delete from house.event')).rejects.toThrow('no')
  })

  it('holds for the tables of the jobs, which are not ours', async () => {
    const log = createLogger({ name: 'test', level: 'silent' })
    const jobs = await createJobs({ pool: from.pool, log, zone: 'Asia/Bangkok', queues: ['letters'] })
    await jobs.stop()
    await copyWhole()
    expect(await structureOf(to.pool)).toEqual(await structureOf(from.pool))
  })

  it('is not read where something in it would be left out', async () => {
    await from.pool.query(
      'create materialized view public.hour as select now(); create domain public.small as int',
    )
    await expect(structureOf(from.pool)).rejects.toThrow('materialized view public.hour, type public.small')
  })
})

describe('rows on their way', () => {
  it('are refused as a whole by a table that does not take them, or when they end early', async () => {
    await to.pool.query('create table kept (n int primary key)')
    const client = await to.pool.connect()
    const sql = 'copy kept from stdin'
    await expect(copyFrom(client, sql, Readable.from([Buffer.from('1\nx\n')]))).rejects.toThrow(/integer/)
    const failing = (async function* () {
      yield Buffer.from('1\n')
      throw new Error('the file ends here')
    })()
    await expect(copyFrom(client, sql, failing)).rejects.toThrow('the file ends here')
    await copyFrom(client, sql, Readable.from([Buffer.from('1\n2'), Buffer.from('\n')]))
    client.release()
    expect((await to.pool.query('select count(*) from kept')).rows[0].count).toBe('2')
  })

  it('come no faster than they are read, and fail with what the database says', async () => {
    const client = await from.pool.connect()
    const rows = copyOut(client, `copy (select repeat('x', 1000) from generate_series(1, 20000)) to stdout`)
    let bytes = 0
    for await (const chunk of rows) {
      bytes += chunk.length
      expect(rows.readableLength).toBeLessThan(4 * 1024 * 1024)
    }
    expect(bytes).toBe(20_000 * 1001)
    const failing = copyOut(client, 'copy (select 1 / (n - 5) from generate_series(1, 10) n) to stdout')
    await expect(failing.toArray()).rejects.toThrow('division by zero')
    client.release()
  })
})
