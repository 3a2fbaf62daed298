import { createHash } from 'node:crypto'
import { documentProblem } from '../problems.ts'
import { exifOrientation, type Orientation } from './exif-orientation.ts'

/** A picture as it goes into the file. One object however often it is drawn. */
export interface PageImage {
  readonly kind: 'png' | 'jpeg'
  readonly bytes: Uint8Array
  /** Pixels, as they are stored. */
  readonly width: number
  readonly height: number
  /** Of a JPEG: how the camera was held. */
  readonly orientation?: Orientation
  /** Of a JPEG: 1 for grey, 3 for colours. */
  readonly components?: 1 | 3
  /** SHA-256 of the bytes: the same picture is embedded once. */
  readonly digest: string
}

/** Pixels of a side: larger ones are for print shops, and a decoded one must fit into memory. */
const LARGEST_SIDE = 12_000

/** Reads kind and size of a PNG (ISO/IEC 15948) or a JPEG (ITU-T T.81). */
export function pageImage(bytes: Uint8Array): PageImage {
  const size = pngSize(bytes) ?? jpegSize(bytes)
  if (!size) throw unreadable('It is neither a PNG nor a JPEG.', 'ไม่ใช่ไฟล์ PNG หรือ JPEG')
  if (size.width < 1 || size.height < 1 || size.width > LARGEST_SIDE || size.height > LARGEST_SIDE)
    throw unreadable(
      `It is ${size.width} by ${size.height} pixels; a side may have ${LARGEST_SIDE}.`,
      `ภาพมีขนาด ${size.width} × ${size.height} พิกเซล ด้านหนึ่งมีได้ไม่เกิน ${LARGEST_SIDE}`,
    )
  return { ...size, bytes, digest: createHash('sha256').update(bytes).digest('hex') }
}

export function unreadable(en: string, th: string) {
  return documentProblem('document-image-unreadable', { detail: { en, th } })
}

interface ImageSize {
  readonly kind: 'png' | 'jpeg'
  readonly orientation?: Orientation
  /** Of a JPEG: 1 for grey, 3 for colours. */
  readonly components?: 1 | 3
  readonly width: number
  readonly height: number
}

function pngSize(bytes: Uint8Array): ImageSize | undefined {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  if (bytes.length < 33 || signature.some((value, index) => bytes[index] !== value)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** Walks the markers up to the scan. SOF0 to SOF2 with eight bits are for PDF (ISO 32000-1 §7.4.8), others not. */
function jpegSize(bytes: Uint8Array): ImageSize | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let size: ImageSize | undefined
  let orientation: Orientation | undefined
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === SCAN && size && endsWhole(bytes, at))
      return { ...size, ...(orientation && { orientation }) }
    if (marker === SCAN) break
    if (marker === APP1)
      orientation ??= exifOrientation(bytes.subarray(at + 4, at + 2 + view.getUint16(at + 2)))
    if (isFrame(marker)) size = frameSize(bytes.subarray(at + 4), marker)
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  throw unreadable('It is a JPEG that is not whole.', 'เป็นไฟล์ JPEG ที่ไม่สมบูรณ์')
}

const SCAN = 0xda
const APP1 = 0xe1

/** C4, C8 and CC are tables, not frames. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function frameSize(frame: Uint8Array, marker: number): ImageSize {
  const [bits, high1 = 0, high0 = 0, wide1 = 0, wide0 = 0, components] = frame
  if (marker > 0xc2 || bits !== 8)
    throw unreadable(
      'A JPEG must be baseline or progressive, with eight bits.',
      'JPEG ต้องเป็นแบบ baseline หรือ progressive ขนาด 8 บิต',
    )
  if (components !== 1 && components !== 3)
    throw unreadable('A JPEG must be grey or RGB, not CMYK.', 'JPEG ต้องเป็นสีเทาหรือ RGB ไม่ใช่ CMYK')
  return { kind: 'jpeg', height: (high1 << 8) | high0, width: (wide1 << 8) | wide0, components }
}

/** Whether the mark of the end stands behind the scan; some cameras put a few bytes after it. */
function endsWhole(bytes: Uint8Array, scan: number): boolean {
  for (let at = bytes.length - 2; at > scan; at--)
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true
  return false
}
