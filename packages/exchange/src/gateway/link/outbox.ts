import type { Duplex } from 'node:stream'

/** What is waiting to be read by a gateway that reads nothing any more. */
const mostUnread = 32 * 1024 * 1024

/**
 * Writes together what one turn of the event loop brings: a link then takes one system call and one TLS record for several
 * messages.
 */
export class Outbox {
  readonly #socket: Duplex
  #frames: Buffer[] = []

  constructor(socket: Duplex) {
    this.#socket = socket
  }

  add(frame: Buffer): void {
    if (this.#frames.length === 0) process.nextTick(() => this.#write())
    this.#frames.push(frame)
  }

  #write(): void {
    const frames = this.#frames
    this.#frames = []
    if (this.#socket.destroyed) return
    const [only] = frames
    this.#socket.write(frames.length === 1 && only ? only : Buffer.concat(frames))
    if (this.#socket.writableLength > mostUnread)
      this.#socket.destroy(new Error('the other side does not read'))
  }
}
