import { createHash } from 'node:crypto'
import {
  isArray,
  name,
  PdfDict,
  type PdfFile,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
  writeObject,
} from '../../pdf/index.ts'
import { FileBytes } from './file-bytes.ts'

/**
 * A file to which revisions are appended, one after another, without being read anew in between (ISO 32000-2, 7.5.6).
 * Its objects are seen as the revisions so far leave them.
 */
export class Draft {
  readonly file: PdfFile
  readonly out: FileBytes
  readonly #current = new Map<number, PdfObject>()
  #pending = new Map<number, { gen: number; object: PdfObject | DraftedObject }>()
  #next: number
  #startxref: number
  #mark: Uint8Array
  #first: PdfObject | undefined

  /** `room`: bytes that the revisions will take, about; too few cost a copy. */
  constructor(file: PdfFile, room: number) {
    this.file = file
    this.out = new FileBytes(file.bytes, room)
    this.#next = file.nextObjectNumber()
    this.#startxref = file.revisions.at(-1)?.startxref ?? 0
    const [first, last] = file.array(file.trailer.get('ID')) ?? []
    this.#first = file.resolve(first) ?? undefined
    this.#mark = file.string(last) ?? new Uint8Array(0)
  }

  /** What stands there now, null where there is nothing. */
  resolve(object: PdfObject | undefined): PdfObject {
    if (object instanceof PdfRef) return this.#current.get(object.num) ?? this.file.resolve(object)
    return object ?? null
  }

  dict(object: PdfObject | undefined): PdfDict | undefined {
    const found = this.resolve(object)
    return found instanceof PdfDict ? found : undefined
  }

  array(object: PdfObject | undefined): readonly PdfObject[] | undefined {
    const found = this.resolve(object)
    return isArray(found) ? found : undefined
  }

  get catalogRef(): PdfRef {
    const root = this.file.trailer.get('Root')
    if (!(root instanceof PdfRef)) throw new TypeError('a file that was opened has a catalog')
    return root
  }

  get catalog(): PdfDict {
    return this.dict(this.catalogRef) ?? this.file.catalog
  }

  reserve(): PdfRef {
    return new PdfRef(this.#next++, 0)
  }

  add(object: PdfObject | DraftedObject): PdfRef {
    const ref = this.reserve()
    this.replace(ref, object)
    return ref
  }

  replace(ref: PdfRef, object: PdfObject | DraftedObject): void {
    this.#pending.set(ref.num, { gen: ref.gen, object })
    if (!(object instanceof DraftedObject)) this.#current.set(ref.num, object)
  }

  /** Sets entries where the dictionary stands: in an object of its own, or in its owner's entry. */
  change(owner: PdfRef, changes: Readonly<Record<string, PdfObject | undefined>>): void {
    this.replace(owner, (this.dict(owner) ?? new PdfDict([])).with(changes))
  }

  /** Writes what was added and replaced since the last one as a revision. */
  closeRevision(): void {
    const { out } = this
    if (!out.endsWithLineEnd) out.text('\n')
    const begin = out.length
    const entries = [...this.#pending].sort(([a], [b]) => a - b)
    const places: Place[] = []
    for (const [num, { gen, object }] of entries) {
      places.push({ num, gen, offset: out.length })
      out.text(`${num} ${gen} obj\n`)
      if (object instanceof DraftedObject) object.writeTo(out)
      else out.bytes(writeObject(object))
      out.text('\nendobj\n')
    }
    this.#pending = new Map()
    this.#writeCrossReferences(places, begin)
  }

  #writeCrossReferences(places: readonly Place[], begin: number): void {
    const { out, file } = this
    const startxref = out.length
    const isStream = file.revisions.at(-1)?.kind === 'stream'
    if (isStream) {
      const own = { num: this.#next++, gen: 0, offset: startxref }
      const trailer = this.#trailer(begin, { Size: this.#next })
      out.text(`${own.num} 0 obj\n`)
      out.bytes(writeObject(crossReferenceStream([...places, own], trailer)))
      out.text('\nendobj\n')
    } else {
      out.text(crossReferenceTable(places))
      out.text('trailer\n')
      out.bytes(writeObject(this.#trailer(begin, { Size: this.#next })))
      out.text('\n')
    }
    out.text(`startxref\n${startxref}\n%%EOF\n`)
    this.#startxref = startxref
  }

  /** Carries on what a trailer has; the second part of ID is this revision's own (ISO 32000-2, 14.4). */
  #trailer(begin: number, own: Readonly<Record<string, PdfObject>>): PdfDict {
    const { trailer } = this.file
    this.#mark = createHash('sha256')
      .update(this.#mark)
      .update(`${begin} ${this.#next}`)
      .digest()
      .subarray(0, 16)
    const mark = new PdfString(this.#mark, true)
    // A file without an ID gets one with its first new revision, whose first part stays from then on.
    this.#first ??= mark
    return PdfDict.of({
      Root: trailer.get('Root'),
      Info: trailer.get('Info'),
      ID: [this.#first, mark],
      Prev: this.#startxref,
      ...own,
    })
  }
}

interface Place {
  readonly num: number
  readonly gen: number
  readonly offset: number
}

/** An object whose bytes are made here: a signature dictionary, in which places are to be found again. */
export abstract class DraftedObject {
  abstract writeTo(out: FileBytes): void
}

/** Bytes that stay the same from file to file, as they are written. */
export class ReadyObject extends DraftedObject {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    super()
    this.#bytes = bytes
  }

  writeTo(out: FileBytes): void {
    out.bytes(this.#bytes)
  }
}

function crossReferenceTable(places: readonly Place[]): string {
  let text = 'xref\n'
  for (const run of runs(places)) {
    text += `${run[0]?.num ?? 0} ${run.length}\n`
    for (const { offset, gen } of run) {
      text += `${String(offset).padStart(10, '0')} ${String(gen).padStart(5, '0')} n \n`
    }
  }
  return text
}

function crossReferenceStream(places: readonly Place[], trailer: PdfDict): PdfStream {
  const rows = Buffer.alloc(places.length * 7)
  places.forEach(({ offset, gen }, i) => {
    rows.writeUInt8(1, i * 7)
    rows.writeUInt32BE(offset, i * 7 + 1)
    rows.writeUInt16BE(gen, i * 7 + 5)
  })
  const index = runs(places).flatMap((run) => [run[0]?.num ?? 0, run.length])
  return new PdfStream(trailer.with({ Type: name('XRef'), W: [1, 4, 2], Index: index }), rows)
}

/** Neighbours by number together. */
function runs(places: readonly Place[]): Place[][] {
  const found: Place[][] = []
  for (const place of places) {
    const run = found.at(-1)
    const last = run?.at(-1)
    if (run && last && last.num + 1 === place.num) run.push(place)
    else found.push([place])
  }
  return found
}
