import type { Pool, PoolClient } from '@sapan/kernel'
import { changeChannel, readVersions } from './store/entries.ts'

/** Milliseconds. The database tells of changes; this finds what was told while nobody listened. */
const lookEvery = 1_000

interface Waiter {
  readonly list: number
  /** The version that it has. */
  readonly version: number
  wake(): void
}

/**
 * Tells those who wait for a list to change, in whichever process it was changed. From the first who waits, one connection
 * listens (`LISTEN`); while somebody waits, versions are also looked up once a second.
 */
export class ListChanges {
  readonly #pool: Pool
  readonly #waiters = new Set<Waiter>()
  #client: PoolClient | undefined
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** Resolves when the list has another version than this, or after that many milliseconds. */
  async after(list: number, version: number, wait: number): Promise<void> {
    if (this.#stopped || wait <= 0) return
    let ended = () => {}
    const waiting = new Promise<void>((resolve) => {
      ended = resolve
    })
    const waiter: Waiter = { list, version, wake: ended }
    const timer = setTimeout(ended, wait)
    this.#waiters.add(waiter)
    this.#begin()
    // It may have changed since the caller looked.
    this.#look([list])
    await waiting
    clearTimeout(timer)
    this.#waiters.delete(waiter)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const waiter of this.#waiters) waiter.wake()
    clearInterval(this.#timer)
    this.#client?.release(true)
    this.#client = undefined
    await this.#looking
  }

  #begin(): void {
    this.#timer ??= setInterval(() => {
      void this.#listen()
      this.#look([...new Set([...this.#waiters].map(({ list }) => list))])
    }, lookEvery).unref()
    void this.#listen()
  }

  async #listen(): Promise<void> {
    if (this.#client) return
    const client = await this.#pool.connect().catch(() => undefined)
    if (!client) return
    if (this.#client || this.#stopped) {
      client.release()
      return
    }
    this.#client = client
    const lost = () => {
      if (this.#client === client) this.#client = undefined
    }
    client.once('end', lost)
    client.on('notification', ({ payload }) => this.#look([Number(payload)]))
    await client.query(`listen ${changeChannel}`).catch(lost)
  }

  /** One question at a time, whatever comes at once. */
  #look(lists: readonly number[]): void {
    this.#looking = this.#looking.then(async () => {
      const awaited = lists.filter((list) => [...this.#waiters].some((waiter) => waiter.list === list))
      if (awaited.length === 0) return
      const versions = await readVersions(this.#pool, awaited).catch(() => new Map<number, number>())
      for (const waiter of this.#waiters) {
        const version = versions.get(waiter.list)
        if (version !== undefined && version !== waiter.version) waiter.wake()
      }
    })
  }
}
