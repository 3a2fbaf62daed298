import { setImmediate } from 'node:timers/promises'
import type { Text } from '@sapan/kernel'
import { type CsvTable, readCsvTable } from '../csv/csv-table.ts'
import { LAST_ROW } from '../csv/key-index.ts'
import type { MappedField, XlsxFormat } from '../mapping/mapping.ts'
import { placed, sourceUnusable } from '../problems.ts'
import { XmlFault } from '../xml/xml-reader.ts'
import { type CellFault, type SheetRow, sheetRows } from './sheet-rows.ts'
import { openWorkbook, type Workbook } from './workbook.ts'
import { ZipFault } from './zip-file.ts'

/** Rows between two turns of the event loop. */
const TURN = 5000
/** Letters of one row, and of the whole table: a cell needs a few bytes to repeat a long text, or to make a row wide. */
const LONGEST_ROW = 16 * 1024 ** 2
const LARGEST_TABLE = 256 * 1024 ** 2
/** The first bytes of what older programs, and a password, make of a workbook. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

/**
 * Reads a sheet of a workbook for the fields of a mapping, as a table that is held as CSV: a third of what the sheet's XML needs.
 * Throws `connector-source-unusable` with the row for whatever does not fit.
 */
export async function readXlsxTable(
  bytes: Buffer,
  { sheet, headings = 1 }: XlsxFormat,
  fields: readonly MappedField[],
): Promise<CsvTable> {
  if (bytes.subarray(0, 4).equals(COMPOUND)) throw sourceUnusable(notXlsx)
  try {
    const workbook = await openWorkbook(bytes)
    const xml = await workbook.read(partOf(workbook, sheet))
    const { csv, rowAt } = await asCsv(sheetRows(xml, workbook), headings, fields)
    return await readCsvTable(csv, {}, fields, (offset) => rowCalled(rowAt(offset)))
  } catch (error) {
    if (error instanceof ZipFault || error instanceof XmlFault)
      throw sourceUnusable(damaged(error.message), error)
    throw error
  }
}

function partOf({ sheets }: Workbook, wanted: string | undefined): string {
  const found = wanted === undefined ? sheets[0] : sheets.find(({ name }) => name === wanted)
  if (found !== undefined) return found.part
  const names = sheets.map(({ name }) => `“${name}”`).join(', ')
  throw sourceUnusable({
    th: `ไม่มีแผ่นงาน “${wanted ?? ''}” แฟ้มมี ${names}`,
    en: `there is no sheet “${wanted ?? ''}”; the file has ${names}`,
  })
}

/** The rows from that of the headings on; which row of the sheet stands at an offset is kept for what is told of it. */
async function asCsv(rows: Iterable<SheetRow>, headings: number, fields: readonly MappedField[]) {
  const wanted = new Set(fields.map(({ column }) => column))
  const pieces: Buffer[] = []
  const starts: { readonly offset: number; readonly number: number }[] = []
  let columns: readonly string[] | undefined
  let places: readonly number[] = []
  let [offset, lines]: [number, string[]] = [0, []]
  for (const row of rows) {
    if (row.number < headings) continue
    if (columns === undefined && row.number > headings) break
    const cells: ReadonlyMap<number, string> =
      columns === undefined ? new Map(headingsOf(row).entries()) : cellsOf(row, columns, places)
    if (columns === undefined) {
      columns = [...cells.values()]
      places = [...columns.keys()].filter((at) => wanted.has(columns?.[at] ?? ''))
    }
    const letters = cells.values().reduce((sum, { length }) => sum + length, columns.length)
    if (letters > LONGEST_ROW || offset + letters > LARGEST_TABLE || starts.length > LAST_ROW)
      throw sourceUnusable(placed(rowCalled(row.number), tooMuch))
    const line = lineOf(cells, columns.length)
    starts.push({ offset, number: row.number })
    offset += Buffer.byteLength(line)
    lines.push(line)
    if (lines.length < TURN) continue
    pieces.push(Buffer.from(lines.join('')))
    lines = []
    await setImmediate()
  }
  if (columns === undefined) throw sourceUnusable(placed(rowCalled(headings), noHeadings))
  pieces.push(Buffer.from(lines.join('')))
  const rowAt = (at: number) => starts.findLast((one) => one.offset <= at)?.number ?? headings
  return { csv: Buffer.concat(pieces), rowAt }
}

/** The cells by their places, in order; what lies between them is empty. */
function lineOf(cells: ReadonlyMap<number, string>, columns: number): string {
  let [line, last] = ['', 0]
  for (const [at, cell] of cells) {
    line += ','.repeat(at - last) + quoted(cell)
    last = at
  }
  return `${line}${','.repeat(columns - 1 - last)}\n`
}

function headingsOf({ number, cells }: SheetRow): readonly string[] {
  const last = Math.max(...cells.keys())
  return Array.from({ length: last + 1 }, (_, at) => {
    const cell = cells.get(at) ?? ''
    if (typeof cell === 'string') return cell
    throw sourceUnusable(placed(rowCalled(number), faulty[cell.fault]))
  })
}

/** Those that a field wants, in order. */
function cellsOf({ number, cells }: SheetRow, columns: readonly string[], places: readonly number[]) {
  for (const at of cells.keys()) {
    if (at < columns.length) continue
    throw sourceUnusable(placed(rowCalled(number), beyond(columns.length)))
  }
  const found = new Map<number, string>()
  for (const at of places) {
    const cell = cells.get(at) ?? ''
    if (typeof cell !== 'string') {
      const { th, en } = faulty[cell.fault]
      const column = columns[at]
      throw sourceUnusable(
        placed(rowCalled(number), { th: `คอลัมน์ “${column}” ${th}`, en: `column “${column}” ${en}` }),
      )
    }
    if (cell !== '') found.set(at, cell)
  }
  return found
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function rowCalled(number: number): Text {
  return { th: `แถว ${number}`, en: `row ${number}` }
}

function beyond(columns: number): Text {
  return {
    th: `มีค่าเกินคอลัมน์สุดท้ายของหัวตาราง (${columns})`,
    en: `a value stands beyond the last of the ${columns} columns`,
  }
}

function damaged(reason: string): Text {
  return { th: `แฟ้มเสียหายหรือไม่ใช่ XLSX (${reason})`, en: `the file is damaged, or no XLSX file: ${reason}` }
}

const tooMuch = { th: 'แผ่นงานใหญ่เกินกว่าที่อ่านได้', en: 'the sheet is larger than what is read' }
const noHeadings = { th: 'ไม่มีชื่อคอลัมน์', en: 'there are no names of columns' }
const notXlsx = {
  th: 'แฟ้มเป็น .xls หรือมีรหัสผ่าน บันทึกใหม่เป็น .xlsx โดยไม่ใส่รหัสผ่าน',
  en: 'the file is .xls, or has a password: save it as .xlsx without one',
}
const faulty: Readonly<Record<CellFault, Text>> = {
  error: { th: 'มีค่าผิดพลาด เช่น #N/A', en: 'holds an error, such as #N/A' },
  uncounted: {
    th: 'มีสูตรที่ยังไม่ได้คำนวณ เปิดแล้วบันทึกด้วยโปรแกรมตารางคำนวณ',
    en: 'holds a formula that was never worked out: open and save the file in a spreadsheet program',
  },
  unreadable: { th: 'มีค่าที่อ่านไม่ได้', en: 'holds a value that cannot be read' },
}
