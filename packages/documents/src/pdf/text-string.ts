/** Where PDFDocEncoding differs from Latin-1 (ISO 32000-2, D.3), from 0x18 and from 0x80. */
const LOW = '\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc'
const HIGH =
  '\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c\u201d\u2018\u2019\u201a\u2122' +
  '\ufb01\ufb02\u0141\u0152\u0160\u0178\u017d\u0131\u0142\u0153\u0161\u017e\ufffd\u20ac'

/** A text string as words: UTF-16 or UTF-8 by its mark, else PDFDocEncoding (7.9.2.2). Language escapes are left out. */
export function decodeTextString(bytes: Uint8Array): string {
  const [a, b, c] = bytes
  if (a === 0xfe && b === 0xff) return withoutEscapes(decodeUtf16(bytes.subarray(2)))
  if (a === 0xff && b === 0xfe) return withoutEscapes(new TextDecoder('utf-16le').decode(bytes.subarray(2)))
  if (a === 0xef && b === 0xbb && c === 0xbf)
    return withoutEscapes(new TextDecoder().decode(bytes.subarray(3)))
  let text = ''
  for (const byte of bytes) text += docCharacter(byte)
  return text
}

function docCharacter(byte: number): string {
  if (byte >= 0x18 && byte <= 0x1f) return LOW[byte - 0x18] ?? ''
  if (byte >= 0x80 && byte <= 0xa0) return HIGH[byte - 0x80] ?? ''
  return String.fromCharCode(byte)
}

export function decodeUtf16(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    text += String.fromCharCode(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0))
  }
  return text
}

function withoutEscapes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: U+001B is the standard's own mark
  return text.includes('\u001b') ? text.replace(/\u001b[^\u001b]*\u001b/g, '') : text
}

/** A text string in the shortest form that every reader knows: ASCII as it is, UTF-16 with its mark otherwise. */
export function encodeTextString(text: string): Uint8Array {
  let ascii = true
  for (let i = 0; i < text.length && ascii; i++) {
    const code = text.charCodeAt(i)
    ascii = code >= 0x20 && code < 0x7f
  }
  if (ascii) return Uint8Array.from(text, (c) => c.charCodeAt(0))
  const bytes = new Uint8Array(2 + text.length * 2)
  bytes.set([0xfe, 0xff])
  for (let i = 0; i < text.length; i++) {
    bytes[2 + i * 2] = text.charCodeAt(i) >> 8
    bytes[3 + i * 2] = text.charCodeAt(i)
  }
  return bytes
}
