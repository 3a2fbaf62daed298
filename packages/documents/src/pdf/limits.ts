import { PdfError } from './error.ts'

/** What a file may cost. All hold for one opened file with its views together; past one, reading ends in `too-complex`. */
export interface PdfLimits {
  /** Entries of all cross-reference sections. */
  readonly objects: number
  /** Arrays and dictionaries in each other; also form XObjects and trees. */
  readonly nesting: number
  /** Bytes that come out of filters, in all. */
  readonly decodedBytes: number
  /** Bytes out of one stream. */
  readonly streamBytes: number
  /** Cross-reference sections chained by Prev. */
  readonly revisions: number
  /** Units of work: a token parsed, an operator run, a node of a tree visited. Stands for time. */
  readonly work: number
}

export const DEFAULT_LIMITS: PdfLimits = {
  objects: 1_000_000,
  nesting: 100,
  decodedBytes: 512 * 1024 * 1024,
  streamBytes: 128 * 1024 * 1024,
  revisions: 500,
  work: 50_000_000,
}

/** What is left of the limits. One for a file and all its views. */
export class Budget {
  readonly limits: PdfLimits
  #decoded = 0
  #work = 0
  #objects = 0

  constructor(limits: Partial<PdfLimits> = {}) {
    this.limits = { ...DEFAULT_LIMITS, ...limits }
  }

  work(units: number): void {
    this.#work += units
    if (this.#work > this.limits.work)
      throw new PdfError('too-complex', 'The file takes too much work to read')
  }

  objects(count: number): void {
    this.#objects += count
    if (this.#objects > this.limits.objects)
      throw new PdfError('too-complex', 'The file has too many objects')
  }

  /** How many bytes a filter may still give. */
  get decodable(): number {
    return Math.min(this.limits.streamBytes, this.limits.decodedBytes - this.#decoded)
  }

  decoded(bytes: number): void {
    if (bytes > this.decodable)
      throw new PdfError('too-complex', 'The streams of the file unpack to too many bytes')
    this.#decoded += bytes
  }
}
