import type { Pool } from '@sapan/kernel'
import { readSegmentBytes } from '../store/archive.ts'
import type { ArchiveStore } from './archive-store.ts'

/** Of these segments some are held whole; what lies in one is mostly read together. */
const held = 4

/** Reads from an archive a segment at a time: for who goes through all contents in order. */
export class WholeSegments implements Pick<ArchiveStore, 'read'> {
  readonly #pool: Pool
  readonly #store: ArchiveStore
  readonly #held = new Map<string, Buffer>()

  constructor(pool: Pool, store: ArchiveStore) {
    this.#pool = pool
    this.#store = store
  }

  async read(name: string, from: number, length: number): Promise<Buffer> {
    const whole = this.#held.get(name) ?? (await this.#whole(name))
    // One that the database does not know whole is read as it is asked for.
    return whole && from + length <= whole.length
      ? whole.subarray(from, from + length)
      : await this.#store.read(name, from, length)
  }

  async #whole(name: string): Promise<Buffer | undefined> {
    const bytes = await readSegmentBytes(this.#pool, name.slice(name.indexOf('/') + 1))
    if (bytes === undefined) return undefined
    const whole = await this.#store.read(name, 0, bytes)
    const [oldest] = this.#held.keys()
    if (this.#held.size >= held && oldest !== undefined) this.#held.delete(oldest)
    this.#held.set(name, whole)
    return whole
  }
}
