import { crc32, inflateSync } from 'node:zlib'
import { unreadable } from '../layout/page-image.ts'

/** A PNG taken apart (ISO/IEC 15948:2004). */
export interface Png {
  readonly width: number
  readonly height: number
  readonly bits: number
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colourType: number
  readonly interlaced: boolean
  readonly palette: Uint8Array | undefined
  readonly transparency: Uint8Array | undefined
  /** Filtered and deflated, as it stands in the file. */
  readonly data: Uint8Array
}

export function readPng(bytes: Uint8Array): Png {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const data: Uint8Array[] = []
  let palette: Uint8Array | undefined
  let transparency: Uint8Array | undefined
  let ended = false
  for (let at = 8; at + 12 <= bytes.length && !ended; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const chunk = bytes.subarray(at + 8, at + 8 + length)
    if (
      chunk.length < length ||
      crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)
    )
      throw broken()
    if ((at === 8) !== (type === 'IHDR')) throw broken()
    if (type === 'PLTE') palette = chunk
    if (type === 'tRNS') transparency = chunk
    if (type === 'IDAT') data.push(chunk)
    if (type === 'IEND') ended = true
    at += 12 + length
  }
  const [bits = 0, colourType = 0, compression, filter, interlace] = bytes.subarray(24, 29)
  if (!ended || data.length === 0 || !DEPTHS[colourType]?.includes(bits)) throw broken()
  if (compression !== 0 || filter !== 0 || (interlace !== 0 && interlace !== 1)) throw broken()
  if (colourType === 3 && !isPalette(palette, bits)) throw broken()
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    bits,
    colourType,
    interlaced: interlace === 1,
    palette,
    transparency,
    data: Buffer.concat(data),
  }
}

export const broken = () => unreadable('It is a PNG that is not whole.', 'เป็นไฟล์ PNG ที่ไม่สมบูรณ์')

/** The bits that a sample may have, by colour type (§11.2.2). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

const isPalette = (palette: Uint8Array | undefined, bits: number): boolean =>
  palette !== undefined && palette.length > 0 && palette.length % 3 === 0 && palette.length <= 3 << bits

export const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Bytes of a picture that is unpacked in memory. */
const MOST_UNPACKED = 160 * 1024 * 1024

/** The samples of all pixels, one number each, row by row; of a palette their indexes. */
export function pngSamples(png: Png): Uint8Array | Uint16Array {
  const channels = CHANNELS[png.colourType] ?? 1
  const passes = passesOf(png)
  const raw = inflated(png)
  const count = png.width * png.height * channels
  const samples = png.bits === 16 ? new Uint16Array(count) : new Uint8Array(count)
  let at = 0
  for (const [x0, y0, dx, dy] of passes) {
    const columns = Math.ceil((png.width - x0) / dx)
    const rows = Math.ceil((png.height - y0) / dy)
    if (columns <= 0 || rows <= 0) continue
    const stride = Math.ceil((columns * channels * png.bits) / 8)
    const unit = Math.max(1, (channels * png.bits) >> 3)
    unfilter(raw.subarray(at, at + rows * (stride + 1)), rows, stride, unit)
    for (let row = 0; row < rows; row++) {
      const line = raw.subarray(at + row * (stride + 1) + 1, at + (row + 1) * (stride + 1))
      for (let column = 0; column < columns; column++)
        for (let channel = 0; channel < channels; channel++)
          samples[((y0 + row * dy) * png.width + x0 + column * dx) * channels + channel] = sampleAt(
            line,
            column * channels + channel,
            png.bits,
          )
    }
    at += rows * (stride + 1)
  }
  return samples
}

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

const passesOf = ({ interlaced }: Png) => (interlaced ? ADAM7 : [[0, 0, 1, 1] as const])

/** Throws unless all rows are there, each with a filter that PNG knows. */
export function assertWhole(png: Png): void {
  const raw = inflated(png)
  const stride = Math.ceil((png.width * (CHANNELS[png.colourType] ?? 1) * png.bits) / 8) + 1
  for (let row = 0; row < png.height; row++) if ((raw[row * stride] ?? 0) > 4) throw broken()
}

function inflated(png: Png): Uint8Array {
  const channels = CHANNELS[png.colourType] ?? 1
  const length = passesOf(png).reduce((sum, [x0, y0, dx, dy]) => {
    const columns = Math.max(0, Math.ceil((png.width - x0) / dx))
    const rows = Math.max(0, Math.ceil((png.height - y0) / dy))
    return sum + (columns === 0 ? 0 : rows * (Math.ceil((columns * channels * png.bits) / 8) + 1))
  }, 0)
  if (length > MOST_UNPACKED) throw unreadable('It has too many pixels.', 'รูปมีจำนวนพิกเซลมากเกินไป')
  try {
    const raw = inflateSync(png.data, { maxOutputLength: length + 64 })
    if (raw.length >= length) return raw
  } catch {
    throw broken()
  }
  throw broken()
}

function sampleAt(line: Uint8Array, index: number, bits: number): number {
  if (bits === 8) return line[index] ?? 0
  if (bits === 16) return ((line[index * 2] ?? 0) << 8) | (line[index * 2 + 1] ?? 0)
  const bit = index * bits
  return ((line[bit >> 3] ?? 0) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)
}

/** Undoes the filter of each row in place (§9.2). */
function unfilter(raw: Uint8Array, rows: number, stride: number, unit: number): void {
  for (let row = 0; row < rows; row++) {
    const start = row * (stride + 1) + 1
    const filter = raw[start - 1] ?? 0
    for (let index = 0; index < stride; index++) {
      const at = start + index
      const left = index >= unit ? (raw[at - unit] ?? 0) : 0
      const up = row > 0 ? (raw[at - stride - 1] ?? 0) : 0
      const corner = index >= unit && row > 0 ? (raw[at - stride - 1 - unit] ?? 0) : 0
      raw[at] = (raw[at] ?? 0) + predicted(filter, left, up, corner)
    }
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter === 0) return 0
  if (filter !== 4) throw broken()
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
