/** StandardEncoding (ISO 32000-2, D.2) from 0xA1; below, it is ASCII but for two quotation marks. */
const STANDARD =
  '\u00a1\u00a2\u00a3\u2044\u00a5\u0192\u00a7\u00a4\u0027\u201c\u00ab\u2039\u203a\ufb01\ufb02\ufffd' +
  '\u2013\u2020\u2021\u00b7\ufffd\u00b6\u2022\u201a\u201e\u201d\u00bb\u2026\u2030\ufffd\u00bf\ufffd' +
  '\u0060\u00b4\u02c6\u02dc\u00af\u02d8\u02d9\u00a8\ufffd\u02da\u00b8\ufffd\u02dd\u02db\u02c7\u2014' +
  '\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd' +
  '\u00c6\ufffd\u00aa\ufffd\ufffd\ufffd\ufffd\u0141\u00d8\u0152\u00ba\ufffd\ufffd\ufffd\ufffd\ufffd' +
  '\u00e6\ufffd\ufffd\ufffd\u0131\ufffd\ufffd\u0142\u00f8\u0153\u00df\ufffd\ufffd\ufffd\ufffd'

const tables = new Map<string, readonly string[]>()

/** What each of the 256 codes means in a base encoding. */
export function baseEncoding(name: string | undefined): readonly string[] {
  const key = name === 'WinAnsiEncoding' || name === 'MacRomanEncoding' ? name : 'StandardEncoding'
  const known = tables.get(key)
  if (known) return known
  const table =
    key === 'StandardEncoding'
      ? standard()
      : decoded(key === 'WinAnsiEncoding' ? 'windows-1252' : 'macintosh')
  tables.set(key, table)
  return table
}

function decoded(label: string): string[] {
  const decoder = new TextDecoder(label)
  return Array.from({ length: 256 }, (_, code) => (code < 32 ? '' : decoder.decode(Uint8Array.of(code))))
}

function standard(): string[] {
  return Array.from({ length: 256 }, (_, code) => {
    if (code === 0x27) return '\u2019'
    if (code === 0x60) return '\u2018'
    if (code < 32) return ''
    return code < 0x7f ? String.fromCharCode(code) : (STANDARD[code - 0xa1] ?? '')
  })
}
