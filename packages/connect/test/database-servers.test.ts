import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Connections, TooBusy } from '../src/database/connections.ts'
import { exactNumber } from '../src/database/exact-number.ts'
import { oracleRowsStatement } from '../src/database/oracle-rows.ts'
import { cellText, rowsStatement } from '../src/database/sqlserver-rows.ts'
import type { TableColumn } from '../src/database/table-server.ts'
import { openSource, readMapping } from '../src/index.ts'

const injection = `x' or '1'='1'; drop table boats; --`
const asked = (column: TableColumn, value: string) => ({
  table: { quoted: '[dbo].[boats]', columns: [column] },
  columns: [column],
  where: { column, value },
  limit: 11,
})

describe('a statement for SQL Server', () => {
  const column = (type: string) => ({ name: 'c', quoted: '[c]', type })
  const statement = (type: string, value: string) => rowsStatement(asked(column(type), value))

  it('reads no more rows and letters than it needs, each cell as text', () => {
    const { table, columns } = asked(column('varchar Thai_CI_AS'), '')
    expect(rowsStatement({ table, columns, limit: 11 })).toEqual({
      sql: 'select top (11) substring(convert(nvarchar(max), [c]), 1, 65537) from [dbo].[boats]',
      values: {},
    })
  })

  it.each([
    ['datetime2', 'convert(nvarchar(max), [c], 121)'],
    ['money', 'convert(nvarchar(max), convert(decimal(19, 4), [c]))'],
    ['float', 'select top (1) [c] from'],
    ['nchar Thai_CI_AS', 'convert(nvarchar(max), rtrim([c]))'],
    ['decimal(2)', 'convert(nvarchar(max), [c])'],
  ])('writes %s in full: %s', (type, text) => {
    const { table, columns } = asked(column(type), '')
    expect(rowsStatement({ table, columns, limit: 1 })?.sql).toContain(text)
  })

  it('finds letters by their index, and then letter for letter', () => {
    const { sql = '', values } = statement('varchar Thai_CI_AS', injection) ?? {}
    expect(sql.slice(sql.indexOf(' where '))).toBe(
      ' where [c] = convert(varchar(8000), @value collate Thai_CI_AS)' +
        ' and convert(nvarchar(max), [c]) collate Latin1_General_BIN2 = @value' +
        ' and datalength(convert(nvarchar(max), [c])) = datalength(@value)',
    )
    expect(values).toEqual({ value: injection })
  })

  it.each([
    ['int', '4', '[c] = try_convert(int, @value)', '4'],
    ['int', '0004.0', '[c] = try_convert(int, @value)', '4'],
    ['decimal(2)', '2.500', '[c] = try_convert(decimal(38,2), @value)', '2.5'],
    ['money', '2.5', '[c] = try_convert(money, @value)', '2.5'],
    ['float', '1e3', '[c] = try_convert(float, @value)', '1e3'],
  ])('finds numbers by what they are: %s %s', (type, value, condition, given) => {
    const { sql, values } = statement(type, value) ?? {}
    expect(sql?.endsWith(`where ${condition}`)).toBe(true)
    expect(values).toEqual({ value: given })
  })

  it.each([
    ['int', ' '],
    ['int', '4.5'],
    ['int', injection],
    ['bit', '2'],
    ['decimal(2)', '2.504'],
    ['money', '$2'],
    ['float', injection],
  ])('is not made for what no %s can be: %s', (type, value) => {
    expect(statement(type, value)).toBeUndefined()
  })

  it.each([
    ['float', 0.1 + 0.2, '0.3'],
    ['float', 1e21, '1000000000000000000000'],
    ['float', 1e-7, '0.0000001'],
    ['real', Math.fround(0.1), '0.1'],
    ['int', 'x', 'x'],
    ['int', null, null],
  ])('has cells of %s in full: %s', (type, cell, text) => {
    expect(cellText(cell, column(type))).toBe(text)
  })

  it('never has a value in it', () => {
    for (const type of ['varchar X', 'nvarchar', 'date', 'uniqueidentifier', 'xml'])
      expect(statement(type, injection)?.sql).not.toContain('drop')
  })
})

describe('a statement for Oracle', () => {
  const column = (type: string) => ({ name: 'C', quoted: '"C"', type })
  const statement = (type: string, value: string) => oracleRowsStatement(asked(column(type), value))

  it.each([
    ['VARCHAR2', '"C"'],
    ['CHAR 13', 'rtrim("C")'],
    ['NUMBER', `to_char("C", 'TM9')`],
    ['TIMESTAMP(6)', `to_char("C", 'YYYY-MM-DD HH24:MI:SS.FF')`],
    ['TIMESTAMP(6) WITH TIME ZONE', `to_char("C", 'YYYY-MM-DD HH24:MI:SS.FF TZH:TZM')`],
  ])('writes %s in full: %s', (type, text) => {
    const { table, columns } = asked(column(type), '')
    expect(oracleRowsStatement({ table, columns, limit: 2 })?.sql).toBe(
      `select substr(${text}, 1, 65537) from [dbo].[boats] fetch first 2 rows only`,
    )
  })

  it.each([
    ['VARCHAR2', injection, '"C" = :value'],
    ['CHAR 13', '12', '"C" = rpad(:value, 13) and rtrim("C") = :value'],
    ['CHAR 13', 'กข', 'rtrim("C") = :value'],
    ['NUMBER', '2.5', '"C" = to_number(:value)'],
    ['BINARY_DOUBLE', '2.5', '"C" = to_binary_double(:value)'],
    ['DATE', '2019-05-01', `"C" = to_date(:value, 'YYYY-MM-DD')`],
  ])('finds %s by a parameter: %s', (type, value, condition) => {
    const { sql, values } = statement(type, value) ?? {}
    expect(sql?.endsWith(`where ${condition} fetch first 11 rows only`)).toBe(true)
    expect(values).toEqual({ value })
  })

  it.each([
    ['NUMBER', injection],
    ['NUMBER', ' '],
    ['DATE', injection],
    ['DATE', '1 May 2019'],
  ])('is not made for what no %s can be: %s', (type, value) => {
    expect(statement(type, value)).toBeUndefined()
  })
})

describe('a number', () => {
  it.each([
    ['0002.50', 2, '2.5'],
    ['-0.10', 1, '-0.1'],
    ['1'.repeat(38), 0, '1'.repeat(38)],
    ['1'.repeat(39), 0, undefined],
    ['2.51', 1, undefined],
    ['.5', 1, undefined],
    ['1e3', 0, undefined],
    ['', 0, undefined],
  ])('stands in SQL without rounding: %s with %i after the point', (text, scale, expected) => {
    expect(exactNumber(text, scale)).toBe(expected)
  })
})

describe('connections', () => {
  it('are no more than are allowed, each used by one at a time, and opened anew when broken', async () => {
    let opened = 0
    const broken = new Set<number>()
    const connections = new Connections<number>(
      {
        open: async () => ++opened,
        isUsable: (one) => !broken.has(one),
        close: (one) => broken.add(one),
      },
      { most: 2, longestMs: 60_000 },
    )
    let free = () => {}
    const held = new Promise<void>((resolve) => {
      free = resolve
    })
    const used: number[] = []
    const using = [1, 2, 3].map(() =>
      connections.use(async (one) => {
        used.push(one)
        await held
      }),
    )
    await new Promise(setImmediate)
    expect(used).toEqual([1, 2])
    free()
    await Promise.all(using)
    expect(opened).toBe(2)
    broken.add(1).add(2)
    await expect(connections.use(async (one) => one)).resolves.toBe(3)
    await expect(connections.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await connections.close()
    expect(broken.has(3)).toBe(true)
  })

  it('that are all lent are not waited for without end', async () => {
    const of = { open: async () => 1, isUsable: () => true, close: () => {} }
    const connections = new Connections<number>(of, { most: 1, longestMs: 1 })
    let free = () => {}
    const first = connections.use(() => new Promise<void>((resolve) => (free = resolve)))
    await expect(connections.use(async () => 0)).rejects.toBeInstanceOf(TooBusy)
    free()
    await first
    await expect(connections.use(async (one) => one)).resolves.toBe(1)
  })
})

describe.each(['sqlserver', 'oracle'])('an address of %s', (kind) => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sapan-servers-'))
    await writeFile(join(folder, 'not.pem'), 'x')
  })
  afterAll(() => rm(folder, { recursive: true }))

  const { mapping } = readMapping(
    `code: boat\nversion: v1\ntext: { th: ก, en: B }\nsource: { ${kind}: harbour.boats }\nfields:\n  - { name: a, column: a, text: { th: ก, en: A }, search: true }\n`,
  )
  const open = (address: string) =>
    mapping === undefined
      ? undefined
      : openSource(mapping, { folder, address }).then(
          () => undefined,
          (problem: Problem) => ({
            code: problem.code,
            told: `${problem} ${JSON.stringify(problem.detail)}`,
          }),
        )

  it.each([
    `mysql://me:hidden@host/x`,
    `${kind}://host/x`,
    `${kind}://me:hidden@host`,
    `${kind}://me:hidden@host/x?tls=maybe`,
    `${kind}://me:hidden@host/x?trustServerCertificate=true`,
    `${kind}://me:hid%den@host/x`,
    `${kind}://me:hidden@host/x?ca=none.pem`,
    `${kind}://me:hidden@host/x?ca=not.pem`,
  ])('is whole, and nothing of it is told: %s', async (address) => {
    const refused = await open(address)
    expect(refused?.code).toBe('connector-address-invalid')
    expect(refused?.told).not.toContain('hid')
  })

  it('where nobody answers, or who answers is no such server, is a problem that says so', async () => {
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    for (const at of [1, port])
      for (const tls of ['', '?tls=off'])
        expect(await open(`${kind}://me:hidden@127.0.0.1:${at}/x${tls}`)).toMatchObject({
          code: 'connector-source-down',
          told: expect.not.stringContaining('hidden'),
        })
    other.close()
  })
})
