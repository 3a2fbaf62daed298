/** The bytes of a file that grows at its end, in one piece of memory as long as the room that was foreseen lasts. */
export class FileBytes {
  #bytes: Buffer<ArrayBuffer>
  #length: number

  constructor(start: Uint8Array, room: number) {
    this.#bytes = Buffer.allocUnsafeSlow(start.length + room)
    this.#bytes.set(start)
    this.#length = start.length
  }

  get length(): number {
    return this.#length
  }

  get endsWithLineEnd(): boolean {
    const last = this.#bytes[this.#length - 1]
    return last === 0x0a || last === 0x0d
  }

  /** Text of one byte a character. */
  text(text: string): void {
    this.#grow(text.length)
    this.#length += this.#bytes.write(text, this.#length, 'latin1')
  }

  bytes(bytes: Uint8Array): void {
    this.#grow(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  zeros(count: number): void {
    this.#grow(count)
    this.#bytes.fill(0x30, this.#length, this.#length + count)
    this.#length += count
  }

  /** Writes over what stands there already. */
  overwrite(at: number, text: string): void {
    this.#bytes.write(text, at, 'latin1')
  }

  overwriteHex(at: number, bytes: Uint8Array): void {
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
    this.#bytes.write(hex, at, 'latin1')
  }

  slice(from: number, to: number = this.#length): Buffer<ArrayBuffer> {
    return this.#bytes.subarray(from, to)
  }

  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset, this.#length)
  }

  #grow(count: number): void {
    const needed = this.#length + count
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.ceil(this.#bytes.length * 1.5)))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
