import { Problem } from '@sapan/kernel'
import type { CsvTable } from '../csv/csv-table.ts'
import type { MappedField } from '../mapping/mapping.ts'
import { sourceUnusable } from '../problems.ts'
import { type Look, type Row, SAMPLE, type Source } from '../source.ts'

/** A file, or a folder of them, that is read whole. Both throw `connector-source-unusable`. */
export interface FileContent {
  /** By what a change is seen. */
  mark(): Promise<string>
  table(): Promise<CsvTable>
}

/**
 * Files that may change: what was read last is served until the new content is read whole and fits. What changes while it
 * is read is read again the next time.
 */
export class FileSource implements Source {
  readonly #content: FileContent
  readonly #onFault: OnFault
  #table: CsvTable
  #seen: string
  #told = ''
  #loading = false

  private constructor(content: FileContent, { table, mark }: Read, onFault: OnFault) {
    this.#content = content
    this.#table = table
    this.#seen = mark
    this.#onFault = onFault
  }

  /** Throws `connector-source-unusable` where the content cannot be read as its format and the fields say. */
  static async open(content: FileContent, onFault: OnFault = () => {}): Promise<FileSource> {
    return new FileSource(content, await read(content), onFault)
  }

  async find({ name }: MappedField, value: string, limit: number): Promise<readonly Row[]> {
    return this.#table.find(name, value, limit)
  }

  async look(): Promise<Look> {
    const { rows, columns } = this.#table
    return { rows, columns, sample: this.#table.first(SAMPLE), unindexed: [] }
  }

  /** Looks whether the content changed, and reads it then. A fault is told once; the old stays. */
  async refresh(): Promise<void> {
    if (this.#loading) return
    this.#loading = true
    try {
      const mark = await this.#content.mark()
      if (mark === this.#seen) return
      this.#seen = mark
      this.#table = (await read(this.#content, mark)).table
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

async function read(content: FileContent, known?: string): Promise<Read> {
  const mark = known ?? (await content.mark())
  const table = await content.table()
  if ((await content.mark()) !== mark) throw sourceUnusable(changed)
  return { table, mark }
}

const changed = { th: 'แฟ้มเปลี่ยนระหว่างอ่าน', en: 'the file changed while it was read' }
