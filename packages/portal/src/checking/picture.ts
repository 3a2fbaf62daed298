import { PDFiumLibrary } from '@hyzyla/pdfium'
import { drawFirstPage } from './drawing.ts'
import { pngOf } from './png.ts'

/** A page as a PNG. */
export interface PagePicture {
  readonly png: Uint8Array
  readonly width: number
  readonly height: number
}

let library: Promise<PDFiumLibrary> | undefined

/** The first page as people see it, with its form fields; undefined where PDFium cannot show it. */
export async function firstPage(pdf: Uint8Array, password?: string): Promise<PagePicture | undefined> {
  library ??= PDFiumLibrary.init()
  const drawn = await drawFirstPage(await library, pdf, password)
  if (drawn === undefined) return undefined
  const { width, height, data } = drawn
  return { png: pngOf(width, height, data), width, height }
}
