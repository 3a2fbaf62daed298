import { isUtf8 } from 'node:buffer'

/** Reads texts of one encoding out of bytes. */
export interface Letters {
  /** Where the first byte stands that the encoding does not have; -1 where all can be read. */
  fault(bytes: Buffer): number
  text(bytes: Buffer, start: number, end: number): string
}

const utf8: Letters = {
  fault: (bytes) => (isUtf8(bytes) ? -1 : 0),
  text: (bytes, start, end) => bytes.toString('utf8', start, end),
}

const UNREADABLE = '\ufffd'
const BEYOND_ASCII = /[\x80-\xff]/g
const thai = Array.from(
  new TextDecoder('windows-874').decode(Uint8Array.from({ length: 256 }, (_, at) => at)),
)

const missing = thai.map((letter) => letter === UNREADABLE)

/** A letter is a byte, so that a table is many times as fast as a decoder called for each cell. */
const windows874: Letters = {
  fault(bytes) {
    for (let at = 0; at < bytes.length; at += 1) if (missing[bytes[at] ?? 0]) return at
    return -1
  },
  text: (bytes, start, end) =>
    bytes.toString('latin1', start, end).replace(BEYOND_ASCII, (letter) => thai[letter.charCodeAt(0)] ?? ''),
}

/** How an encoding's texts are read. */
export const letters = { 'utf-8': utf8, 'windows-874': windows874 }
