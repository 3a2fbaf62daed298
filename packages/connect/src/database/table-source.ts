import { counted, Problem, type Text } from '@sapan/kernel'
import { cellValue, wrongType } from '../cell-value.ts'
import type { MappedField } from '../mapping/mapping.ts'
import { connectProblems } from '../problems.ts'
import { type Look, type Row, SAMPLE, type Source } from '../source.ts'
import { LONGEST_CELL, type Table, type TableColumn, type TableServer } from './table-server.ts'

interface Mapped {
  readonly table: Table
  readonly columns: readonly TableColumn[]
}

/** A table or view as a source: asked anew for every answer, so that nothing of it is kept. */
export class TableSource implements Source {
  readonly #server: TableServer
  readonly #name: string
  readonly #fields: readonly MappedField[]
  readonly #mapped: Mapped

  private constructor(server: TableServer, name: string, fields: readonly MappedField[], mapped: Mapped) {
    this.#server = server
    this.#name = name
    this.#fields = fields
    this.#mapped = mapped
  }

  /** Throws `connector-source-down`, or `connector-source-unusable` where table or columns are not there; closes the server then. */
  static async open(server: TableServer, name: string, fields: readonly MappedField[]): Promise<TableSource> {
    try {
      const table = await server.tableOf(name)
      if (table === undefined)
        throw unusable({ th: `ไม่มีตาราง ${name} ที่อ่านได้`, en: `there is no table ${name} that may be read` })
      return new TableSource(server, name, fields, {
        table,
        columns: fields.map((field) => columnOf(table, name, field)),
      })
    } catch (error) {
      await server.close()
      throw error instanceof Problem ? error : problemOf(server, name, error)
    }
  }

  async find(field: MappedField, value: string, limit: number): Promise<readonly Row[]> {
    const column = this.#mapped.columns[this.#fields.indexOf(field)]
    // PostgreSQL has no zero byte in a text.
    if (column === undefined || value.includes('\0')) return []
    return await this.#rows({ where: { column, value }, limit })
  }

  async look(): Promise<Look> {
    const { table, columns } = this.#mapped
    return {
      ...(table.rows === undefined ? {} : { rows: table.rows }),
      columns: table.columns.map(({ name }) => name),
      sample: await this.#rows({ limit: SAMPLE }),
      unindexed: this.#fields
        .filter(({ search }, at) => search && columns[at]?.indexed === false)
        .map(({ name }) => name),
      ...(table.writable ? { writable: true } : {}),
    }
  }

  async refresh(): Promise<void> {}

  close(): Promise<void> {
    return this.#server.close()
  }

  async #rows(query: Pick<Parameters<TableServer['rows']>[0], 'where' | 'limit'>): Promise<readonly Row[]> {
    if (this.#fields.length === 0) return []
    const rows = await this.#server.rows({ ...this.#mapped, ...query }).catch((error: unknown) => {
      throw problemOf(this.#server, this.#name, error)
    })
    return rows.map((cells) => this.#rowOf(cells))
  }

  #rowOf(cells: readonly (string | null)[]): Row {
    const row: Record<string, string | number> = {}
    for (const [at, field] of this.#fields.entries()) {
      const cell = cells[at] ?? ''
      if (cell.length > LONGEST_CELL) throw unusable(tooLong(field))
      const value = cellValue(field, cell)
      if (value === undefined) throw unusable(wrongType(field))
      if (value !== '') row[field.name] = value
    }
    return row
  }
}

function columnOf({ columns }: Table, name: string, { column }: MappedField): TableColumn {
  const found = columns.find((one) => one.name === column)
  if (found !== undefined) return found
  throw unusable({
    th: `ตาราง ${name} ไม่มีคอลัมน์ “${column}” ที่อ่านได้`,
    en: `table ${name} has no column “${column}” that may be read`,
  })
}

function tooLong({ column }: MappedField): Text {
  return {
    th: `คอลัมน์ “${column}” มีข้อความยาวกว่า ${LONGEST_CELL} ตัวอักษร`,
    en: `column “${column}” holds a text of more than ${counted(LONGEST_CELL, 'letter')}`,
  }
}

function unusable(detail: Text, cause?: unknown): Problem {
  return new Problem(connectProblems['connector-source-unusable'], { detail, cause })
}

/** What the server says stays with us, as the cause. */
function problemOf(server: TableServer, name: string, cause: unknown): Problem {
  switch (server.meaningOf(cause)) {
    case 'slow':
      return new Problem(connectProblems['connector-source-slow'], { cause })
    case 'down':
      return new Problem(connectProblems['connector-source-down'], { cause })
    case 'untrusted':
      return new Problem(connectProblems['connector-source-down'], {
        detail: {
          th: 'เชื่อใบรับรองของเซิร์ฟเวอร์ไม่ได้ ให้ที่อยู่ลงท้ายด้วย ?ca=แฟ้ม PEM ของผู้ออกใบรับรอง',
          en: 'the certificate of the server is not trusted: end the address with ?ca=FILE, the PEM of who signed it',
        },
        cause,
      })
    default:
      return unusable({ th: `อ่านตาราง ${name} ไม่ได้`, en: `table ${name} cannot be read` }, cause)
  }
}
