/** One file of an archive. */
export interface Entry {
  readonly name: string
  readonly data: Buffer
}

const block = 512

/** The bytes of a file in a tar archive (POSIX.1-1988, ustar). Throws RangeError where its name does not fit. */
export function tarEntry({ name, data }: Entry, at: number): Buffer[] {
  const header = Buffer.alloc(block)
  const { prefix, rest } = split(name)
  header.write(rest, 0)
  const fields: [number, string][] = [
    [100, '0000600'],
    [108, '0000000'],
    [116, '0000000'],
    [124, octal(data.length)],
    [136, octal(Math.floor(at / 1000))],
    [156, '0'],
    [257, 'ustar'],
    [263, '00'],
    [345, prefix],
  ]
  for (const [place, value] of fields) header.write(value, place)
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\u0000 `, 148)
  return [header, data, Buffer.alloc(-data.length & (block - 1))]
}

/** What ends an archive. */
export const tarEnd = Buffer.alloc(2 * block)

/** The files of an archive, one after another. Throws RangeError where it is none, or ends before its end. */
export async function* readTar(chunks: AsyncIterable<Uint8Array>, largest: number): AsyncGenerator<Entry> {
  const bytes = new Bytes(chunks)
  for (;;) {
    const header = await bytes.take(block)
    if (header.every((byte) => byte === 0)) break
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    const sum = Number.parseInt(header.toString('latin1', 148, 154), 8)
    if (sum !== sumOf(header) || !(size <= largest)) throw new RangeError('not a header of an archive')
    const data = await bytes.take(size)
    await bytes.take(-size & (block - 1))
    const prefix = text(header, 345, 155)
    yield { name: prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`, data }
  }
  await bytes.end()
}

/** Takes as many bytes as asked for out of chunks of any size. */
class Bytes {
  readonly #chunks: AsyncIterator<Uint8Array>
  #kept: Buffer[] = []
  #size = 0

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  async take(size: number): Promise<Buffer> {
    while (this.#size < size) {
      const { value, done } = await this.#chunks.next()
      if (done) throw new RangeError('the archive ends early')
      this.#kept.push(Buffer.from(value))
      this.#size += value.length
    }
    const all = this.#kept.length === 1 ? (this.#kept[0] as Buffer) : Buffer.concat(this.#kept)
    this.#kept = [all.subarray(size)]
    this.#size -= size
    return all.subarray(0, size)
  }

  /** Reads what is left, so that what guards the bytes has seen all of them. */
  async end(): Promise<void> {
    while (!(await this.#chunks.next()).done);
  }
}

function split(name: string): { prefix: string; rest: string } {
  if (Buffer.byteLength(name) <= 100) return { prefix: '', rest: name }
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
    const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)]
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(rest) <= 100) return { prefix, rest }
  }
  throw new RangeError(`${name} is too long a name for an archive`)
}

function octal(value: number): string {
  return value.toString(8).padStart(11, '0')
}

/** Over the header, its own place taken as spaces. */
function sumOf(header: Buffer): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0)
}

function text(header: Buffer, at: number, size: number): string {
  const end = header.indexOf(0, at)
  return header.toString('utf8', at, end < 0 ? at + size : Math.min(end, at + size))
}
