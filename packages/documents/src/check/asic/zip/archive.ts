import { joinBytes, sameBytes } from '../../../bytes.ts'
import { PdfError } from '../../../pdf/error.ts'
import { inflate } from '../../../pdf/filters/flate.ts'
import { crc32 } from './crc.ts'
import { type DirectoryRecord, readDirectory, refuseExtra } from './directory.ts'
import { ZipError } from './error.ts'
import { defaultZipLimits, type ZipLimits } from './limits.ts'
import { refuseSameNames } from './names.ts'

export interface ZipEntry {
  readonly name: string
  readonly isFolder: boolean
  /** Where it starts in the file. */
  readonly offset: number
  readonly method: 'stored' | 'deflated'
  /** Unpacked bytes. */
  readonly size: number
  /** Whether its header at the data has an extra field. */
  readonly hasExtra: boolean
  /** The bytes as they lie in the file. */
  readonly packed: Uint8Array
  readonly crc: number
}

/**
 * A ZIP file (APPNOTE 6.3.10) read so that no other reader can see another file in it: header and directory agree in
 * everything, entries lie one after the other without gap or overlap, names are plain and different.
 */
export class ZipArchive {
  /** In the order in which they lie. */
  readonly entries: readonly ZipEntry[]
  readonly #byName: ReadonlyMap<string, ZipEntry>
  readonly #unpacked = new Map<ZipEntry, Uint8Array>()

  constructor(entries: readonly ZipEntry[]) {
    this.entries = entries
    this.#byName = new Map(entries.map((entry) => [entry.name, entry]))
  }

  entry(name: string): ZipEntry | undefined {
    return this.#byName.get(name)
  }

  /** The bytes of a file; undefined when there is none of that name. Throws `ZipError` when they are not what was packed. */
  read(name: string): Uint8Array | undefined {
    const entry = this.#byName.get(name)
    if (!entry || entry.isFolder) return undefined
    const known = this.#unpacked.get(entry)
    if (known) return known
    const bytes = unpack(entry)
    this.#unpacked.set(entry, bytes)
    return bytes
  }
}

/** Throws `ZipError`. */
export function openZip(bytes: Uint8Array, options: Partial<ZipLimits> = {}): ZipArchive {
  const limits = { ...defaultZipLimits, ...options }
  const { records, start } = readDirectory(bytes, limits)
  const all = records.reduce((sum, { unpacked }) => sum + unpacked, 0)
  if (all > limits.unpacked) throw new ZipError('too-large', 'too many bytes when unpacked')
  refuseSameNames(records.map(({ name }) => name))
  const ordered = records.toSorted((one, other) => one.offset - other.offset)
  if ((ordered[0]?.offset ?? start) !== 0) throw new ZipError('layout', 'bytes before the first entry')
  return new ZipArchive(
    ordered.map((record, at) => readEntry(bytes, record, ordered[at + 1]?.offset ?? start)),
  )
}

const headerLength = 30
const sizesAfter = 0x0008

/** The entry from its own header to the next one (APPNOTE §4.3.7, §4.3.9). */
function readEntry(bytes: Uint8Array, record: DirectoryRecord, end: number): ZipEntry {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { offset } = record
  if (offset + headerLength > end) throw new ZipError('layout', 'entries overlap')
  if (view.getUint32(offset, true) !== 0x04034b50) throw new ZipError('malformed', 'the header of an entry')
  const nameLength = view.getUint16(offset + 26, true)
  const extraLength = view.getUint16(offset + 28, true)
  const nameStart = offset + headerLength
  const dataStart = nameStart + nameLength + extraLength
  const dataEnd = dataStart + record.packed
  if (dataEnd > end) throw new ZipError('layout', 'entries overlap')
  const name = bytes.subarray(nameStart, nameStart + nameLength)
  const methods = { stored: 0, deflated: 8 }
  const isSame =
    sameBytes(name, record.nameBytes) &&
    view.getUint16(offset + 6, true) === record.flags &&
    view.getUint16(offset + 8, true) === methods[record.method]
  if (!isSame) throw new ZipError('malformed', 'header and directory differ')
  refuseExtra(bytes.subarray(nameStart + nameLength, dataStart))
  checkSizes(view, record, dataEnd, end)
  const isFolder = record.name.endsWith('/')
  if ((isFolder || record.method === 'stored') && record.packed !== record.unpacked)
    throw new ZipError('malformed', 'a size')
  if (isFolder && record.unpacked > 0) throw new ZipError('malformed', 'a folder with content')
  return {
    name: record.name,
    isFolder,
    offset,
    method: record.method,
    size: record.unpacked,
    hasExtra: extraLength > 0,
    packed: bytes.subarray(dataStart, dataEnd),
    crc: record.crc,
  }
}

/** Sizes stand before the data or after it, and nothing else lies between this entry and the next. */
function checkSizes(view: DataView, record: DirectoryRecord, dataEnd: number, end: number): void {
  const isAfter = (record.flags & sizesAfter) !== 0
  const before = triple(view, record.offset + 14)
  const isNone = before.every((value) => value === 0)
  if (!agrees(before, record) && !(isAfter && isNone))
    throw new ZipError('malformed', 'header and directory differ')
  const left = end - dataEnd
  if (!isAfter) {
    if (left > 0) throw new ZipError('layout', 'bytes between entries')
    return
  }
  const hasMark = left === 16 && view.getUint32(dataEnd, true) === 0x08074b50
  if (!hasMark && left !== 12) throw new ZipError('layout', 'bytes between entries')
  if (!agrees(triple(view, hasMark ? dataEnd + 4 : dataEnd), record))
    throw new ZipError('malformed', 'data descriptor and directory differ')
}

function triple(view: DataView, at: number): readonly [number, number, number] {
  return [view.getUint32(at, true), view.getUint32(at + 4, true), view.getUint32(at + 8, true)]
}

function agrees(
  [crc, packed, unpacked]: readonly [number, number, number],
  record: DirectoryRecord,
): boolean {
  return crc === record.crc && packed === record.packed && unpacked === record.unpacked
}

/** The inflater takes zlib data: its header is put before. */
const zlibHeader = Uint8Array.of(0x78, 0x01)

function unpack({ method, packed, size, crc }: ZipEntry): Uint8Array {
  const bytes = method === 'stored' ? packed : inflated(packed, size)
  if (bytes.length !== size || crc32(bytes) !== crc) throw new ZipError('checksum', 'not what was packed')
  return bytes
}

function inflated(packed: Uint8Array, most: number): Uint8Array {
  try {
    return inflate(joinBytes([zlibHeader, packed]), most)
  } catch (error) {
    if (error instanceof PdfError) throw new ZipError('checksum', error.message)
    throw error
  }
}
