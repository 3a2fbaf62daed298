import { XmlError } from './error.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Uint8Array(128).fill(255)
for (let at = 0; at < alphabet.length; at++) values[alphabet.charCodeAt(at)] = at

/** Base64 as XML has it (RFC 2045, white space anywhere). Throws `XmlError` for anything else. */
export function decodeBase64(text: string): Uint8Array {
  const dense = text.replace(/[ \t\r\n]+/g, '')
  const padding = dense.endsWith('==') ? 2 : dense.endsWith('=') ? 1 : 0
  if (dense.length % 4 !== 0) throw new XmlError('malformed', 'not base64')
  const digits = dense.length - padding
  const bytes = new Uint8Array((dense.length / 4) * 3 - padding)
  let bits = 0
  let have = 0
  let out = 0
  for (let at = 0; at < digits; at++) {
    const value = values[dense.charCodeAt(at)] ?? 255
    if (value === 255) throw new XmlError('malformed', 'not base64')
    bits = ((bits << 6) | value) & 0xfff
    have += 6
    if (have < 8) continue
    have -= 8
    bytes[out++] = (bits >> have) & 255
  }
  // Two texts would stand for the same bytes (RFC 4648 §3.5).
  if (bits & ((1 << have) - 1)) throw new XmlError('malformed', 'not base64')
  return bytes
}
