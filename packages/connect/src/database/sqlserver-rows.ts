import { numberInFull } from '../number-in-full.ts'
import { exactNumber } from './exact-number.ts'
import { LONGEST_CELL, type RowsQuery, type TableColumn } from './table-server.ts'

/** A statement, and its parameters by name: `value` stands for `@value`. */
export interface Statement {
  readonly sql: string
  readonly values: Readonly<Record<string, string | null>>
}

/** The statement that reads a table's rows; undefined where no cell of the searched column can have the value. */
export function rowsStatement({ table, columns, where, limit }: RowsQuery): Statement | undefined {
  const cells = columns.map(cellOf).join(', ')
  const select = `select top (${Math.trunc(limit)}) ${cells} from ${table.quoted}`
  if (where === undefined) return { sql: select, values: {} }
  const condition = conditionOn(where.column, where.value)
  return condition && { ...condition, sql: `${select} where ${condition.sql}` }
}

/** `decimal(10,2)`, or `varchar Thai_CI_AS`: as `sqlserver.ts` writes a column's type. */
function kindOf({ type = '' }: TableColumn) {
  const [, name = '', scale = '0', collation] = /^(\w+)(?:\((\d+)\))?(?: (\w+))?$/.exec(type) ?? []
  return { name, scale: Number(scale), collation }
}

const WHOLE = new Set(['tinyint', 'smallint', 'int', 'bigint', 'bit'])
const EXACT = new Set(['decimal', 'numeric', 'money', 'smallmoney'])
const MONEY = new Set(['money', 'smallmoney'])
const INEXACT = new Set(['float', 'real'])
const MOMENTS = new Set(['date', 'time', 'datetime', 'datetime2', 'smalldatetime', 'datetimeoffset'])
const LETTERS = new Set(['char', 'varchar', 'nchar', 'nvarchar'])
const PADDED = new Set(['char', 'nchar'])
const OTHERS = new Set(['uniqueidentifier', 'text', 'ntext', 'xml'])

/** Whether cells of a type can be told as text: not bytes, pictures, places on a map, or values of mixed types. */
export function isReadable(type: string): boolean {
  return [WHOLE, EXACT, INEXACT, MOMENTS, LETTERS, OTHERS].some((types) => types.has(type))
}

/** A cell as it is asked for: floating numbers as such, since SQL Server's texts of them leave digits out or have exponents. */
function cellOf(column: TableColumn): string {
  return INEXACT.has(kindOf(column).name)
    ? column.quoted
    : `substring(${textOf(column)}, 1, ${LONGEST_CELL + 1})`
}

/** A cell as text. By itself SQL Server writes two digits of money, and months by their names; style 121 is 2019-05-01 10:30:00. */
function textOf(column: TableColumn): string {
  const { name } = kindOf(column)
  if (MOMENTS.has(name)) return `convert(nvarchar(max), ${column.quoted}, 121)`
  if (MONEY.has(name)) return `convert(nvarchar(max), convert(decimal(19, 4), ${column.quoted}))`
  return `convert(nvarchar(max), ${PADDED.has(name) ? `rtrim(${column.quoted})` : column.quoted})`
}

/** What the driver gives of a cell, as text: nothing of a floating number is lost, and none has an exponent. */
export function cellText(cell: unknown, column: TableColumn | undefined): string | null {
  if (cell === null) return null
  if (typeof cell !== 'number') return String(cell)
  // A real has seven digits; the rest comes of its widening.
  return numberInFull(column?.type === 'real' ? Number(cell.toPrecision(7)) : cell)
}

/**
 * A comparison alone takes "ABC" for "abc", "a" for "a ", and letters of an empty text for the number 0: numbers are held against their
 * form before they are asked for; of the rest the first condition may use an index, the others compare letter for letter.
 */
function conditionOn(column: TableColumn, value: string): Statement | undefined {
  const { name, scale, collation } = kindOf(column)
  if (WHOLE.has(name) || EXACT.has(name)) {
    const number = exactNumber(value, MONEY.has(name) ? 4 : scale)
    const as = EXACT.has(name) && !MONEY.has(name) ? `${name}(38,${scale})` : name
    const isTrueOrFalse = name !== 'bit' || number === '0' || number === '1'
    if (number === undefined || !isTrueOrFalse) return undefined
    return { sql: `${column.quoted} = try_convert(${as}, @value)`, values: { value: number } }
  }
  if (INEXACT.has(name)) {
    const isNumber = /^-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]{1,3})?$/i.test(value)
    return isNumber
      ? { sql: `${column.quoted} = try_convert(${name}, @value)`, values: { value } }
      : undefined
  }
  const told = name === 'uniqueidentifier' ? value.toUpperCase() : value
  const indexed = indexedCondition(column, name, collation)
  const exact = `${textOf(column)} collate Latin1_General_BIN2 = @value`
  const sameLength = `datalength(${textOf(column)}) = datalength(@value)`
  return { sql: [...indexed, exact, sameLength].join(' and '), values: { value: told } }
}

function indexedCondition({ quoted }: TableColumn, name: string, collation: string | undefined): string[] {
  if (name === 'uniqueidentifier') return [`${quoted} = try_convert(uniqueidentifier, @value)`]
  if (MOMENTS.has(name)) return [`${quoted} = try_convert(${name}, @value, 121)`]
  if (name === 'nchar' || name === 'nvarchar') return [`${quoted} = @value`]
  // Letters of one byte are compared as such: widened, an index on them would be left aside.
  if (name === 'char' || name === 'varchar')
    return [
      collation === undefined
        ? `${quoted} = @value`
        : `${quoted} = convert(varchar(8000), @value collate ${collation})`,
    ]
  return []
}
