import { inflateRawSync } from 'node:zlib'

/** Why an archive, or an office document, which is one, is not taken. */
export type ArchiveHazard = 'broken' | 'bomb' | 'nested' | 'encrypted' | 'active'

const most = { entries: 2_000, together: 200 * 1024 * 1024, ratio: 200 } as const
/** Under it no ratio is suspicious: a page of spaces deflates well. */
const small = 1024 * 1024

const endRecord = Buffer.from('PK\x05\x06', 'latin1')
/** ZIP, RAR, 7z and gzip. */
const archives = ['PK\x03\x04', 'Rar!', '7z\xbc\xaf', '\x1f\x8b'].map((head) => Buffer.from(head, 'latin1'))

interface Entry {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly packed: number
  readonly size: number
  /** Of its local header. */
  readonly at: number
}

/** What is wrong with a ZIP (APPNOTE 6.3.10); `entry` sees the content of each file in it. Undefined where it is sound. */
export function archiveHazard(
  content: Uint8Array,
  entry: (content: Buffer) => boolean = () => false,
): ArchiveHazard | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const entries = entriesOf(bytes)
  if (entries === undefined) return 'broken'
  if (entries.length > most.entries) return 'bomb'
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  if (total > most.together || (total > small && total > bytes.length * most.ratio)) return 'bomb'
  let behind = 0
  for (const one of [...entries].sort((a, b) => a.at - b.at)) {
    if ((one.flags & 1) !== 0) return 'encrypted'
    if (/(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]/.test(one.name) || one.name.includes('\0')) return 'broken'
    if (/vbaProject\.bin$|\.(?:exe|dll|js|vbs|bat|cmd|ps1|scr|jar|com|lnk)$/i.test(one.name)) return 'active'
    const data = dataOf(bytes, one, behind)
    // Entries that share bytes are how a small file becomes a huge one; what lies between them only some programs see.
    if (data === undefined || one.at - behind > descriptor) return 'broken'
    behind = data.end
    const opened = openEntry(one, data.bytes)
    if (opened === undefined) return 'bomb'
    if (archives.some((head) => opened.subarray(0, head.length).equals(head))) return 'nested'
    if (entry(opened)) return 'active'
  }
  return directoryAt(bytes) - behind > descriptor ? 'broken' : undefined
}

/** Most bytes behind the data of an entry: its sizes, for who writes before they are known (§4.3.9). */
const descriptor = 24

function directoryAt(bytes: Buffer): number {
  return bytes.readUInt32LE(bytes.lastIndexOf(endRecord) + 16)
}

/** By the central directory, whose end record stands at the very end, behind it at most a comment. */
function entriesOf(bytes: Buffer): Entry[] | undefined {
  const end = bytes.lastIndexOf(endRecord)
  if (end < 0 || end + 22 > bytes.length) return undefined
  if (end + 22 + bytes.readUInt16LE(end + 20) !== bytes.length) return undefined
  const count = bytes.readUInt16LE(end + 10)
  let at = directoryAt(bytes)
  const entries: Entry[] = []
  for (let n = 0; n < count; n++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) return undefined
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    })
    at += 46 + name + extra + comment
  }
  return at === end ? entries : undefined
}

function dataOf(
  bytes: Buffer,
  { at, packed, name }: Entry,
  behind: number,
): { bytes: Buffer; end: number } | undefined {
  if (at < behind || at + 30 > bytes.length || bytes.readUInt32LE(at) !== 0x04034b50) return undefined
  const named = at + 30 + bytes.readUInt16LE(at + 26)
  // Under another name than the directory says it would be another file to some.
  if (bytes.toString('utf8', at + 30, named) !== name) return undefined
  const from = named + bytes.readUInt16LE(at + 28)
  const end = from + packed
  return end > bytes.length ? undefined : { bytes: bytes.subarray(from, end), end }
}

/** Undefined where it is not as large as it says. */
function openEntry({ method, size }: Entry, packed: Buffer): Buffer | undefined {
  if (method === 0) return packed.length === size ? packed : undefined
  if (method !== 8) return undefined
  try {
    const opened = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) })
    return opened.length === size ? opened : undefined
  } catch {
    return undefined
  }
}
