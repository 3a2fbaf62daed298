import { malformed } from './error.ts'
import { decodeWith } from './filters/decode.ts'
import type { Budget } from './limits.ts'
import { ObjectStream } from './object-stream.ts'
import {
  isArray,
  type PdfArray,
  PdfDict,
  PdfName,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
} from './objects.ts'
import { type PdfPage, readPages } from './pages.ts'
import { ObjectParser } from './parser.ts'
import type { Revision, XrefEntry } from './revision.ts'
import { decodeTextString } from './text-string.ts'
import { readStreamBytes } from './xref.ts'

/** Decrypts the strings and the streams of one object (ISO 32000-2, 7.6). */
export interface Decryptor {
  decrypt(object: PdfObject, num: number, gen: number): PdfObject
}

/** What a file's views share. */
export interface Source {
  readonly bytes: Uint8Array
  readonly budget: Budget
  readonly headerVersion: string
  readonly revisions: readonly Revision[]
  readonly trailers: readonly PdfDict[]
  readonly trailing: number
  readonly warnings: string[]
  readonly encrypted: boolean
  readonly decryptor: Decryptor | undefined
  /** Objects whose extent depends on no other object, by their offset. */
  readonly parsed: Map<number, PdfObject>
  readonly objectStreams: Map<number, ObjectStream>
}

/** Where an object is and which revision put it there. */
export interface Located {
  readonly entry: XrefEntry
  readonly revision: number
}

/** A PDF as it was at one of its revisions; the newest unless `atRevision` made it. */
export class PdfFile {
  readonly #source: Source
  readonly #revision: number
  readonly #objects = new Map<number, PdfObject>()
  readonly #reading = new Set<number>()
  #pages: readonly PdfPage[] | undefined

  constructor(source: Source, revision: number) {
    this.#source = source
    this.#revision = revision
  }

  get bytes(): Uint8Array {
    return this.#source.bytes
  }

  get budget(): Budget {
    return this.#source.budget
  }

  /** As `1.7`: the catalog's where it is higher than the header's. */
  get version(): string {
    const own = this.name(this.catalog.get('Version'))
    return own !== undefined && own > this.#source.headerVersion ? own : this.#source.headerVersion
  }

  /** All revisions of this view, the oldest first. */
  get revisions(): readonly Revision[] {
    const all = this.#source.revisions
    return this.#revision === all.length - 1 ? all : all.slice(0, this.#revision + 1)
  }

  /** Which revision this view shows. */
  get revision(): number {
    return this.#revision
  }

  get newest(): boolean {
    return this.#revision === this.#source.revisions.length - 1
  }

  get trailer(): PdfDict {
    return this.#source.trailers[this.#revision] ?? new PdfDict([])
  }

  get catalog(): PdfDict {
    const catalog = this.dict(this.trailer.get('Root'))
    if (!catalog) throw malformed('The file has no catalog')
    return catalog
  }

  get encrypted(): boolean {
    return this.#source.encrypted
  }

  /** Peculiarities that reading survived, as codes. */
  get warnings(): readonly string[] {
    return this.#source.warnings
  }

  /** Bytes after the last `%%EOF` that are more than white space. */
  get trailing(): number {
    return this.#source.trailing
  }

  /** The same file as it was when this revision was the last. */
  atRevision(index: number): PdfFile {
    if (this.#source.revisions[index] === undefined || index > this.#revision) {
      throw malformed('The file has no such revision')
    }
    return index === this.#revision ? this : new PdfFile(this.#source, index)
  }

  /** The numbers of all objects in use, ascending. */
  objectNumbers(): number[] {
    const numbers = new Set<number>()
    for (const revision of this.revisions) {
      for (const [num, entry] of revision.objects) {
        if (entry === 'free') numbers.delete(num)
        else numbers.add(num)
      }
    }
    return [...numbers].sort((a, b) => a - b)
  }

  /** The number after the highest that any revision gave. */
  nextObjectNumber(): number {
    let highest = 0
    for (const revision of this.#source.revisions) {
      for (const num of revision.objects.keys()) if (num > highest) highest = num
    }
    const size = this.trailer.get('Size')
    return Math.max(
      highest + 1,
      typeof size === 'number' && Number.isInteger(size) && size < 8_388_607 ? size : 1,
    )
  }

  /** The offset of an object that lies in the file itself; undefined for free numbers and those in object streams. */
  objectOffset(ref: PdfRef | number): number | undefined {
    const entry = this.locate(typeof ref === 'number' ? ref : ref.num)?.entry
    return entry !== undefined && entry !== 'free' && 'offset' in entry ? entry.offset : undefined
  }

  locate(num: number): Located | undefined {
    const { revisions } = this.#source
    for (let revision = this.#revision; revision >= 0; revision--) {
      const entry = revisions[revision]?.objects.get(num)
      if (entry !== undefined) return { entry, revision }
    }
    return undefined
  }

  /** The object that a reference means, null where there is none (7.3.10). */
  get(ref: PdfRef): PdfObject {
    const known = this.#objects.get(ref.num)
    const located = this.locate(ref.num)
    if (located === undefined || located.entry === 'free') return null
    const gen = 'gen' in located.entry ? located.entry.gen : 0
    if (gen !== ref.gen) return null
    if (known !== undefined) return known
    if (this.#reading.has(ref.num)) throw malformed(`Object ${ref.num} needs itself to be read`)
    this.#reading.add(ref.num)
    try {
      const object = this.#read(ref.num, located)
      this.#objects.set(ref.num, object)
      return object
    } finally {
      this.#reading.delete(ref.num)
    }
  }

  /** Follows references, also to references, until there is an object. */
  resolve(object: PdfObject | undefined): PdfObject {
    let found = object ?? null
    for (let steps = 0; found instanceof PdfRef; steps++) {
      if (steps > 16) throw malformed('References point to each other')
      found = this.get(found)
    }
    return found
  }

  dict(object: PdfObject | undefined): PdfDict | undefined {
    const found = this.resolve(object)
    return found instanceof PdfDict ? found : undefined
  }

  array(object: PdfObject | undefined): PdfArray | undefined {
    const found = this.resolve(object)
    return isArray(found) ? found : undefined
  }

  stream(object: PdfObject | undefined): PdfStream | undefined {
    const found = this.resolve(object)
    return found instanceof PdfStream ? found : undefined
  }

  name(object: PdfObject | undefined): string | undefined {
    const found = this.resolve(object)
    return found instanceof PdfName ? found.value : undefined
  }

  number(object: PdfObject | undefined): number | undefined {
    const found = this.resolve(object)
    return typeof found === 'number' ? found : undefined
  }

  string(object: PdfObject | undefined): Uint8Array | undefined {
    const found = this.resolve(object)
    return found instanceof PdfString ? found.bytes : undefined
  }

  /** A text string (7.9.2.2): UTF-16, UTF-8 or PDFDocEncoding. */
  text(object: PdfObject | undefined): string | undefined {
    const bytes = this.string(object)
    return bytes && decodeTextString(bytes)
  }

  /** The bytes of a stream after its filters, counted against the file's limits. */
  decode(stream: PdfStream): Uint8Array {
    return decodeWith(stream, this.#source.budget, (object) => this.resolve(object))
  }

  pages(): readonly PdfPage[] {
    this.#pages ??= readPages(this)
    return this.#pages
  }

  #read(num: number, { entry, revision }: Located): PdfObject {
    if (entry === 'free') return null
    if ('offset' in entry) return this.#readAt(num, entry.gen, entry.offset, revision)
    return this.#objectStream(entry.stream, revision).object(num, entry.index)
  }

  /** A later revision that puts another object in the place of an object stream changes, unseen, all that it holds. */
  #objectStream(num: number, revision: number): ObjectStream {
    const located = this.locate(num)
    if (located === undefined || located.entry === 'free' || !('offset' in located.entry)) {
      throw malformed(`Object stream ${num} is missing`)
    }
    if (located.revision !== revision)
      throw malformed(`Object stream ${num} was replaced by a later revision`)
    const { offset } = located.entry
    const known = this.#source.objectStreams.get(offset)
    if (known) return known
    const stream = this.get(new PdfRef(num, located.entry.gen))
    if (!(stream instanceof PdfStream)) throw malformed(`Object stream ${num} is no stream`, offset)
    const made = new ObjectStream(stream, this)
    this.#source.objectStreams.set(offset, made)
    return made
  }

  #readAt(num: number, gen: number, offset: number, revision: number): PdfObject {
    const source = this.#source
    const known = source.parsed.get(offset)
    if (known !== undefined) return known
    const end = source.revisions[revision]?.end ?? 0
    if (offset >= end) throw malformed(`Object ${num} lies beyond the revision that it is of`, offset)
    const parser = new ObjectParser(source.bytes, offset, end, source.budget, { positions: true })
    if (parser.wholeNumber() !== num || parser.wholeNumber() !== gen || !parser.accept('obj')) {
      throw malformed(`Object ${num} is not where the cross-reference says`, offset)
    }
    let object = parser.object()
    let shared = true
    if (object instanceof PdfDict && parser.accept('stream')) {
      parser.position -= 'stream'.length
      const length = object.get('Length')
      shared = !(length instanceof PdfRef)
      object = this.#stream(parser, object)
    } else parser.expect('endobj')
    if (source.decryptor) object = source.decryptor.decrypt(object, num, gen)
    if (shared) source.parsed.set(offset, object)
    return object
  }

  #stream(parser: ObjectParser, dict: PdfDict): PdfStream {
    const length = this.resolve(dict.get('Length'))
    if (typeof length !== 'number') throw malformed('A stream has no length', parser.position)
    return new PdfStream(dict, readStreamBytes(parser, length))
  }
}
