import { malformed } from '../error.ts'

export interface Prediction {
  readonly predictor: number
  readonly colors: number
  readonly bits: number
  readonly columns: number
}

/** Undoes the predictors of Flate and LZW (ISO 32000-2, 7.4.4.4): TIFF's of 8 bits, and PNG's. */
export function undoPrediction(
  data: Uint8Array,
  { predictor, colors, bits, columns }: Prediction,
): Uint8Array {
  if (predictor === 1) return data
  const sane = [colors, bits, columns].every((n) => Number.isInteger(n) && n > 0)
  if (!sane || colors > 64 || bits > 16 || columns > 1 << 24)
    throw malformed('A predictor has impossible parameters')
  const row = (colors * bits * columns + 7) >> 3
  const pixel = Math.max(1, (colors * bits) >> 3)
  if (predictor === 2) return undoTiff(data, row, colors, bits)
  if (predictor < 10 || predictor > 15) throw malformed('A predictor is not known')
  return undoPng(data, row, pixel)
}

function undoTiff(data: Uint8Array, row: number, colors: number, bits: number): Uint8Array {
  if (bits !== 8) throw malformed('A predictor of these bits is not read')
  const out = data.slice()
  for (let start = 0; start < out.length; start += row) {
    const end = Math.min(start + row, out.length)
    for (let i = start + colors; i < end; i++) out[i] = (out[i] ?? 0) + (out[i - colors] ?? 0)
  }
  return out
}

function undoPng(data: Uint8Array, row: number, pixel: number): Uint8Array {
  const rows = Math.ceil(data.length / (row + 1))
  const out = new Uint8Array(Math.max(0, data.length - rows))
  let to = 0
  for (let from = 0; from < data.length; from += row + 1) {
    const type = data[from] ?? 0
    const count = Math.min(row, data.length - from - 1)
    if (type > 4) throw malformed('A row has a predictor that is not known')
    for (let i = 0; i < count; i++) {
      const left = i >= pixel ? (out[to + i - pixel] ?? 0) : 0
      const up = to >= row ? (out[to + i - row] ?? 0) : 0
      const corner = i >= pixel && to >= row ? (out[to + i - row - pixel] ?? 0) : 0
      out[to + i] = (data[from + 1 + i] ?? 0) + predicted(type, left, up, corner)
    }
    to += count
  }
  return out
}

function predicted(type: number, left: number, up: number, corner: number): number {
  if (type === 0) return 0
  if (type === 1) return left
  if (type === 2) return up
  if (type === 3) return (left + up) >> 1
  const guess = left + up - corner
  const toLeft = Math.abs(guess - left)
  const toUp = Math.abs(guess - up)
  const toCorner = Math.abs(guess - corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
