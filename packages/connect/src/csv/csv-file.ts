import { readFile, stat } from 'node:fs/promises'
import { Problem } from '@sapan/kernel'
import type { Mapping } from '../mapping/mapping.ts'
import { connectProblems } from '../problems.ts'
import { type CsvTable, readCsvTable } from './csv-table.ts'

const LARGEST = 1024 ** 3

/**
 * A CSV file that may change: what was read last is served until the new content is read whole and fits. A file that
 * changes while it is read is read again the next time.
 */
export class CsvFile {
  readonly #path: string
  readonly #mapping: Mapping
  readonly #onFault: (problem: Problem) => void
  #table: CsvTable
  #seen: string
  #loading = false

  private constructor(path: string, mapping: Mapping, first: Read, onFault: (problem: Problem) => void) {
    this.#path = path
    this.#mapping = mapping
    this.#table = first.table
    this.#seen = first.mark
    this.#onFault = onFault
  }

  /** Throws `connector-source-unusable` where the file cannot be read as the mapping says. */
  static async open(
    path: string,
    mapping: Mapping,
    onFault: (problem: Problem) => void = () => {},
  ): Promise<CsvFile> {
    return new CsvFile(path, mapping, await read(path, mapping), onFault)
  }

  get table(): CsvTable {
    return this.#table
  }

  /** Looks whether the file changed, and reads it then. Its faults are told once for each content; the old stays. */
  async refresh(): Promise<void> {
    if (this.#loading) return
    this.#loading = true
    try {
      const mark = await markOf(this.#path)
      if (mark === this.#seen) return
      this.#seen = mark
      this.#table = (await read(this.#path, this.#mapping, mark)).table
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.#onFault(error)
    } finally {
      this.#loading = false
    }
  }
}

interface Read {
  readonly table: CsvTable
  readonly mark: string
}

async function read(path: string, mapping: Mapping, known?: string): Promise<Read> {
  const mark = known ?? (await markOf(path))
  const bytes = await readFile(path).catch((error: unknown) => {
    throw missing(path, error)
  })
  const table = await readCsvTable(bytes, mapping)
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
