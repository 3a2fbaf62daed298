import { setImmediate } from 'node:timers/promises'
import type { Text } from '@sapan/kernel'
import { cellValue, wrongType } from '../cell-value.ts'
import type { CsvFormat, MappedField } from '../mapping/mapping.ts'
import { placed, sourceUnusable } from '../problems.ts'
import type { Row } from '../source.ts'
import { hashOf, KeyIndex, LAST_ROW } from './key-index.ts'
import { type Letters, letters } from './letters.ts'
import { RowReader } from './row-reader.ts'

/** A CSV text that was read whole: its bytes, and where rows stand by what they are searched by. */
export interface CsvTable {
  readonly rows: number
  readonly columns: readonly string[]
  /** The rows whose field is exactly so; at most `limit`. */
  find(field: string, value: string, limit: number): readonly Row[]
  /** The first rows, as they are. */
  first(count: number): readonly Row[]
}

/** Rows between two turns of the event loop: what is asked while a file is read is answered. */
const TURN = 20_000

/** How the place at an offset is called. */
type PlaceAt = (offset: number) => Text

/**
 * Reads a CSV text for the fields of a mapping. Throws `connector-source-unusable` with the line for whatever does not fit: another
 * encoding, a ragged row, a column that is missing, a cell that is not of its type. What was made from another kind of file says by
 * `placeAt` where things stand there.
 */
export async function readCsvTable(
  bytes: Buffer,
  { encoding = 'utf-8', separator = ',' }: CsvFormat,
  fields: readonly MappedField[],
  placeAt: PlaceAt = (offset) => lineCalled(bytes, offset),
): Promise<CsvTable> {
  const unusable = (offset: number, told: Text) => sourceUnusable(placed(placeAt(offset), told))
  const read = letters[encoding]
  const fault = read.fault(bytes)
  if (fault !== -1) throw unusable(fault, unreadable[encoding])
  const reader = new RowReader(bytes, separator, hasMark(bytes) ? 3 : 0)
  const cell = (at: number): string => cellText(bytes, read, reader.cells, at)
  if (!reader.read()) throw unusable(0, empty)
  const columns = Array.from({ length: reader.cells.length / 2 }, (_, at) => cell(at))
  const places = fields.map((field) => placeOf(field, columns, (told) => unusable(0, told)))
  const indexes = new Map(fields.flatMap(({ name, search }) => (search ? [[name, new KeyIndex()]] : [])))
  const offsets: number[] = []
  for (let start = reader.next; reader.read(); start = reader.next) {
    if (reader.cells.length === 2 && reader.cells[0] === reader.cells[1]) continue
    const row = offsets.push(start) - 1
    if (row > LAST_ROW) throw unusable(start, tooMany)
    if (reader.cells.length !== columns.length * 2)
      throw unusable(start, ragged(reader.cells.length / 2, columns.length))
    const refuse = (told: Text) => unusable(start, told)
    for (const [at, field] of fields.entries()) {
      if (field.type === undefined && !field.search) continue
      const value = valueIn(field, cell(places[at] ?? 0), refuse)
      if (value !== '') indexes.get(field.name)?.add(hashOf(String(value)), row)
    }
    if (row % TURN === 0) await setImmediate()
  }
  if (reader.fault !== undefined) throw unusable(reader.next, quotes)
  for (const index of indexes.values()) index.close()

  const rowAt = (offset: number): Row => {
    const one = new RowReader(bytes, separator, offset)
    one.read()
    const cells = fields.map((field, at) => {
      const text = cellText(bytes, read, one.cells, places[at] ?? 0)
      return [field.name, valueIn(field, text, (told) => sourceUnusable(told))] as const
    })
    return Object.fromEntries(cells.filter(([, value]) => value !== ''))
  }
  return {
    rows: offsets.length,
    columns,
    first: (count) => offsets.slice(0, count).map(rowAt),
    find(field, value, limit) {
      const found: Row[] = []
      for (const at of indexes.get(field)?.rows(hashOf(value)) ?? []) {
        const row = rowAt(offsets[at] ?? 0)
        // Two values may have one hash.
        if (String(row[field]) === value) found.push(row)
        if (found.length === limit) break
      }
      return found
    },
  }
}

function hasMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function cellText(bytes: Buffer, read: Letters, cells: readonly number[], at: number): string {
  const [start = 0, end = 0] = [cells[at * 2], cells[at * 2 + 1]]
  if (bytes[start] !== 0x22 || start === end) return read.text(bytes, start, end).trim()
  return read
    .text(bytes, start + 1, end - 1)
    .replaceAll('""', '"')
    .trim()
}

type Refuse = (told: Text) => Error

function placeOf({ column }: MappedField, columns: readonly string[], refuse: Refuse): number {
  const at = columns.indexOf(column)
  if (at === -1) throw refuse({ th: `ไม่มีคอลัมน์ “${column}”`, en: `there is no column “${column}”` })
  if (columns.lastIndexOf(column) !== at)
    throw refuse({ th: `คอลัมน์ “${column}” มีสองที่`, en: `column “${column}” stands twice` })
  return at
}

function valueIn(field: MappedField, text: string, refuse: Refuse): string | number {
  const value = cellValue(field, text)
  if (value === undefined) throw refuse(wrongType(field))
  return value
}

function lineCalled(bytes: Buffer, offset: number): Text {
  let line = 1
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < offset; at = bytes.indexOf(0x0a, at + 1)) line += 1
  return { th: `บรรทัด ${line}`, en: `line ${line}` }
}

const tooMany = { th: 'แฟ้มมีเกิน 2,097,152 แถว', en: 'the file has more than 2,097,152 rows' }
const empty = { th: 'แฟ้มว่างเปล่า', en: 'the file is empty' }
const quotes = { th: 'เครื่องหมายคำพูดไม่ครบคู่', en: 'a quotation mark is not closed, or not doubled' }
const unreadable = {
  'utf-8': {
    th: 'แฟ้มไม่ใช่ UTF-8 หากเป็น TIS-620 ให้ใส่ encoding: windows-874',
    en: 'the file is not UTF-8; if it is TIS-620, say encoding: windows-874',
  },
  'windows-874': { th: 'มีไบต์ที่ไม่ใช่ windows-874', en: 'a byte that is not of windows-874' },
}

function ragged(has: number, wanted: number): Text {
  return { th: `มี ${has} ช่อง ต้องมี ${wanted}`, en: `${has} cells, there must be ${wanted}` }
}
