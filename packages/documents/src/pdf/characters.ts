export const REGULAR = 0
export const SPACE = 1
const DELIMITER = 2

/** What each byte is to the syntax (ISO 32000-2, 7.2.3). */
export const KIND = new Uint8Array(256)
for (const byte of [0, 9, 10, 12, 13, 32]) KIND[byte] = SPACE
for (const character of '()<>[]{}/%') KIND[character.charCodeAt(0)] = DELIMITER

/** The value of each byte as a hexadecimal digit; -1 where it is none. */
export const HEX = new Int8Array(256).fill(-1)
for (let i = 0; i < 16; i++) {
  HEX['0123456789abcdef'.charCodeAt(i)] = i
  HEX['0123456789ABCDEF'.charCodeAt(i)] = i
}

/** White space (7.2.3). */
export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && KIND[byte] === SPACE
}
