import { packed } from './pdf-file.ts'

/**
 * The sRGB colour space (IEC 61966-2-1) as an ICC profile of version 2.1 for a display (ICC.1:2001-04): three
 * primaries adapted to D50, and its curve as a table. Made here, since it is only these numbers.
 */
export function srgbProfile(): Uint8Array {
  profile ??= buildProfile()
  return profile
}

/** The same, deflated. */
export function packedSrgbProfile(): Uint8Array {
  packedProfile ??= packed(srgbProfile())
  return packedProfile
}

let profile: Uint8Array | undefined
let packedProfile: Uint8Array | undefined

const CURVE_ENTRIES = 256

function buildProfile(): Uint8Array {
  const curve = curveTag()
  const tags: [string, Uint8Array][] = [
    ['desc', descriptionTag('sRGB IEC61966-2.1')],
    ['cprt', textTag('No rights reserved')],
    ['wtpt', xyzTag(0.9505, 1, 1.0891)],
    ['rXYZ', xyzTag(0.43607, 0.22249, 0.01392)],
    ['gXYZ', xyzTag(0.38515, 0.71687, 0.09708)],
    ['bXYZ', xyzTag(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const places = new Map<Uint8Array, number>()
  let length = 128 + 4 + tags.length * 12
  for (const [, data] of tags)
    if (!places.has(data)) {
      places.set(data, length)
      length += (data.length + 3) & ~3
    }
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  writeHeader(bytes, view)
  view.setUint32(128, tags.length)
  tags.forEach(([tag, data], index) => {
    ascii(bytes, 132 + index * 12, tag)
    view.setUint32(136 + index * 12, places.get(data) ?? 0)
    view.setUint32(140 + index * 12, data.length)
    bytes.set(data, places.get(data))
  })
  return bytes
}

function writeHeader(bytes: Uint8Array, view: DataView): void {
  view.setUint32(0, bytes.length)
  view.setUint32(8, 0x02100000)
  ascii(bytes, 12, 'mntrRGB XYZ ')
  // 1 January 2000: a profile must have a date.
  view.setUint16(24, 2000)
  view.setUint16(26, 1)
  view.setUint16(28, 1)
  ascii(bytes, 36, 'acsp')
  // The illuminant of the connection space, D50.
  for (const [index, value] of [0.9642, 1, 0.8249].entries()) view.setInt32(68 + index * 4, fixed(value))
}

function ascii(bytes: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index)
}

function tag(type: string, length: number): { bytes: Uint8Array; view: DataView } {
  const bytes = new Uint8Array(length)
  ascii(bytes, 0, type)
  return { bytes, view: new DataView(bytes.buffer) }
}

/** s15Fixed16Number. */
const fixed = (value: number): number => Math.round(value * 65536)

function xyzTag(...values: number[]): Uint8Array {
  const { bytes, view } = tag('XYZ ', 20)
  for (const [index, value] of values.entries()) view.setInt32(8 + index * 4, fixed(value))
  return bytes
}

function textTag(text: string): Uint8Array {
  const { bytes } = tag('text', 8 + text.length + 1)
  ascii(bytes, 8, text)
  return bytes
}

/** textDescriptionType: ASCII, then empty Unicode and ScriptCode parts. */
function descriptionTag(text: string): Uint8Array {
  const { bytes, view } = tag('desc', 12 + text.length + 1 + 8 + 3 + 67)
  view.setUint32(8, text.length + 1)
  ascii(bytes, 12, text)
  return bytes
}

function curveTag(): Uint8Array {
  const { bytes, view } = tag('curv', 12 + CURVE_ENTRIES * 2)
  view.setUint32(8, CURVE_ENTRIES)
  for (let index = 0; index < CURVE_ENTRIES; index++) {
    const value = index / (CURVE_ENTRIES - 1)
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    view.setUint16(12 + index * 2, Math.round(linear * 65535))
  }
  return bytes
}
