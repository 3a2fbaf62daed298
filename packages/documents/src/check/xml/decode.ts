import { XmlError } from './error.ts'

export type XmlEncoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE'

const forbidden = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u

/** Bytes as text, line ends as XML has them (XML 1.0 §2.11, §4.3.3). UTF-16 only with its byte order mark. */
export function decodeXml(bytes: Uint8Array): { text: string; encoding: XmlEncoding } {
  const encoding = encodingOf(bytes)
  const text = decode(bytes, encoding).replace(/\r\n?/g, '\n')
  const bad = forbidden.exec(text)
  if (bad) throw new XmlError('malformed', 'a character that XML does not have', bad.index)
  return { text, encoding }
}

function encodingOf([first, second]: Uint8Array): XmlEncoding {
  if (first === 0xff && second === 0xfe) return 'UTF-16LE'
  if (first === 0xfe && second === 0xff) return 'UTF-16BE'
  return 'UTF-8'
}

function decode(bytes: Uint8Array, encoding: XmlEncoding): string {
  try {
    // The mark itself is left out by the decoder.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) throw new XmlError('encoding', `not ${encoding}`)
    throw cause
  }
}
