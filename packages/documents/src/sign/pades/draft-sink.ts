import { PdfVerbatim } from '../../pdf/index.ts'
import type { PdfFileWriter, Reference } from '../../write/pdf-file.ts'
import { dictionary } from '../../write/syntax.ts'
import { type Draft, ReadyObject } from './draft.ts'

/** Lets what writes new documents put its objects into a revision instead. */
export class DraftSink implements Pick<PdfFileWriter, 'add' | 'addStream'> {
  readonly #draft: Draft

  constructor(draft: Draft) {
    this.#draft = draft
  }

  add(body: string): Reference {
    return `${this.#draft.add(new PdfVerbatim(body)).num} 0 R`
  }

  addStream(entries: Readonly<Record<string, string | undefined>>, data: Uint8Array): Reference {
    const head = dictionary({ ...entries, Length: String(data.length) })
    const parts = [Buffer.from(`${head}\nstream\n`, 'latin1'), data, Buffer.from('\nendstream', 'latin1')]
    return `${this.#draft.add(new ReadyObject(Buffer.concat(parts))).num} 0 R`
  }
}
