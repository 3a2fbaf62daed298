import { ZipError } from './error.ts'
import type { ZipLimits } from './limits.ts'
import { readName } from './names.ts'

/** A record of the central directory (APPNOTE §4.3.12). */
export interface DirectoryRecord {
  readonly name: string
  readonly nameBytes: Uint8Array
  readonly flags: number
  readonly method: 'stored' | 'deflated'
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
  /** Where its local header is. */
  readonly offset: number
}

export interface Directory {
  readonly records: readonly DirectoryRecord[]
  /** Where the directory starts: all before it are entries. */
  readonly start: number
}

const endLength = 22
const recordLength = 46

/** Flags that are understood: how hard it was deflated, sizes after the data, names in UTF-8. */
const knownFlags = 0x0002 | 0x0004 | 0x0008 | 0x0800
const encryptionFlags = 0x0001 | 0x0040 | 0x2000

/**
 * The central directory. The file must end with its end record and that record's own comment, the directory must lie
 * right before it, and hold just the records that it counts: else two readers could see two different files.
 */
export function readDirectory(bytes: Uint8Array, limits: ZipLimits): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(bytes, view)
  const count = view.getUint16(end + 10, true)
  const size = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  const isOneDisk = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count
  if (!isOneDisk || count === 0xffff || size === 0xffffffff || start === 0xffffffff)
    throw new ZipError('unsupported', 'several disks or ZIP64')
  if (start + size !== end) throw new ZipError('layout', 'the directory is not right before its end')
  if (count > limits.entries) throw new ZipError('too-large', 'too many entries')
  const records: DirectoryRecord[] = []
  let at = start
  while (records.length < count) {
    const { record, next } = readRecord(bytes, view, at, end, limits)
    records.push(record)
    at = next
  }
  if (at !== end) throw new ZipError('layout', 'bytes after the directory')
  return { records, start }
}

/** The end record whose comment ends the file; a comment in which another one could be seen is refused. */
function findEnd(bytes: Uint8Array, view: DataView): number {
  const lowest = Math.max(0, bytes.length - endLength - 0xffff)
  const found: number[] = []
  for (let at = bytes.length - endLength; at >= lowest; at--)
    if (view.getUint32(at, true) === 0x06054b50) found.push(at)
  const [last, ...more] = found
  if (last === undefined) throw new ZipError('not-zip', 'no end of the directory')
  const isEnd = last + endLength + view.getUint16(last + 20, true) === bytes.length
  if (!isEnd || more.some((at) => at + endLength + view.getUint16(at + 20, true) === bytes.length))
    throw new ZipError('layout', 'bytes after the end')
  return last
}

function readRecord(bytes: Uint8Array, view: DataView, at: number, end: number, limits: ZipLimits) {
  if (at + recordLength > end || view.getUint32(at, true) !== 0x02014b50)
    throw new ZipError('malformed', 'a record of the directory')
  const flags = view.getUint16(at + 8, true)
  if (flags & encryptionFlags) throw new ZipError('encrypted', 'an encrypted entry')
  if (flags & ~knownFlags) throw new ZipError('unsupported', 'flags of an entry')
  const nameLength = view.getUint16(at + 28, true)
  const extraLength = view.getUint16(at + 30, true)
  const next = at + recordLength + nameLength + extraLength + view.getUint16(at + 32, true)
  if (next > end) throw new ZipError('malformed', 'a record of the directory')
  const nameBytes = bytes.subarray(at + recordLength, at + recordLength + nameLength)
  refuseExtra(bytes.subarray(at + recordLength + nameLength, at + recordLength + nameLength + extraLength))
  refuseLink(view, at)
  const record: DirectoryRecord = {
    name: readName(nameBytes, limits),
    nameBytes,
    flags,
    method: methodOf(view.getUint16(at + 10, true)),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    unpacked: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  }
  if (record.offset === 0xffffffff || record.packed === 0xffffffff) throw new ZipError('unsupported', 'ZIP64')
  if (view.getUint16(at + 34, true) !== 0) throw new ZipError('unsupported', 'several disks')
  return { record, next }
}

function methodOf(method: number): 'stored' | 'deflated' {
  if (method === 0) return 'stored'
  if (method === 8) return 'deflated'
  throw new ZipError('unsupported', 'a method of packing')
}

/** Extra fields that say other sizes (ZIP64), another name (0x7075) or that it is encrypted (0x9901, 0x0017). */
const refusedExtra: ReadonlySet<number> = new Set([0x0001, 0x7075, 0x9901, 0x0017])

export function refuseExtra(extra: Uint8Array): void {
  let at = 0
  while (at + 4 <= extra.length) {
    const id = (extra[at] ?? 0) | ((extra[at + 1] ?? 0) << 8)
    if (refusedExtra.has(id)) throw new ZipError('unsupported', `the extra field ${id.toString(16)}`)
    at += 4 + ((extra[at + 2] ?? 0) | ((extra[at + 3] ?? 0) << 8))
  }
  if (at !== extra.length) throw new ZipError('malformed', 'an extra field')
}

/** Made on Unix (APPNOTE §4.4.2), the attributes hold the kind of file: only files and folders are ones. */
function refuseLink(view: DataView, at: number): void {
  const isUnix = view.getUint8(at + 5) === 3
  const kind = (view.getUint32(at + 38, true) >>> 28) & 15
  if (isUnix && kind !== 0 && kind !== 8 && kind !== 4)
    throw new ZipError('unsupported', 'not a file or folder')
}
