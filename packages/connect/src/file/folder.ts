import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '@sapan/kernel'
import type { CsvTable } from '../csv/csv-table.ts'
import type { CsvFormat, MappedField, XlsxFormat } from '../mapping/mapping.ts'
import { placed, sourceUnusable } from '../problems.ts'
import type { Row } from '../source.ts'
import type { FileContent } from './file-source.ts'
import { csvFile, LARGEST, missing, stateOf, tooLarge, xlsxFile } from './one-file.ts'

const MOST_FILES = 1000

interface KnownFile {
  readonly name: string
  readonly mark: string
  readonly table: CsvTable
}

/**
 * The CSV and XLSX files of a folder as one table. All must have the same columns. Of a file that did not change, what was
 * read before is taken.
 */
export function folderOfFiles(
  path: string,
  format: CsvFormat & XlsxFormat,
  fields: readonly MappedField[],
): FileContent {
  let known: readonly KnownFile[] = []
  const contentOf = (name: string): FileContent =>
    (/\.xlsx$/i.test(name) ? xlsxFile : csvFile)(join(path, name), format, fields)
  const marks = async () => {
    const found: { name: string; mark: string }[] = []
    let bytes = 0
    for (const name of await namesIn(path)) {
      const { mark, size } = await stateOf(join(path, name))
      bytes += size
      found.push({ name, mark })
    }
    if (bytes > LARGEST) throw sourceUnusable(tooLarge)
    return found
  }
  return {
    async mark() {
      return JSON.stringify(await marks())
    },
    async table() {
      const read: KnownFile[] = []
      for (const { name, mark } of await marks()) {
        const before = known.find((one) => one.name === name && one.mark === mark)
        read.push(before ?? { name, mark, table: await tableIn(name, contentOf(name)) })
        sameColumns(read)
      }
      known = read
      return together(read.map(({ table }) => table))
    },
  }
}

/** In the order of their names. What programs leave beside open files, and what is hidden, is no data. */
async function namesIn(path: string): Promise<readonly string[]> {
  const found = await readdir(path).catch((error: unknown) => {
    throw missing(path, error)
  })
  const names = found.filter((name) => /\.(csv|xlsx)$/i.test(name) && !/^(\.|~\$)/.test(name)).sort()
  if (names.length === 0)
    throw sourceUnusable({ th: `ไม่มีแฟ้มใน ${path}`, en: `there are no files in ${path}` })
  if (names.length > MOST_FILES) throw sourceUnusable(tooMany)
  return names
}

async function tableIn(name: string, content: FileContent): Promise<CsvTable> {
  try {
    return await content.table()
  } catch (error) {
    if (!(error instanceof Problem) || error.detail === undefined) throw error
    throw sourceUnusable(placed({ th: name, en: name }, error.detail), error.cause)
  }
}

function sameColumns(read: readonly KnownFile[]): void {
  const [first, last] = [read[0], read.at(-1)]
  if (first === undefined || last === undefined) return
  const sorted = ({ table }: KnownFile) => JSON.stringify(table.columns.toSorted())
  if (sorted(first) === sorted(last)) return
  throw sourceUnusable({
    th: `${last.name}: คอลัมน์ไม่ตรงกับ ${first.name}`,
    en: `${last.name}: its columns are not those of ${first.name}`,
  })
}

function together(tables: readonly CsvTable[]): CsvTable {
  const upTo = (limit: number, take: (table: CsvTable, left: number) => readonly Row[]) => {
    const rows: Row[] = []
    for (const table of tables) if (rows.length < limit) rows.push(...take(table, limit - rows.length))
    return rows
  }
  return {
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    columns: tables[0]?.columns ?? [],
    first: (count) => upTo(count, (table, left) => table.first(left)),
    find: (field, value, limit) => upTo(limit, (table, left) => table.find(field, value, left)),
  }
}

const tooMany = { th: 'โฟลเดอร์มีเกิน 1,000 แฟ้ม', en: 'the folder has more than 1,000 files' }
