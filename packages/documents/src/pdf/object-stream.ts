import { malformed } from './error.ts'
import type { PdfFile } from './file.ts'
import type { Budget } from './limits.ts'
import type { PdfObject, PdfStream } from './objects.ts'
import { ObjectParser } from './parser.ts'

/** An object stream (ISO 32000-2, 7.5.7): objects in a row behind a table of their numbers and places. */
export class ObjectStream {
  readonly #data: Uint8Array
  readonly #budget: Budget
  readonly #numbers: number[] = []
  readonly #offsets: number[] = []
  readonly #objects = new Map<number, PdfObject>()

  constructor(stream: PdfStream, file: PdfFile) {
    const count = file.number(stream.dict.get('N'))
    const first = file.number(stream.dict.get('First'))
    if (file.name(stream.dict.get('Type')) !== 'ObjStm' || count === undefined || first === undefined) {
      throw malformed('An object stream is malformed')
    }
    this.#data = file.decode(stream)
    this.#budget = file.budget
    if (count < 0 || first < 0 || first > this.#data.length || count > first / 2) {
      throw malformed('An object stream claims more objects than it has')
    }
    const parser = new ObjectParser(this.#data, 0, first, file.budget)
    for (let i = 0; i < count; i++) {
      const num = parser.wholeNumber()
      const offset = parser.wholeNumber()
      if (num === undefined || offset === undefined) throw malformed('An object stream is malformed')
      this.#numbers.push(num)
      this.#offsets.push(first + offset)
    }
  }

  object(num: number, index: number): PdfObject {
    if (this.#numbers[index] !== num) throw malformed(`Object ${num} is not in its object stream`)
    const known = this.#objects.get(index)
    if (known !== undefined) return known
    const start = this.#offsets[index] ?? 0
    const end = this.#offsets[index + 1] ?? this.#data.length
    if (start > end) throw malformed('The objects of an object stream are out of order')
    const object = new ObjectParser(this.#data, start, end, this.#budget).object()
    this.#objects.set(index, object)
    return object
  }
}
