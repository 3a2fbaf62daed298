/** A document as a file. */
export interface RenderedDocument {
  /** PDF 1.7, PDF/A-3a. */
  readonly bytes: Uint8Array
  readonly pages: number
  /** For each page what must be extracted from it: its lines in drawing order, parted by line feeds. */
  readonly text: readonly string[]
  readonly fields: readonly PlacedField[]
}

/** Where an empty signature field is. */
export interface PlacedField {
  readonly name: string
  /** From 1. */
  readonly page: number
  /** Points from the page's lower left corner: left, bottom, right, top. */
  readonly rect: readonly [left: number, bottom: number, right: number, top: number]
}
