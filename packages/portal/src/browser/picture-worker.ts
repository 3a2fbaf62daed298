import { PDFiumLibrary } from '@hyzyla/pdfium'
import { drawFirstPage } from '../checking/drawing.ts'
import type { PictureAnswer, PictureRequest } from './picture-messages.ts'

/*
 * Draws pages in a thread of its own: a file that was made to hold PDFium holds no page of the reader's. The thread
 * comes with the bytes of PDFium, and its policy is that of the page: it can ask nobody for anything.
 */

let library: Promise<PDFiumLibrary> | undefined

addEventListener('message', async ({ data }: MessageEvent<PictureRequest>) => {
  postMessage(await answerTo(data))
})

async function answerTo({ wasm, pdf, password }: PictureRequest): Promise<PictureAnswer> {
  try {
    library ??= open(wasm)
    return { page: await drawFirstPage(await library, pdf, password) }
  } catch {
    return { page: undefined }
  }
}

async function open(wasm: string): Promise<PDFiumLibrary> {
  return PDFiumLibrary.init({ wasmBinary: await unpacked(wasm) })
}

/** Out of base64 and gzip. */
async function unpacked(text: string): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
}
