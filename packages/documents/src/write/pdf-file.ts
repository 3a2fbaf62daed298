import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { array, dictionary, hexString } from './syntax.ts'

/** The number of an indirect object. */
export type Reference = `${number} 0 R`

const HEADER = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'

/**
 * Indirect objects put one after the other into a file with a cross-reference table (ISO 32000-1 §7.5). Holds no
 * clock and no chance: the file's identifier is a digest of what is in it (§14.4).
 */
export class PdfFileWriter {
  readonly #chunks: Uint8Array[] = [Buffer.from(HEADER, 'latin1')]
  readonly #offsets: (number | undefined)[] = []
  #length = HEADER.length

  /** A number for an object that is written later. */
  reserve(): Reference {
    this.#offsets.push(undefined)
    return `${this.#offsets.length} 0 R`
  }

  /** Writes an object, under a number that was reserved or the next one. */
  add(body: string, reference = this.reserve()): Reference {
    this.#begin(reference)
    this.#push(Buffer.from(`${reference.slice(0, -2)} obj\n${body}\nendobj\n`, 'latin1'))
    return reference
  }

  /** Writes a stream; `entries` without Length. `data` fits the Filter of the entries, or is packed by `pack`. */
  addStream(
    entries: Readonly<Record<string, string | undefined>>,
    data: Uint8Array,
    reference = this.reserve(),
  ): Reference {
    this.#begin(reference)
    const head = dictionary({ ...entries, Length: String(data.length) })
    this.#push(Buffer.from(`${reference.slice(0, -2)} obj\n${head}\nstream\n`, 'latin1'))
    this.#push(data)
    this.#push(Buffer.from('\nendstream\nendobj\n', 'latin1'))
    return reference
  }

  /** A stream that is deflated (§7.4.4). */
  addPacked(
    entries: Readonly<Record<string, string | undefined>>,
    data: Uint8Array | string,
    reference?: Reference,
  ): Reference {
    return this.addStream({ ...entries, Filter: '/FlateDecode' }, packed(data), reference)
  }

  finish(catalog: Reference, info: Reference): Uint8Array {
    const id = hexString(this.#digest())
    const table = this.#offsets.map((offset) => {
      if (offset === undefined) throw new Error('an object was reserved and never written')
      return `${String(offset).padStart(10, '0')} 00000 n \n`
    })
    const size = table.length + 1
    const trailer = dictionary({ Size: String(size), Root: catalog, Info: info, ID: array([id, id]) })
    const end = `xref\n0 ${size}\n0000000000 65535 f \n${table.join('')}trailer\n${trailer}\nstartxref\n${this.#length}\n%%EOF\n`
    const bytes = new Uint8Array(this.#length + end.length)
    let at = 0
    for (const chunk of [...this.#chunks, Buffer.from(end, 'latin1')]) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    return bytes
  }

  #digest(): Uint8Array {
    const hash = createHash('sha256')
    for (const chunk of this.#chunks) hash.update(chunk)
    return hash.digest().subarray(0, 16)
  }

  #begin(reference: Reference): void {
    const index = Number.parseInt(reference, 10) - 1
    if (this.#offsets[index] !== undefined) throw new Error(`object ${reference} is written twice`)
    this.#offsets[index] = this.#length
  }

  #push(bytes: Uint8Array): void {
    this.#chunks.push(bytes)
    this.#length += bytes.length
  }
}

export const packed = (data: Uint8Array | string): Uint8Array =>
  deflateSync(typeof data === 'string' ? Buffer.from(data, 'latin1') : data)
