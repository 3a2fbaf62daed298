import { crc32 } from 'node:zlib'

/** The type of an ASiC-E container (ETSI EN 319 162-1 §6.1): its first file, not compressed. */
export const containerType = 'application/vnd.etsi.asic-e+zip'

export interface ContainerFile {
  readonly name: string
  readonly data: Uint8Array
}

export interface ReadFile extends ContainerFile {
  readonly data: Buffer
}

/** A larger file is not read: bodies are far below. */
const mostBytes = 512 * 1024 * 1024
const mostFiles = 64

const localHeaderBytes = 30
const centralHeaderBytes = 46
const endBytes = 22
const localSignature = 0x04034b50
const centralSignature = 0x02014b50
const endSignature = 0x06054b50
/** 1 January 1980, the first day that the format knows: times are said inside, signed. */
const date = 0x21

/** Why a container cannot be read, and which of its files is damaged, if one is. */
export class ContainerError extends Error {
  readonly file: string | undefined

  constructor(message: string, file?: string) {
    super(message)
    this.file = file
  }
}

/**
 * Files as a ZIP container, nothing compressed, and only one way to write it: so a reader can tell that not one byte
 * was changed. `mimetype` comes first by itself.
 */
export function writeContainer(files: readonly ContainerFile[]): Buffer {
  const all: ContainerFile[] = [{ name: 'mimetype', data: Buffer.from(containerType) }, ...files]
  const parts: Uint8Array[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, data } of all) {
    const crc = crc32(data)
    const local = localHeader(name, data.length, crc)
    central.push(centralHeader(name, data.length, crc, offset))
    parts.push(local, data)
    offset += local.length + data.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(endBytes)
  end.writeUInt32LE(endSignature, 0)
  end.writeUInt16LE(all.length, 8)
  end.writeUInt16LE(all.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, directory, end])
}

function localHeader(name: string, size: number, crc: number): Buffer {
  const header = Buffer.alloc(localHeaderBytes)
  header.writeUInt32LE(localSignature, 0)
  writeCommon(header, 4, name, size, crc)
  return Buffer.concat([header, Buffer.from(name, 'latin1')])
}

function centralHeader(name: string, size: number, crc: number, offset: number): Buffer {
  const header = Buffer.alloc(centralHeaderBytes)
  header.writeUInt32LE(centralSignature, 0)
  header.writeUInt16LE(20, 4)
  writeCommon(header, 6, name, size, crc)
  header.writeUInt32LE(offset, 42)
  return Buffer.concat([header, Buffer.from(name, 'latin1')])
}

/** What both headers have: version needed, flags, method, time, date, CRC-32, sizes, lengths of name and extra. */
function writeCommon(header: Buffer, at: number, name: string, size: number, crc: number): void {
  header.writeUInt16LE(20, at)
  header.writeUInt16LE(date, at + 8)
  header.writeUInt32LE(crc, at + 10)
  header.writeUInt32LE(size, at + 14)
  header.writeUInt32LE(size, at + 18)
  header.writeUInt16LE(name.length, at + 22)
}

/**
 * The files of a container as `writeContainer` wrote it, without `mimetype`. Throws ContainerError for anything
 * else: another order, compression, comments, bytes between files, a file twice, a single changed byte.
 */
export function readContainer(bytes: Uint8Array): ReadFile[] {
  if (bytes.length > mostBytes) throw new ContainerError('the file is too large')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const files = readFiles(buffer)
  const [first, ...rest] = files
  if (first?.name !== 'mimetype' || first.data.toString('latin1') !== containerType) {
    throw new ContainerError('it does not begin as an ASiC-E container', 'mimetype')
  }
  if (new Set(files.map(({ name }) => name)).size !== files.length) {
    throw new ContainerError('a file is in it twice')
  }
  // Whatever was not read must be as we would write it.
  if (!writeContainer(rest).equals(buffer)) throw new ContainerError('its table of contents was changed')
  return rest
}

function readFiles(buffer: Buffer): ReadFile[] {
  const files: ReadFile[] = []
  let at = 0
  while (at + localHeaderBytes <= buffer.length && buffer.readUInt32LE(at) === localSignature) {
    if (files.length === mostFiles) throw new ContainerError('it has too many files')
    const size = buffer.readUInt32LE(at + 18)
    const nameEnd = at + localHeaderBytes + buffer.readUInt16LE(at + 26)
    const end = nameEnd + size
    const name = buffer.toString('latin1', at + localHeaderBytes, nameEnd)
    if (!/^[\w-][\w./-]{0,120}$/.test(name) || name.includes('..')) {
      throw new ContainerError('a file in it has a name that is not ours')
    }
    if (end > buffer.length) throw new ContainerError('it is cut off', name)
    const data = buffer.subarray(nameEnd, end)
    if (crc32(data) !== buffer.readUInt32LE(at + 14)) {
      throw new ContainerError('a file in it was changed', name)
    }
    files.push({ name, data })
    at = end
  }
  return files
}
