import type { DrawnPage } from '../checking/drawing.ts'
import type { PictureAnswer, PictureParts, PictureRequest } from './picture-messages.ts'

declare global {
  /** Set by `picture.js`, which is loaded when the first page is to be drawn. */
  var sapanPicture: PictureParts | undefined
}

/** For one page; a file that needs longer is shown without one. */
const timeoutMs = 20_000

let parts: Promise<PictureParts> | undefined
let thread: Worker | undefined

/** Loads what draws, so that it is there when a file is handed over. */
export function preparePicture(): Promise<PictureParts> {
  parts ??= load()
  return parts
}

/** The first page of a PDF as a `data:` address; undefined where it cannot be drawn, or not in time. */
export async function pictureOf(pdf: Uint8Array, password: string | undefined): Promise<string | undefined> {
  try {
    const page = await draw(await preparePicture(), pdf, password)
    return page && addressOf(page)
  } catch {
    // The report is worth more than its picture.
    return undefined
  }
}

function load(): Promise<PictureParts> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = 'picture.js'
    script.onload = () =>
      globalThis.sapanPicture ? resolve(globalThis.sapanPicture) : reject(new Error('no parts'))
    script.onerror = () => reject(new Error('picture.js is not there'))
    document.head.append(script)
  })
}

/** A page from a disk may not load a thread from there, but may make one of its own text. */
function start({ program }: PictureParts): Worker {
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }))
  return new Worker(address)
}

function draw(
  drawing: PictureParts,
  pdf: Uint8Array,
  password: string | undefined,
): Promise<DrawnPage | undefined> {
  thread ??= start(drawing)
  const worker = thread
  return new Promise((resolve, reject) => {
    const end = (failed: boolean): void => {
      clearTimeout(clock)
      worker.onmessage = worker.onerror = null
      if (!failed) return
      worker.terminate()
      if (thread === worker) thread = undefined
    }
    const clock = setTimeout(() => {
      end(true)
      resolve(undefined)
    }, timeoutMs)
    worker.onmessage = ({ data }: MessageEvent<PictureAnswer>) => {
      end(false)
      resolve(data.page)
    }
    worker.onerror = () => {
      end(true)
      reject(new Error('the thread failed'))
    }
    const request: PictureRequest = {
      wasm: drawing.wasm,
      pdf,
      ...(password === undefined ? {} : { password }),
    }
    worker.postMessage(request)
  })
}

function addressOf({ width, height, data }: DrawnPage): string | undefined {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d', { alpha: false })
  if (pen === null) return undefined
  const pixels = pen.createImageData(width, height)
  pixels.data.set(data)
  // The fourth byte of each says nothing.
  for (let at = 3; at < pixels.data.length; at += 4) pixels.data[at] = 255
  pen.putImageData(pixels, 0, 0)
  return canvas.toDataURL('image/png')
}
