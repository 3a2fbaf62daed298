/** What a picture's own bytes say of it. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Where it ends; what follows is no part of it. */
  readonly end: number
}

/** Reads the size of a PNG, JPEG, GIF or WebP without decoding it; undefined where it is broken. Pure. */
export function readPicture(content: Uint8Array, mediaType: string): Picture | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  try {
    if (mediaType === 'image/png') return readPng(bytes)
    if (mediaType === 'image/jpeg') return readJpeg(bytes)
    if (mediaType === 'image/gif') return readGif(bytes)
    return mediaType === 'image/webp' ? readWebp(bytes) : undefined
  } catch (error) {
    // Read beyond the end.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** PNG (ISO/IEC 15948): chunks from IHDR to IEND. */
function readPng(bytes: Buffer): Picture | undefined {
  let size: { width: number; height: number } | undefined
  for (let at = 8; ; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if ((at === 8) !== (type === 'IHDR')) return undefined
    if (type === 'IHDR') size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) }
    at += 12 + length
    if (at > bytes.length) return undefined
    if (type === 'IEND') return size && { ...size, end: at }
  }
}

/** JPEG (ISO/IEC 10918-1 annex B): markers to EOI; the largest frame counts. */
function readJpeg(bytes: Buffer): Picture | undefined {
  let [width, height] = [0, 0]
  for (let at = 2; ; ) {
    if (bytes.readUInt8(at) !== 0xff) return undefined
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xd9) return width > 0 ? { width, height, end: at + 2 } : undefined
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      height = Math.max(height, bytes.readUInt16BE(at + 5))
      width = Math.max(width, bytes.readUInt16BE(at + 7))
    }
    at += 2 + bytes.readUInt16BE(at + 2)
    if (marker === 0xda) at = endOfScan(bytes, at)
  }
}

/** Until a marker that neither is stuffed nor restarts. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes.readUInt8(at + 1)
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

/** GIF89a: the screen's size; blocks to the trailer. */
function readGif(bytes: Buffer): Picture | undefined {
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]
  let at = 13 + colours(bytes.readUInt8(10))
  for (;;) {
    const kind = bytes.readUInt8(at)
    if (kind === 0x3b) return { width, height, end: at + 1 }
    if (kind === 0x21) at = endOfBlocks(bytes, at + 2)
    else if (kind === 0x2c) at = endOfBlocks(bytes, at + 11 + colours(bytes.readUInt8(at + 9)))
    else return undefined
  }
}

function colours(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

function endOfBlocks(bytes: Buffer, from: number): number {
  let at = from
  while (bytes.readUInt8(at) !== 0) at += 1 + bytes.readUInt8(at)
  return at + 1
}

/** WebP (RFC 9649): RIFF with VP8, VP8L or VP8X first. */
function readWebp(bytes: Buffer): Picture | undefined {
  const end = 8 + bytes.readUInt32LE(4)
  if (end > bytes.length + 1) return undefined
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3), end }
  if (kind === 'VP8 ')
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, end }
  if (kind !== 'VP8L') return undefined
  const bits = bytes.readUInt32LE(21)
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff), end }
}
