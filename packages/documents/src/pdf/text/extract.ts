import type { PdfFile } from '../file.ts'
import type { PdfDict } from '../objects.ts'
import type { PdfPage } from '../pages.ts'
import type { Font } from './font.ts'
import { Interpreter } from './interpreter.ts'
import { IDENTITY } from './matrix.ts'
import { joinRuns, type TextRun } from './runs.ts'

export interface ExtractedText {
  /** The runs in the order in which the page shows them; lines end in a line feed, wide gaps become a space. */
  readonly text: string
  readonly runs: readonly TextRun[]
}

const fontsOfFile = new WeakMap<PdfFile, Map<PdfDict, Font>>()

/**
 * The text of a page's content, form XObjects included, annotations not. What the file gives no meaning to is
 * U+FFFD. Throws `PdfError` where the content can't be read.
 */
export function extractText(file: PdfFile, page: PdfPage): ExtractedText {
  const fonts = fontsOfFile.get(file) ?? new Map<PdfDict, Font>()
  fontsOfFile.set(file, fonts)
  const interpreter = new Interpreter(file, fonts, IDENTITY)
  interpreter.run(pageContent(file, page), page.resources)
  const runs = interpreter.finish()
  return { text: joinRuns(runs), runs }
}

/** The streams of a page are one stream, cut anywhere between tokens (7.8.2). */
export function pageContent(file: PdfFile, page: PdfPage): Uint8Array {
  const parts = page.contents.map((stream) => file.decode(stream))
  const [only] = parts
  if (parts.length === 1 && only) return only
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0)).fill(10)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length + 1
  }
  return out
}
