import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'

const inflate = promisify(inflateRaw)
const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const STORED = 0
const DEFLATED = 8
const MOST_ENTRIES = 10_000

/** A ZIP file that is not read: damaged, cut off, encrypted, or larger inside than it may be. */
export class ZipFault extends Error {
  override readonly name = 'ZipFault'
}

interface Entry {
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/**
 * The files in a ZIP file (APPNOTE 6.3.10) by its central directory, which alone says what there is. Throws `ZipFault`.
 * Archives beyond 4 GiB are none that a spreadsheet would need.
 */
export class ZipFile {
  readonly #bytes: Buffer
  readonly #entries: ReadonlyMap<string, Entry>

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#entries = entriesOf(bytes)
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  /** What the file holds, checked against its sum; at most `limit` bytes, whatever the archive says of its size. */
  async read(name: string, limit: number): Promise<Buffer> {
    const entry = this.#entries.get(name)
    if (entry === undefined) throw new ZipFault(`${name} is not in it`)
    const { method, crc, packed, size, offset } = entry
    if (size > limit) throw new ZipFault(`${name} is too large`)
    const start = offset + 30 + word(this.#bytes, offset + 26) + word(this.#bytes, offset + 28)
    if (long(this.#bytes, offset) !== LOCAL || start + packed > this.#bytes.length)
      throw new ZipFault(`${name} is cut off`)
    const content = await unpacked(this.#bytes.subarray(start, start + packed), method, size, name)
    if (content.length !== size || crc32(content) !== crc) throw new ZipFault(`${name} is damaged`)
    return content
  }
}

async function unpacked(bytes: Buffer, method: number, size: number, name: string): Promise<Buffer> {
  if (method === STORED) return bytes
  if (method !== DEFLATED) throw new ZipFault(`${name} is packed in a way that is not read`)
  try {
    return await inflate(bytes, { maxOutputLength: Math.max(size, 1) })
  } catch {
    throw new ZipFault(`${name} is damaged`)
  }
}

function entriesOf(bytes: Buffer): ReadonlyMap<string, Entry> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || long(bytes, end) !== END) throw new ZipFault('no directory: not whole, or no ZIP file')
  const count = word(bytes, end + 10)
  if (count > MOST_ENTRIES) throw new ZipFault('too many files')
  const entries = new Map<string, Entry>()
  let at = long(bytes, end + 16)
  for (let left = count; left > 0; left -= 1) {
    if (long(bytes, at) !== ENTRY) throw new ZipFault('the directory is damaged')
    const [name, more, comment] = [word(bytes, at + 28), word(bytes, at + 30), word(bytes, at + 32)]
    const called = bytes.toString('utf8', at + 46, at + 46 + name)
    if ((word(bytes, at + 8) & 1) !== 0) throw new ZipFault('it is encrypted')
    if (entries.has(called)) throw new ZipFault('one file stands twice')
    entries.set(called, {
      method: word(bytes, at + 10),
      crc: long(bytes, at + 16),
      packed: long(bytes, at + 20),
      size: long(bytes, at + 24),
      offset: long(bytes, at + 42),
    })
    at += 46 + name + more + comment
  }
  return entries
}

function word(bytes: Buffer, at: number): number {
  if (at + 2 > bytes.length) throw new ZipFault('it is cut off')
  return bytes.readUInt16LE(at)
}

function long(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) throw new ZipFault('it is cut off')
  return bytes.readUInt32LE(at)
}
