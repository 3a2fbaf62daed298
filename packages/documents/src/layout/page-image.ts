import { createHash } from 'node:crypto'
import { documentProblem } from '../problems.ts'

/** A picture as it goes into the file. One object however often it is drawn. */
export interface PageImage {
  readonly kind: 'png' | 'jpeg'
  readonly bytes: Uint8Array
  /** Pixels. */
  readonly width: number
  readonly height: number
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
  readonly width: number
  readonly height: number
}

function pngSize(bytes: Uint8Array): ImageSize | undefined {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  if (bytes.length < 33 || signature.some((value, index) => bytes[index] !== value)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** Walks the markers up to the frame header (SOF0 to SOF2; others are not for PDF). */
function jpegSize(bytes: Uint8Array): ImageSize | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xc2) {
      const components = bytes[at + 9]
      if (components !== 1 && components !== 3)
        throw unreadable('A JPEG must be grey or RGB, not CMYK.', 'JPEG ต้องเป็นสีเทาหรือ RGB ไม่ใช่ CMYK')
      return { kind: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    if (marker === 0xff) at++
    else at += 2 + view.getUint16(at + 2)
  }
  return undefined
}
