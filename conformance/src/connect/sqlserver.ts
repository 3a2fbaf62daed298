import { deepEqual, equal } from 'node:assert/strict'
import { openSource, proposeMapping, type Row, readMapping } from '@sapan/connect'
import { type Check, claim, type Finding } from '../check.ts'
import { inFolder } from '../tool.ts'
import { BabelfishServer } from './babelfish-server.ts'

const columns = ['plate', 'code', 'seats', 'tons', 'price', 'built', 'seen', 'ok', 'id', 'weight', "it's"]
const yaml = (table: string) =>
  `code: boat\nversion: v1\ntext: { th: เรือ, en: Boats }\nsource: { sqlserver: ${table} }\nfields:\n` +
  ['owner', ...columns]
    .map((column, at) => `  - { name: f${at}, column: "${column}", text: { th: ก, en: A }, search: true }\n`)
    .join('')
const tables = [
  `create table harbour.boats (owner char(13) primary key, plate nvarchar(50), code varchar(20), seats int, tons decimal(10,2),
     price money, built date, seen datetime, ok bit, id uniqueidentifier, weight float, [it's] nvarchar(10), secret nvarchar(10))`,
  'create index plate on harbour.boats (plate)',
  `insert into harbour.boats values ('1101700230708', N'กข 1', 'abc', 4, 2.50, 1234.5678, '2019-05-01', '2019-05-01 10:30:00', 1,
     '6F9619FF-8B86-D011-B42D-00C04FC964FF', 0.1, N'x', N's')`,
  `insert into harbour.boats values ('2', N'กข 1 ', 'ABC', 0, null, null, null, null, 0, null, 1e20, null, N's')`,
  'create view harbour.seen as select * from harbour.boats',
  "create login c with password = 'Pass-1'; create login w with password = 'Pass-1'",
  'create user c for login c; create user w for login w',
  'grant select on harbour.boats to c; grant select on harbour.seen to c',
  'grant select, insert on harbour.boats to w',
  'create table harbour.hidden (a int)',
]
const owner = '1101700230708'
const id = '6F9619FF-8B86-D011-B42D-00C04FC964FF'
const whole = [
  'กข 1',
  'abc',
  '4',
  '2.50',
  '1234.5678',
  '2019-05-01',
  '2019-05-01 10:30:00.000',
  '1',
  id,
  '0.1',
  'x',
]
const first = Object.fromEntries([owner, ...whole].map((value, at) => [`f${at}`, value]))

/** Tables and views over SQL Server's protocol and language, of a server that we did not write. */
export const tablesOfBabelfish: Check = {
  name: 'Connectors, SQL Server',
  against: () => 'Babelfish for PostgreSQL 4.2.0, by npm tedious 20.3.9; not against a SQL Server',
  async run() {
    return await inFolder({}, async (folder) => {
      let server: BabelfishServer
      try {
        server = await BabelfishServer.start(folder)
      } catch (error) {
        return [await claim('a table is read over TDS', () => Promise.reject(error))]
      }
      try {
        await server.tell('create database registry', 'master')
        await server.tell('create schema harbour')
        for (const sql of tables) await server.tell(sql)
        return await claims(server)
      } finally {
        await server.stop()
      }
    })
  },
}

async function claims(server: BabelfishServer): Promise<readonly Finding[]> {
  const address = (user = 'c:Pass-1', after = `?ca=${server.certificate}`, database = 'registry') =>
    `sqlserver://${user}@127.0.0.1:${server.port}/${database}${after}`
  // Babelfish takes a second to let somebody in: what is asked of one table is asked by one source.
  const opened = new Map<string, ReturnType<typeof open>>()
  const asked = async (column: string, value: string, table = 'harbour.boats') => {
    const opening = opened.get(table) ?? open(address(), table)
    opened.set(table, opening)
    const { source, fields } = await opening
    const field = fields.find((one) => one.column === column)
    if (field === undefined) throw new Error(column)
    return await source.find(field, value, 10)
  }
  const look = async (at: string, table = 'harbour.boats') => {
    const { source } = await open(at, table)
    return await source.look().finally(() => source.close())
  }
  return [
    await claim(
      'a row is found by its key over TLS, and answered in full without what is not mapped',
      async () => deepEqual(await asked('owner', owner), [first]),
    ),
    await claim('a row is found by every column, by what was answered of it', async () => {
      for (const [at, column] of columns.entries())
        deepEqual(await asked(column, whole[at] ?? ''), [first], column)
    }),
    await claim('a view answers as its table', async () =>
      deepEqual(await asked('owner', owner, 'harbour.seen'), [first]),
    ),
    await claim('upper and lower case, and spaces at the end, are told apart', async () => {
      deepEqual(owners(await asked('code', 'ABC')), ['2'])
      deepEqual(owners(await asked('plate', 'กข 1 ')), ['2'])
    }),
    await claim('numbers are found by what they are, and nothing else is a number or a day', async () => {
      deepEqual(owners(await asked('tons', '02.5')), [owner])
      for (const column of ['seats', 'tons', 'price', 'ok', 'weight', 'built', 'id'])
        for (const value of ['abc', ' ', '2.504', '2019-02-30'])
          deepEqual(await asked(column, value), [], column)
    }),
    await claim('SQL in a value finds nothing and changes nothing', async () => {
      for (const value of ["' or '1'='1", "x'; drop table harbour.boats; --", '@value', ']; --', '😀'])
        for (const column of ['owner', ...columns]) deepEqual(await asked(column, value), [], column)
      deepEqual(await server.tell('select count(*) from harbour.boats'), [[2]])
    }),
    await claim('an index is seen, and whether the user could write', async () => {
      const { unindexed, writable } = await look(address())
      deepEqual(
        ['f0', 'f1', 'f2'].map((name) => unindexed.includes(name)),
        [false, false, true],
      )
      equal(writable, undefined)
      equal((await look(address('w:Pass-1'))).writable, true)
    }),
    await claim('a table that may not be read is not there', async () =>
      equal(await refusalOf(look(address(), 'harbour.hidden')), 'connector-source-unusable'),
    ),
    await claim('a mapping is proposed of it', async () => {
      const text = await proposeMapping('sqlserver:harbour.boats', { folder: '.', address: address() }, [])
      equal(readMapping(text).mapping?.fields.length, columns.length + 2)
    }),
    await claim(
      'a wrong password, another database and an unknown certificate are problems that say so',
      async () => {
        for (const at of [
          address('c:wrong'),
          address('c:Pass-1', undefined, 'none'),
          address('c:Pass-1', ''),
        ])
          equal(await refusalOf(look(at)), 'connector-source-down')
      },
    ),
    await claim('a query that takes long is ended, and is a problem that says so', async () => {
      const lock = 'begin; lock table registry_harbour.boats in access exclusive mode; select pg_sleep(9)'
      const locked = server.within(lock)
      await new Promise((resolve) => setTimeout(resolve, 1000))
      equal(await refusalOf(asked('owner', owner)), 'connector-source-slow')
      await locked
    }),
    await claim('a server that was stopped is a problem that says so', async () => {
      await server.stop()
      equal(await refusalOf(asked('owner', owner)), 'connector-source-down')
      for (const opening of opened.values()) await (await opening).source.close()
    }),
  ]
}

function owners(rows: readonly Row[]): readonly unknown[] {
  return rows.map(({ f0 }) => f0)
}

function refusalOf(asking: Promise<unknown>): Promise<string | undefined> {
  return asking.then(
    () => undefined,
    ({ code }: { code?: string }) => code,
  )
}

async function open(address: string, table: string) {
  const { mapping } = readMapping(yaml(table))
  if (mapping === undefined) throw new Error('the mapping does not fit')
  return { source: await openSource(mapping, { folder: '.', address }), fields: mapping.fields }
}
