import type { PDFiumLibrary } from '@hyzyla/pdfium'

/** A page as rows of pixels, four bytes each: red, green, blue, and one that is left out. */
export interface DrawnPage {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Pixels across the page, and of the page at most, whatever size it says it has. */
const most = { width: 900, pixels: 1_400_000 } as const

/** The first page as people see it, with its form fields; undefined where PDFium cannot show it. */
export async function drawFirstPage(
  pdfium: PDFiumLibrary,
  pdf: Uint8Array,
  password?: string,
): Promise<DrawnPage | undefined> {
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
      return { width, height, data }
    } finally {
      document.destroy()
    }
  } catch {
    // What is wrong with the file, the checker says.
    return undefined
  }
}
