import { PdfError } from './error.ts'
import type { PdfFile } from './file.ts'
import { isArray, name, PdfDict, type PdfObject, PdfRef, PdfStream, PdfString } from './objects.ts'
import { ByteWriter, writeTo } from './write-object.ts'

export interface FinishedUpdate {
  /** The whole file: the bytes before, unchanged, and the new revision. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each written object begins (its number in `12 0 obj`), by object number. */
  readonly offsets: ReadonlyMap<number, number>
}

/**
 * A new revision after the last one (ISO 32000-2, 7.5.6). Its cross-reference section is of the kind that the file
 * has; the same changes to the same file give the same bytes.
 */
export class IncrementalUpdate {
  readonly #file: PdfFile
  readonly #objects = new Map<number, { gen: number; object: PdfObject }>()
  #next: number

  constructor(file: PdfFile) {
    if (file.encrypted) throw new PdfError('encrypted', 'An encrypted file is not written to')
    if (!file.newest) throw new PdfError('unsupported', 'Only the newest revision can be followed by another')
    if (file.trailing > 0) throw new PdfError('malformed', 'Something stands behind the end of the file')
    this.#file = file
    this.#next = file.nextObjectNumber()
  }

  /** Writes another object under this reference; null takes it away. */
  replace(ref: PdfRef, object: PdfObject): void {
    this.#objects.set(ref.num, { gen: ref.gen, object })
  }

  add(object: PdfObject): PdfRef {
    const ref = this.reserve()
    this.replace(ref, object)
    return ref
  }

  /** A reference to be filled with `replace` later. */
  reserve(): PdfRef {
    return new PdfRef(this.#next++, 0)
  }

  /** `trailer` are entries to set in the trailer, beside those that are carried on. */
  finish(options: { trailer?: Readonly<Record<string, PdfObject>> } = {}): FinishedUpdate {
    const before = this.#file.bytes
    const writer = new ByteWriter(before.length + 65_536)
    writer.bytes(before)
    const last = before[before.length - 1]
    if (last !== 10 && last !== 13) writer.text('\n')
    const offsets = new Map<number, number>()
    const numbers = [...this.#objects.keys()].sort((a, b) => a - b)
    for (const num of numbers) {
      const entry = this.#objects.get(num)
      if (entry === undefined) continue
      offsets.set(num, writer.length)
      writer.text(`${num} ${entry.gen} obj\n`)
      writeTo(writer, entry.object)
      writer.text('\nendobj\n')
    }
    this.#writeSection(writer, numbers, offsets, before.length, options.trailer ?? {})
    return { bytes: writer.finish(), offsets }
  }

  #writeSection(
    writer: ByteWriter,
    numbers: readonly number[],
    offsets: Map<number, number>,
    from: number,
    extra: Readonly<Record<string, PdfObject>>,
  ): void {
    const startxref = writer.length
    const last = this.#file.revisions.at(-1)
    const trailer = this.#trailer(digest(writer.finish().subarray(from))).with({
      ...extra,
      Prev: last?.startxref ?? 0,
    })
    if (last?.kind === 'stream') this.#writeStream(writer, numbers, offsets, trailer)
    else {
      writeTable(writer, numbers, (num) => [offsets.get(num) ?? 0, this.#objects.get(num)?.gen ?? 0])
      writer.text('trailer\n')
      writeTo(writer, trailer.with({ Size: this.#next }))
      writer.text('\n')
    }
    writer.text(`startxref\n${startxref}\n%%EOF\n`)
  }

  #trailer(digest: Uint8Array): PdfDict {
    const old = this.#file.trailer
    const id = this.#file.array(old.get('ID'))
    const [first] = id ?? []
    const entries: [string, PdfObject][] = []
    for (const key of ['Root', 'Info']) {
      const value = old.get(key)
      if (value !== undefined) entries.push([key, value])
    }
    const own = new PdfString(digest, true)
    entries.push(['ID', isArray(id) && first !== undefined ? [this.#file.resolve(first), own] : [own, own]])
    return new PdfDict(entries)
  }

  #writeStream(
    writer: ByteWriter,
    numbers: readonly number[],
    offsets: Map<number, number>,
    trailer: PdfDict,
  ): void {
    const own = this.#next
    const offset = writer.length
    const all = [...numbers, own].sort((a, b) => a - b)
    const rows = new Uint8Array(all.length * 7)
    all.forEach((num, i) => {
      const at = num === own ? offset : (offsets.get(num) ?? 0)
      const gen = this.#objects.get(num)?.gen ?? 0
      rows.set([1, at >>> 24, (at >>> 16) & 255, (at >>> 8) & 255, at & 255, gen >> 8, gen & 255], i * 7)
    })
    const dict = trailer.with({
      Type: name('XRef'),
      Size: own + 1,
      W: [1, 4, 2],
      Index: runs(all).flat(),
    })
    writer.text(`${own} 0 obj\n`)
    writeTo(writer, new PdfStream(dict, rows))
    writer.text('\nendobj\n')
  }
}

function writeTable(
  writer: ByteWriter,
  numbers: readonly number[],
  entry: (num: number) => readonly [offset: number, gen: number],
): void {
  writer.text('xref\n')
  if (numbers.length === 0) writer.text('0 0\n')
  for (const [first, count] of runs(numbers)) {
    writer.text(`${first} ${count}\n`)
    for (let num = first; num < first + count; num++) {
      const [offset, gen] = entry(num)
      writer.text(`${String(offset).padStart(10, '0')} ${String(gen).padStart(5, '0')} n \n`)
    }
  }
}

/** Ascending numbers as runs of `[first, count]`. */
function runs(numbers: readonly number[]): [number, number][] {
  const found: [number, number][] = []
  for (const num of numbers) {
    const last = found.at(-1)
    if (last && last[0] + last[1] === num) last[1]++
    else found.push([num, 1])
  }
  return found
}

/** Sixteen bytes that tell one revision from another (14.4): a mark, not a proof. */
function digest(bytes: Uint8Array): Uint8Array {
  let a = 0x1e3779b9
  let b = 0x243f6a88
  let c = 0x37e15162
  let d = bytes.length
  for (let i = 0; i < bytes.length; i += 4) {
    const word =
      (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24)
    a = Math.imul(a ^ word, 0x01000193)
    b = Math.imul((b + word) | 0, 0x05ebca6b) ^ (b >>> 15)
    c = Math.imul(c ^ a, 0x42b2ae35) ^ (c >>> 13)
    d = (Math.imul(d, 31) + (word ^ b)) | 0
  }
  const out = new Uint8Array(16)
  const view = new DataView(out.buffer)
  ;[a, b, c, d].forEach((word, i) => {
    view.setInt32(i * 4, word ^ (word >>> 16))
  })
  return out
}
