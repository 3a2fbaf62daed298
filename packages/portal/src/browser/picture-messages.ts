import type { DrawnPage } from '../checking/drawing.ts'

/** What `picture.js` brings: the program of the thread, and PDFium (gzip, base64). */
export interface PictureParts {
  readonly program: string
  readonly wasm: string
}

export interface PictureRequest {
  readonly wasm: string
  readonly pdf: Uint8Array
  readonly password?: string
}

export interface PictureAnswer {
  readonly page: DrawnPage | undefined
}
