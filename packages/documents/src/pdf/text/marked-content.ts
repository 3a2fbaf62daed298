import type { PdfFile } from '../file.ts'
import { PdfDict, PdfName, type PdfObject } from '../objects.ts'
import { decodeTextString } from '../text-string.ts'

/** One open marked-content sequence (ISO 32000-2, 14.6). */
export interface Mark {
  readonly mcid: number | undefined
  readonly artifact: boolean
  /** Stands for all text inside, once; the outermost counts. */
  readonly actualText: string | undefined
  /** Where runs stood when it was opened. */
  readonly firstRun: number
}

/** The marks that are open, each with what it took over from those around it. */
export class MarkStack {
  readonly #marks: Mark[] = []
  readonly #file: PdfFile

  constructor(file: PdfFile) {
    this.#file = file
  }

  get top(): Mark | undefined {
    return this.#marks.at(-1)
  }

  get depth(): number {
    return this.#marks.length
  }

  open(
    tag: PdfObject | undefined,
    properties: PdfObject | undefined,
    resources: PdfDict,
    firstRun: number,
  ): void {
    const above = this.top
    const dict = this.#properties(properties, resources)
    const mcid = this.#file.number(dict?.get('MCID'))
    const actual = this.#file.string(dict?.get('ActualText'))
    this.#marks.push({
      mcid: mcid ?? above?.mcid,
      artifact: above?.artifact === true || (tag instanceof PdfName && tag.value === 'Artifact'),
      actualText: actual && decodeTextString(actual),
      firstRun,
    })
  }

  close(): Mark | undefined {
    return this.#marks.pop()
  }

  /** A mark around the top one says what the text is: what is inside says nothing more. */
  get replaced(): boolean {
    return this.#marks.some((mark) => mark.actualText !== undefined)
  }

  #properties(object: PdfObject | undefined, resources: PdfDict): PdfDict | undefined {
    if (object instanceof PdfDict) return object
    if (!(object instanceof PdfName)) return undefined
    return this.#file.dict(this.#file.dict(resources.get('Properties'))?.get(object.value))
  }
}
