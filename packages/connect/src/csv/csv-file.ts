import { readFile, stat } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import type { CsvFormat, MappedField } from '../mapping/mapping.ts'
import { connectProblems } from '../problems.ts'
import { type Look, type Row, SAMPLE, type Source } from '../source.ts'
import { type CsvTable, readCsvTable } from './csv-table.ts'

const LARGEST = 1024 ** 3

/**
 * A CSV file that may change: what was read last is served until the new content is read whole and fits. A file that
 * changes while it is read is read again the next time.
 */
export class CsvFile implements Source {
  readonly #read: (known?: string) => Promise<Read>
  readonly #path: string
  readonly #onFault: (problem: Problem) => void
  #table: CsvTable
  #seen: string
  #told = ''
  #loading = false

  private constructor(path: string, read: (known?: string) => Promise<Read>, first: Read, onFault: OnFault) {
    this.#path = path
    this.#read = read
    this.#table = first.table
    this.#seen = first.mark
    this.#onFault = onFault
  }

  /** Throws `connector-source-unusable` where the file cannot be read as the format and the fields say. */
  static async open(
    path: string,
    format: CsvFormat,
    fields: readonly MappedField[],
    onFault: OnFault = () => {},
  ): Promise<CsvFile> {
    const readIt = (known?: string) => read(path, format, fields, known)
    return new CsvFile(path, readIt, await readIt(), onFault)
  }

  async find({ name }: MappedField, value: string, limit: number): Promise<readonly Row[]> {
    return this.#table.find(name, value, limit)
  }

  async look(): Promise<Look> {
    const { rows, columns } = this.#table
    return { rows, columns, sample: this.#table.first(SAMPLE), unindexed: [] }
  }

  /** Looks whether the file changed, and reads it then. A fault is told once; the old stays. */
  async refresh(): Promise<void> {
    if (this.#loading) return
    this.#loading = true
    try {
      const mark = await markOf(this.#path)
      if (mark === this.#seen) return
      this.#seen = mark
      this.#table = (await this.#read(mark)).table
      this.#told = ''
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.message !== this.#told) this.#onFault(error)
      this.#told = error.message
    } finally {
      this.#loading = false
    }
  }

  async close(): Promise<void> {}
}

type OnFault = (problem: Problem) => void

interface Read {
  readonly table: CsvTable
  readonly mark: string
}

async function read(
  path: string,
  format: CsvFormat,
  fields: readonly MappedField[],
  known?: string,
): Promise<Read> {
  const mark = known ?? (await markOf(path))
  const bytes = await readFile(path).catch((error: unknown) => {
    throw missing(path, error)
  })
  const table = await readCsvTable(bytes, format, fields)
  if ((await markOf(path)) !== mark) throw unusable('แฟ้มเปลี่ยนระหว่างอ่าน', 'the file changed while it was read')
  return { table, mark }
}

/** By what a change is seen. */
async function markOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw missing(path, error)
  })
  if (found.size > LARGEST) throw unusable('แฟ้มใหญ่เกิน 1 GiB', 'the file is larger than 1 GiB')
  return `${found.ino} ${found.size} ${found.mtimeNs}`
}

function missing(path: string, cause: unknown): Problem {
  return unusable(`อ่านแฟ้มไม่ได้: ${path}`, `the file cannot be read: ${path}`, cause)
}

function unusable(th: string, en: string, cause?: unknown): Problem {
  return new Problem(connectProblems['connector-source-unusable'], { detail: { th, en }, cause })
}
