import { exactNumber } from './exact-number.ts'
import { LONGEST_CELL, type RowsQuery, type TableColumn } from './table-server.ts'

/** A statement, and what stands for `:value` in it. */
export interface OracleStatement {
  readonly sql: string
  readonly values: Readonly<Record<string, string>>
}

/** The statement that reads a table's rows; undefined where no cell of the searched column can have the value. */
export function oracleRowsStatement({
  table,
  columns,
  where,
  limit,
}: RowsQuery): OracleStatement | undefined {
  const cells = columns.map((column) => `substr(${textOf(column)}, 1, ${LONGEST_CELL + 1})`).join(', ')
  const select = `select ${cells} from ${table.quoted}`
  const first = `fetch first ${Math.trunc(limit)} rows only`
  if (where === undefined) return { sql: `${select} ${first}`, values: {} }
  const condition = conditionOn(where.column, where.value)
  return condition && { ...condition, sql: `${select} where ${condition.sql} ${first}` }
}

const LETTERS = new Set(['VARCHAR2', 'NVARCHAR2', 'CHAR', 'NCHAR'])
const PADDED = new Set(['CHAR', 'NCHAR'])
const NUMBERS = new Set(['NUMBER', 'FLOAT'])
const INEXACT = new Set(['BINARY_FLOAT', 'BINARY_DOUBLE'])

/** Whether cells of a type can be told as text: not those of unbounded length, as CLOB, nor bytes and objects. */
export function isReadableInOracle(type: string): boolean {
  return [LETTERS, NUMBERS, INEXACT].some((types) => types.has(type)) || type === 'DATE' || isTimestamp(type)
}

/** `TIMESTAMP(6)`, `TIMESTAMP(6) WITH TIME ZONE` and their like. */
function isTimestamp(type: string): boolean {
  return /^TIMESTAMP\(\d\)/.test(type)
}

/** The type, and for padded letters how many; as `oracle.ts` writes it: `CHAR 13`. */
function kindOf({ type = '' }: TableColumn) {
  const [, name = '', length] = /^(CHAR|NCHAR) (\d+)$/.exec(type) ?? [type, type]
  return { name, length: Number(length) }
}

/**
 * A cell as text: numbers in full, moments as 2019-05-01 10:30:00, and a DATE without a time as its day. The session's calendar and
 * its point are set by `oracle.ts`.
 */
function textOf(column: TableColumn): string {
  const { name } = kindOf(column)
  const { quoted } = column
  if (PADDED.has(name)) return `rtrim(${quoted})`
  if (LETTERS.has(name)) return quoted
  if (NUMBERS.has(name) || INEXACT.has(name)) return `to_char(${quoted}, 'TM9')`
  if (name === 'DATE')
    return `case when ${quoted} = trunc(${quoted}) then to_char(${quoted}, '${DAY}') else to_char(${quoted}, '${DAY} ${TIME}') end`
  return name.endsWith('TIME ZONE')
    ? `to_char(${quoted}, '${DAY} ${TIME}.FF TZH:TZM')`
    : `to_char(${quoted}, '${DAY} ${TIME}.FF')`
}

const DAY = 'YYYY-MM-DD'
const TIME = 'HH24:MI:SS'

/** Numbers and days are held against their form before they are asked for, so that no value is ever wrong for its column. */
function conditionOn(column: TableColumn, value: string): OracleStatement | undefined {
  const { name, length } = kindOf(column)
  const { quoted } = column
  if (NUMBERS.has(name) || INEXACT.has(name)) {
    const number = exactNumber(value, 38)
    const as = NUMBERS.has(name) ? 'to_number' : `to_${name.toLowerCase()}`
    return number === undefined ? undefined : { sql: `${quoted} = ${as}(:value)`, values: { value: number } }
  }
  // How far other letters are padded depends on how many bytes they have.
  if (PADDED.has(name) && value.length <= length && /^[ -~]+$/.test(value))
    return { sql: `${quoted} = rpad(:value, ${length}) and ${textOf(column)} = :value`, values: { value } }
  if (name === 'DATE') {
    const isDay = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/.test(value)
    const format = value.length > DAY.length ? `${DAY} ${TIME}` : DAY
    return isDay ? { sql: `${quoted} = to_date(:value, '${format}')`, values: { value } } : undefined
  }
  return { sql: `${textOf(column)} = :value`, values: { value } }
}
