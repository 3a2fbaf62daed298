/**
 * The objects of a PDF (ISO 32000-2, 7.3). Null, booleans and numbers are JavaScript's own and an array is an array;
 * the rest are small classes, told apart by `instanceof`. Objects that a file hands out are shared: never change one,
 * make another (`PdfDict.with`).
 */
export type PdfObject =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfArray
  | PdfDict
  | PdfStream
  | PdfRef
  | PdfVerbatim

export type PdfArray = readonly PdfObject[]

/** A name: each character is one byte (0–255) after `#xx` is undone, as names are compared byte by byte. */
export class PdfName {
  readonly value: string

  constructor(value: string) {
    this.value = value
  }
}

/**
 * A string of bytes. Read from a file, `start` and `end` are where its `(` or `<` stands and the position after its
 * `)` or `>`; in an object stream, or made by us, both are -1.
 */
export class PdfString {
  readonly bytes: Uint8Array
  readonly hex: boolean
  readonly start: number
  readonly end: number

  constructor(bytes: Uint8Array, hex = false, start = -1, end = -1) {
    this.bytes = bytes
    this.hex = hex
    this.start = start
    this.end = end
  }
}

export class PdfRef {
  readonly num: number
  readonly gen: number

  constructor(num: number, gen = 0) {
    this.num = num
    this.gen = gen
  }
}

export class PdfDict {
  readonly entries: ReadonlyMap<string, PdfObject>

  constructor(entries: ReadonlyMap<string, PdfObject> | Iterable<readonly [string, PdfObject]>) {
    this.entries = entries instanceof Map ? entries : new Map(entries)
  }

  /** `PdfDict.of({ Type: name('Sig'), … })`; keys whose value is undefined are left out. */
  static of(record: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
    const entries = new Map<string, PdfObject>()
    for (const [key, value] of Object.entries(record)) if (value !== undefined) entries.set(key, value)
    return new PdfDict(entries)
  }

  /** The entry as it stands, a reference perhaps. An entry of null is the same as none (7.3.7). */
  get(key: string): PdfObject | undefined {
    return this.entries.get(key) ?? undefined
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** A copy with other entries; undefined takes a key out. */
  with(changes: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
    const entries = new Map(this.entries)
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined) entries.delete(key)
      else entries.set(key, value)
    }
    return new PdfDict(entries)
  }
}

/**
 * A stream. `raw` are its bytes, still through its filters and, in an encrypted file, already decrypted.
 * To write one, `raw` fits the dictionary's `Filter`; `Length` is set by the writer.
 */
export class PdfStream {
  readonly dict: PdfDict
  readonly #raw: Uint8Array | (() => Uint8Array)

  constructor(dict: PdfDict, raw: Uint8Array | (() => Uint8Array)) {
    this.dict = dict
    this.#raw = raw
  }

  get raw(): Uint8Array {
    return typeof this.#raw === 'function' ? this.#raw() : this.#raw
  }
}

/** Bytes written as they are: a placeholder of fixed width. Never comes from a file. */
export class PdfVerbatim {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array | string) {
    this.bytes = typeof bytes === 'string' ? Uint8Array.from(bytes, (c) => c.charCodeAt(0)) : bytes
  }
}

export function name(value: string): PdfName {
  return new PdfName(value)
}

export function isArray(object: PdfObject | undefined): object is PdfArray {
  return Array.isArray(object)
}
