import { counted, Problem } from '@sapan/kernel'
import { officerProblems } from '../../problems/officers.ts'
import { type ColumnName, columnNames, type OfficersCountry } from '../country.ts'
import type { RawDuty, RawOfficer } from '../entry.ts'
import { readCsv } from './csv.ts'
import { readJson } from './json.ts'

/** An officer of a file. */
export interface FileRow {
  /** The line of a CSV file; of JSON, the how-manieth of the list. */
  readonly line: number
  readonly raw: RawOfficer
}

const most = { bytes: 10 * 1024 * 1024, rows: 20_000 } as const

/**
 * The officers of a file: CSV with names of columns in the first line (parted by commas, semicolons or tabs), or JSON. In
 * UTF-8, with or without a byte order mark, or as older spreadsheets write Thai (windows-874). Throws
 * `officer-file-unreadable`.
 */
export function readOfficerFile(bytes: Uint8Array, country: OfficersCountry): FileRow[] {
  if (bytes.length > most.bytes) throw unreadable('ไฟล์ใหญ่เกิน 10 MB', 'The file is larger than 10 MB')
  const text = decoded(bytes)
  const rows = /^\s*[[{]/.test(text) ? readJson(text, columnsOf(country)) : rowsOfCsv(text, country)
  if (rows.length === 0) throw unreadable('ไม่มีรายชื่อในไฟล์', 'There are no officers in the file')
  if (rows.length > most.rows) {
    throw unreadable(`มีเกิน ${most.rows} รายการ`, `There are more than ${counted(most.rows, 'officer')}`)
  }
  return rows
}

export function unreadable(th: string, en: string): Problem {
  return new Problem(officerProblems['officer-file-unreadable'], { detail: { th, en } })
}

function decoded(bytes: Uint8Array): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const encodings = isWide ? [bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'] : ['utf-8', 'windows-874']
  for (const encoding of encodings) {
    try {
      // A byte order mark is no part of the text.
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {}
  }
  throw unreadable('ไฟล์ไม่ใช่ข้อความ', 'The file is not a text')
}

/** Columns by whatever they may be called, in lower case. */
function columnsOf({ columns }: OfficersCountry): ReadonlyMap<string, ColumnName> {
  return new Map(
    columnNames.flatMap((name) =>
      [name, ...columns[name]].map((each) => [each.toLowerCase(), name] as const),
    ),
  )
}

function rowsOfCsv(text: string, country: OfficersCountry): FileRow[] {
  const records = readCsv(text)
  const [first, ...rest] = records ?? []
  if (!first) throw unreadable('ไฟล์ไม่ใช่ CSV ที่สมบูรณ์', 'The file is no whole CSV file')
  const known = columnsOf(country)
  const heads = first.values.map((each) => known.get(each.normalize('NFC').trim().toLowerCase()))
  refuseHeads(heads, first.values)
  return rest.map(({ line, values }) => {
    if (values.length > heads.length)
      throw unreadable(`บรรทัดที่ ${line} มีช่องเกิน`, `Line ${line} has too many values`)
    const fields = new Map(heads.flatMap((name, i) => (name ? [[name, values[i] ?? ''] as const] : [])))
    return { line, raw: { fields, ...(fields.has('duties') ? { duties: dutiesOf(fields) } : {}) } }
  })
}

function refuseHeads(heads: readonly (ColumnName | undefined)[], given: readonly string[]): void {
  for (const [i, head] of heads.entries()) {
    const isTwice = head !== undefined && heads.indexOf(head) !== i
    if (head && !isTwice) continue
    const name = (given[i] ?? '').replaceAll(/\p{C}/gu, '').slice(0, 40)
    throw isTwice
      ? unreadable(`คอลัมน์ ${name} ซ้ำ`, `The column ${name} is there twice`)
      : unreadable(`ไม่รู้จักคอลัมน์ “${name}”`, `There is no column “${name}”`)
  }
  for (const needed of ['national_id', 'given_name', 'title_th'] as const) {
    if (!heads.includes(needed)) throw unreadable(`ขาดคอลัมน์ ${needed}`, `The column ${needed} is missing`)
  }
}

/** Duties of one row; role, days and in whose place are of all of them. */
function dutiesOf(fields: ReadonlyMap<ColumnName, string>): RawDuty[] {
  const field = (name: ColumnName) => fields.get(name) ?? ''
  return field('duties')
    .split(/[|,;\n]/)
    .filter((each) => each.trim() !== '')
    .map((duty) => ({
      duty,
      role: field('role'),
      behalf: field('on_behalf_of'),
      from: field('duty_from'),
      till: field('duty_till'),
    }))
}
