import type { Pool, PoolClient } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import { appendToTiles, leafHash, type Sealer } from '@sapan/trust'
import { digestedEntryBytes, entryBytes, readEntry } from './entry.ts'
import { logEntry } from './leaf.ts'
import { insertBatch } from './store/batches.ts'
import { countDaily } from './store/daily-counts.ts'
import { indexUsage, readHorizon, readNextEntries } from './store/entries.ts'
import { type LogHead, readLogHead, saveLogHead } from './store/log-heads.ts'
import { saveTiles, tileReader } from './store/tiles.ts'

export interface SequencerOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly member: string
  /** Tells this process's sequencers from others'. */
  readonly holder: string
  /** Milliseconds for which others leave the log alone after each step. */
  readonly lease: number
  /** In which days are counted. */
  readonly timeZone: string
}

export interface SequencerStep {
  /** Whether this process holds the lease. */
  readonly leading: boolean
  readonly head: LogHead
  /** Entries added. */
  readonly added: number
  /** No more fitted: there may be others. */
  readonly full: boolean
  /** The database gives out positions that lie before the last entry: it was moved or set back. */
  readonly behind: boolean
}

/** In one transaction, so that a step holds up neither the event loop nor those who wait for the log. */
const mostEntries = 1024

/** Longer leases are not given, whatever other processes are set to. */
const longestLease = 600_000

/** Whether a lease with so many milliseconds left holds: one that ends later was taken before the clock was set back. */
function isHeld(left: number, lease: number): boolean {
  return left > 0 && left <= Math.max(longestLease, 10 * lease)
}

/**
 * Takes a member's records into its log, in the order of their positions. Each step is one transaction that holds
 * the log's row, and begins by looking whether the lease is still its own; so a sequencer that was thought dead
 * cannot fork the log, whatever it still believes.
 */
export class Sequencer {
  readonly #options: SequencerOptions

  constructor(options: SequencerOptions) {
    this.#options = options
  }

  /** One step: as much as fits. Nothing changes where another process holds the lease, unless `take` takes it away. */
  async step(take = false): Promise<SequencerStep> {
    return await inTransaction(this.#options.pool, (client) => this.#step(client, take))
  }

  /** Gives the lease up, so that another need not wait for its end. */
  async release(): Promise<void> {
    const { pool, sealer, member, holder } = this.#options
    await inTransaction(pool, async (client) => {
      const found = await readLogHead(client, sealer, member, true)
      if (found?.head.holder === holder) await saveLogHead(client, sealer, { ...found.head, leaseUntil: 0 })
    })
  }

  async #step(client: PoolClient, take: boolean): Promise<SequencerStep> {
    const { sealer, member, holder, lease } = this.#options
    const found = await readLogHead(client, sealer, member, true)
    if (!found) throw new Error(`${member} has no log`)
    const { head, now } = found
    if (!take && head.holder !== holder && isHeld(head.leaseUntil - now, lease)) {
      return { leading: false, head, added: 0, full: false, behind: false }
    }
    const held = { ...head, holder, term: head.holder === holder ? head.term : head.term + 1 }
    const horizon = await readHorizon(client)
    const behind = horizon.next <= head.txid
    const entries = behind
      ? Buffer.alloc(0)
      : await readNextEntries(client, member, head, horizon.end, mostEntries)
    const added = entries.length / digestedEntryBytes
    const grown = added > 0 ? await this.#append(client, held, entries, now) : held
    const renew = added > 0 || head.holder !== holder || head.leaseUntil - now < lease / 2
    const saved = renew ? { ...grown, leaseUntil: now + lease } : grown
    if (renew) await saveLogHead(client, sealer, saved)
    return { leading: true, head: saved, added, full: added === mostEntries, behind }
  }

  async #append(client: PoolClient, head: LogHead, digested: Buffer, now: number): Promise<LogHead> {
    const { member, epoch, size } = head
    const { timeZone } = this.#options
    const leaves: Buffer[] = []
    const kept: Buffer[] = []
    for (let at = 0; at < digested.length; at += digestedEntryBytes) {
      const digest = digested.subarray(at + entryBytes, at + digestedEntryBytes)
      leaves.push(leafHash(logEntry(digest, readEntry(digested, at))))
      kept.push(digested.subarray(at, at + entryBytes))
    }
    const { txid, ordinal } = readEntry(digested, digested.length - digestedEntryBytes)
    const tiles = await appendToTiles(size, leaves, tileReader(client, member, epoch))
    await saveTiles(client, member, epoch, tiles)
    await insertBatch(client, member, { epoch, first: size, entries: Buffer.concat(kept), txid, ordinal })
    await indexUsage(client, member, head, { txid, ordinal })
    await countDaily(client, { member, after: head, upTo: { txid, ordinal } }, timeZone)
    return {
      ...head,
      size: size + leaves.length,
      txid,
      ordinal,
      unwitnessedSince: head.unwitnessedSince ?? now,
      unstampedSince: head.unstampedSince ?? now,
    }
  }
}
