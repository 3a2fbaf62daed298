import { readFile, stat } from 'node:fs/promises'
import type { Problem } from '@sapan/kernel'
import { readCsvTable } from '../csv/csv-table.ts'
import type { CsvFormat, MappedField, XlsxFormat } from '../mapping/mapping.ts'
import { sourceUnusable } from '../problems.ts'
import { readXlsxTable } from '../xlsx/xlsx-table.ts'
import type { FileContent } from './file-source.ts'

/** Bytes of one file, and of all files of a folder. */
export const LARGEST = 1024 ** 3

/** A CSV file. */
export function csvFile(path: string, format: CsvFormat, fields: readonly MappedField[]): FileContent {
  return {
    mark: async () => (await stateOf(path)).mark,
    table: async () => await readCsvTable(await bytesOf(path), format, fields),
  }
}

/** A sheet of an XLSX file. */
export function xlsxFile(path: string, format: XlsxFormat, fields: readonly MappedField[]): FileContent {
  return {
    mark: async () => (await stateOf(path)).mark,
    table: async () => await readXlsxTable(await bytesOf(path), format, fields),
  }
}

async function bytesOf(path: string): Promise<Buffer> {
  return await readFile(path).catch((error: unknown) => {
    throw missing(path, error)
  })
}

/** What is seen of a file without reading it. */
export async function stateOf(path: string): Promise<{ readonly mark: string; readonly size: number }> {
  const found = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw missing(path, error)
  })
  if (found.size > LARGEST) throw sourceUnusable(tooLarge)
  return { mark: `${found.ino} ${found.size} ${found.mtimeNs}`, size: Number(found.size) }
}

/** What cannot be opened. */
export function missing(path: string, cause: unknown): Problem {
  return sourceUnusable({ th: `อ่านแฟ้มไม่ได้: ${path}`, en: `the file cannot be read: ${path}` }, cause)
}

/** More than `LARGEST`. */
export const tooLarge = { th: 'แฟ้มใหญ่เกิน 1 GiB', en: 'there is more than 1 GiB' }
