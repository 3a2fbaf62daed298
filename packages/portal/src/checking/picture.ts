import { PDFiumLibrary } from '@hyzyla/pdfium'
import { pngOf } from './png.ts'

/** A page as a PNG. */
export interface PagePicture {
  readonly png: Uint8Array
  readonly width: number
  readonly height: number
}

/** Pixels across the page, and of the page at most, whatever size it says it has. */
const most = { width: 900, pixels: 1_400_000 } as const

let library: Promise<PDFiumLibrary> | undefined

/** The first page as people see it, with its form fields; undefined where PDFium cannot show it. */
export async function firstPage(pdf: Uint8Array, password?: string): Promise<PagePicture | undefined> {
  library ??= PDFiumLibrary.init()
  const pdfium = await library
  try {
    const document = await pdfium.loadDocument(pdf, password ?? '')
    try {
      const page = document.getPage(0)
      const { originalWidth, originalHeight } = page.getOriginalSize()
      const scale = Math.min(
        most.width / originalWidth,
        Math.sqrt(most.pixels / (originalWidth * originalHeight)),
      )
      if (!(scale > 0 && Number.isFinite(scale))) return undefined
      const { width, height, data } = await page.render({ scale, render: 'bitmap', renderFormFields: true })
      return { png: pngOf(width, height, data), width, height }
    } finally {
      document.destroy()
    }
  } catch {
    // What is wrong with the file, the checker says.
    return undefined
  }
}
