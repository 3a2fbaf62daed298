import { deflateSync } from 'fflate'
import { openZip } from '../../../src/check/asic/zip/archive.ts'
import { crc32 } from '../../../src/check/asic/zip/crc.ts'

/** One entry of a ZIP file for tests, with all that could be wrong with it. */
export interface Entry {
  readonly name: string
  readonly bytes: Uint8Array
  readonly deflate?: boolean
  readonly flags?: number
  readonly method?: number
  readonly extra?: Uint8Array
  /** Its name in the header at the data, where it differs. */
  readonly otherName?: string
  readonly crc?: number
  readonly unpacked?: number
  /** Sizes after the data: with the mark of a data descriptor, without it, or wrong. */
  readonly descriptor?: 'marked' | 'bare' | 'wrong'
  /** Unix mode in the directory. */
  readonly mode?: number
  /** Bytes after its data. */
  readonly after?: Uint8Array
}

const utf8 = new TextEncoder()

function numbers(...values: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array {
  const all = values.flatMap(([value, bytes]) =>
    Array.from({ length: bytes }, (_, at) => (value >>> (8 * at)) & 255),
  )
  return Uint8Array.from(all)
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A ZIP file as it is asked for, right or wrong. */
export function zip(
  entries: readonly Entry[],
  options: { before?: Uint8Array; comment?: string; after?: Uint8Array; count?: number } = {},
): Uint8Array {
  const parts: Uint8Array[] = [options.before ?? new Uint8Array()]
  const records: Uint8Array[] = []
  let at = parts[0]?.length ?? 0
  for (const entry of entries) {
    const { local, record } = written(entry, at)
    parts.push(local)
    records.push(record)
    at += local.length
  }
  const directory = joined(...records)
  const comment = utf8.encode(options.comment ?? '')
  const count = options.count ?? entries.length
  const end = numbers(
    [0x06054b50, 4],
    [0, 4],
    [count, 2],
    [count, 2],
    [directory.length, 4],
    [at, 4],
    [comment.length, 2],
  )
  return joined(...parts, directory, end, comment, options.after ?? new Uint8Array())
}

function written(entry: Entry, offset: number) {
  const { name, bytes, otherName = name, descriptor, extra = new Uint8Array() } = entry
  const data = entry.deflate ? deflateSync(bytes) : bytes
  const flags = (entry.flags ?? 0x0800) | (descriptor ? 8 : 0)
  const method = entry.method ?? (entry.deflate ? 8 : 0)
  const crc = entry.crc ?? crc32(bytes)
  const sizes = [
    [data.length, 4],
    [entry.unpacked ?? bytes.length, 4],
  ] as const
  const before = descriptor
    ? ([
        [0, 4],
        [0, 4],
        [0, 4],
      ] as const)
    : ([[crc, 4], ...sizes] as const)
  const local = (of: Uint8Array) =>
    numbers(
      [0x04034b50, 4],
      [20, 2],
      [flags, 2],
      [method, 2],
      [0, 4],
      ...before,
      [of.length, 2],
      [extra.length, 2],
    )
  const wrong = descriptor === 'wrong' ? 1 : 0
  const mark = descriptor === 'bare' ? [] : ([[0x08074b50, 4]] as const)
  const tail = descriptor ? numbers(...mark, [crc ^ wrong, 4], ...sizes) : new Uint8Array()
  const localName = utf8.encode(otherName)
  const recordName = utf8.encode(name)
  return {
    local: joined(local(localName), localName, extra, data, tail, entry.after ?? new Uint8Array()),
    record: joined(
      numbers(
        [0x02014b50, 4],
        [entry.mode === undefined ? 20 : 0x0314, 2],
        [20, 2],
        [flags, 2],
        [method, 2],
        [0, 4],
        [crc, 4],
        ...sizes,
      ),
      numbers(
        [recordName.length, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [(entry.mode ?? 0) * 65536, 4],
        [offset, 4],
      ),
      recordName,
    ),
  }
}

/** The entries of a good ZIP file, to be written again with changes. */
export function entriesOf(bytes: Uint8Array): Entry[] {
  const archive = openZip(bytes)
  return archive.entries.map(({ name, method }) => ({
    name,
    bytes: archive.read(name) ?? new Uint8Array(),
    deflate: method === 'deflated',
  }))
}
