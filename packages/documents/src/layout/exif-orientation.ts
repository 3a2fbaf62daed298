/** How a stored picture is turned to be seen: 1 as it is, to 8 (Exif 2.32 §4.6.4, tag 274). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const ORIENTATION = 0x0112

/** What a camera says in an APP1 segment about how it was held; undefined where it says nothing that can be read. */
export function exifOrientation(segment: Uint8Array): Orientation | undefined {
  if (String.fromCharCode(...segment.subarray(0, 6)) !== 'Exif\0\0' || segment.length < 14) return undefined
  const tiff = segment.subarray(6)
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const isLittle = view.getUint16(0) === 0x4949
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > tiff.length) return undefined
  const count = view.getUint16(directory, isLittle)
  for (let at = directory + 2; at < directory + 2 + count * 12 && at + 12 <= tiff.length; at += 12)
    if (view.getUint16(at, isLittle) === ORIENTATION) return known(view.getUint16(at + 8, isLittle))
  return undefined
}

const known = (value: number): Orientation | undefined =>
  ([1, 2, 3, 4, 5, 6, 7, 8] as const).find((orientation) => orientation === value)

/** Whether width and height change places. */
export const isTurned = (orientation: Orientation = 1): boolean => orientation >= 5

/**
 * The matrix that draws a picture, one unit wide and high, into the place whose lower left corner is `x`, `y`
 * (ISO 32000-1 §8.9.5.1), turned as it is to be seen.
 */
export function placed(
  orientation: Orientation,
  [x, y, width, height]: readonly [number, number, number, number],
): readonly number[] {
  const [right, top] = [x + width, y + height]
  return {
    1: [width, 0, 0, height, x, y],
    2: [-width, 0, 0, height, right, y],
    3: [-width, 0, 0, -height, right, top],
    4: [width, 0, 0, -height, x, top],
    5: [0, -height, -width, 0, right, top],
    6: [0, -height, width, 0, x, top],
    7: [0, height, width, 0, x, y],
    8: [0, height, -width, 0, right, y],
  }[orientation]
}
