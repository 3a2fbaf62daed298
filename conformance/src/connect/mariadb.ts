import { deepEqual, equal } from 'node:assert/strict'
import { openSource, type Row, readMapping } from '@sapan/connect'
import { type Check, claim, type Finding } from '../check.ts'
import { inFolder } from '../tool.ts'
import { MariadbServer } from './mariadb-server.ts'

const yaml = (table: string) => `
code: boat
version: v1
text: { th: เรือ, en: Boats }
source: { mysql: ${table} }
fields:
  - { name: owner, column: owner, text: { th: เจ้าของ, en: Owner }, term: "person:nationalId", subject: true, search: true }
  - { name: plate, column: plate, text: { th: ทะเบียน, en: Plate }, search: true }
  - { name: seats, column: seats, text: { th: ที่นั่ง, en: Seats }, type: integer, search: true }
  - { name: built, column: built, text: { th: วันที่ต่อ, en: Built }, search: true }
`
const tables = `
  create database registry character set utf8mb4; use registry;
  create table boats (owner char(13) primary key, plate varchar(20) character set tis620, seats int, built date, secret text, key (plate));
  insert into boats values ('1101700230708', 'กข 1', 4, '2019-05-01', 'x'), ('2', 'ABC', null, null, 'x'), ('3', 'abc', 0, null, 'x');
  create view seen as select * from boats;
  create view slow as select owner, plate, sleep(60) as seats, built from boats;
`
const first = { owner: '1101700230708', plate: 'กข 1', seats: 4, built: '2019-05-01' }

/** Tables and views of a server that we did not write. */
export const tablesOfMariadb: Check = {
  name: 'Connectors, MariaDB',
  against: () => "Debian's MariaDB 10.11, by npm mysql2 3.24.6",
  async run() {
    return await inFolder({}, async (folder) => {
      let server: MariadbServer
      try {
        server = await MariadbServer.start(folder)
      } catch (error) {
        return [await claim('a table of MariaDB is read', () => Promise.reject(error))]
      }
      try {
        server.tell(tables)
        server.tell("create user c@127.0.0.1 identified by 'p'; grant all on registry.* to c@127.0.0.1")
        return await claims(server)
      } finally {
        await server.stop()
      }
    })
  },
}

async function claims(server: MariadbServer): Promise<readonly Finding[]> {
  const asked = (field: string, value: string, table = 'boats') => ask(server.port, table, field, value)
  const noRows = ["' or '1'='1", "x'; drop table boats; --", "\\' or 1=1 -- ", '2 ', '😀', 'a\0b']
  return [
    await claim('a row is found by its key, and answered without what is not mapped', async () =>
      deepEqual(await asked('owner', '1101700230708'), [first]),
    ),
    await claim('letters of TIS-620 are found and answered as Unicode', async () =>
      deepEqual(await asked('plate', 'กข 1'), [first]),
    ),
    await claim('a view answers as its table', async () =>
      deepEqual(await asked('owner', '1101700230708', 'registry.seen'), [first]),
    ),
    await claim('upper and lower case are told apart', async () =>
      deepEqual(await asked('plate', 'ABC'), [{ owner: '2', plate: 'ABC' }]),
    ),
    await claim('letters are not the number 0, and not a date', async () => {
      deepEqual(await asked('seats', 'abc'), [])
      deepEqual(await asked('built', 'abc'), [])
      equal((await asked('seats', '0')).length, 1)
      equal((await asked('built', '2019-05-01')).length, 1)
    }),
    await claim('SQL in a value finds nothing and changes nothing', async () => {
      for (const value of noRows)
        for (const field of ['owner', 'plate', 'seats']) deepEqual(await asked(field, value), [], value)
      equal(server.tell('select count(*) from registry.boats').trim(), '3')
    }),
    await claim('a query that takes long is ended by the server, and is a problem that says so', async () => {
      equal(await refusalOf(asked('owner', '2', 'slow')), 'connector-source-slow')
      const running =
        "select count(*) from information_schema.processlist where info like '%registry%slow%' and user = 'c'"
      equal(server.tell(running).trim(), '0')
    }),
    await claim('a server that was stopped is a problem that says so', async () => {
      await server.stop()
      equal(await refusalOf(asked('owner', '2')), 'connector-source-down')
    }),
  ]
}

function refusalOf(asking: Promise<unknown>): Promise<string | undefined> {
  return asking.then(
    () => undefined,
    ({ code }: { code?: string }) => code,
  )
}

async function ask(port: number, table: string, name: string, value: string): Promise<readonly Row[]> {
  const { mapping } = readMapping(yaml(table))
  const field = mapping?.fields.find((one) => one.name === name)
  if (mapping === undefined || field === undefined) throw new Error('the mapping does not fit')
  const address = `mysql://c:p@127.0.0.1:${port}/registry`
  const source = await openSource(mapping, { folder: '.', address })
  return await source.find(field, value, 10).finally(() => source.close())
}
