const utf8 = new TextDecoder('utf-8')
const latin1 = new TextDecoder('latin1')
const utf16 = new TextDecoder('utf-16be')

/** Any of ASN.1's strings; other tags give undefined. */
export function readText(tag: number, content: Uint8Array): string | undefined {
  if (tag === 0x0c) return utf8.decode(content)
  if (tag === 0x13 || tag === 0x16 || tag === 0x12 || tag === 0x14 || tag === 0x1a)
    return latin1.decode(content)
  if (tag === 0x1e) return utf16.decode(content)
  if (tag === 0x1c) return readUtf32(content)
  return undefined
}

function readUtf32(content: Uint8Array): string {
  let text = ''
  for (let at = 0; at + 3 < content.length; at += 4) {
    const point = (content[at + 1] ?? 0) * 65536 + (content[at + 2] ?? 0) * 256 + (content[at + 3] ?? 0)
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd'
  }
  return text
}
