import { createHash } from 'node:crypto'
import type { Clock, Logger, Pool } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import { type Sealer, verifyTimestamp } from '@sapan/trust'
import type { Timestamping } from './evidence.ts'
import type { StoredCheckpoint } from './store/checkpoints.ts'
import { readLogHead, saveLogHead } from './store/log-heads.ts'
import { insertStamp, readStampedSize } from './store/stamps.ts'
import { orAbort } from './witnessing.ts'

export interface StampingOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly member: string
  readonly clock: Clock
  readonly log: Logger
  readonly timestamping: () => Timestamping | null
  readonly roots: () => readonly string[]
  readonly stampEvery: number
  readonly callWithin: number
}

/** After a failure, the authority is asked again at most this often. */
const retryEvery = 10_000

/** Has a member's checkpoints time-stamped: a stamp covers everything before it, so few are enough. */
export class Stamping {
  readonly #options: StampingOptions
  #notBefore = 0
  /** Why the last try failed. */
  failure: string | null = null

  constructor(options: StampingOptions) {
    this.#options = options
  }

  /** Stamps the checkpoint, unless it is stamped or, where `force` is not set, it is too early. True when stamped. */
  async stamp(checkpoint: StoredCheckpoint, force: boolean): Promise<boolean> {
    const { pool, member, clock, log, timestamping } = this.#options
    const authority = timestamping()
    if ((await readStampedSize(pool, member, checkpoint.epoch)) >= checkpoint.size) return true
    if (!authority || (!force && this.#isEarly())) return false
    try {
      await this.#obtain(authority, checkpoint)
      this.failure = null
      this.#notBefore = clock() + this.#options.stampEvery
      return true
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error)
      this.#notBefore = clock() + retryEvery
      log.warn({ member, error }, 'time-stamping failed')
      return false
    }
  }

  /** A wait that is longer than any comes of a clock that was set back. */
  #isEarly(): boolean {
    const left = this.#notBefore - this.#options.clock()
    return left > 0 && left <= Math.max(this.#options.stampEvery, retryEvery)
  }

  async #obtain(authority: Timestamping, { epoch, size, note }: StoredCheckpoint): Promise<void> {
    const { pool, sealer, member, callWithin, roots } = this.#options
    const digest = noteDigest(note)
    const signal = AbortSignal.timeout(callWithin)
    const token = await orAbort(signal, authority.stamp(digest, signal))
    verifyTimestamp(token, digest, roots())
    await inTransaction(pool, async (client) => {
      const found = await readLogHead(client, sealer, member, true)
      await insertStamp(client, sealer, member, { epoch, size, token })
      if (!found || found.head.unstampedSince === null || found.head.epoch !== epoch) return
      const unstampedSince = found.head.size <= size ? null : found.now
      await saveLogHead(client, sealer, { ...found.head, unstampedSince })
    })
  }
}

/** What is stamped: SHA-256 of the note as the log signed it, without cosignatures. */
export function noteDigest(note: string): Buffer {
  return createHash('sha256').update(note).digest()
}
