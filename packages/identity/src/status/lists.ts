import { randomInt } from 'node:crypto'
import type { StatusRef } from '@sapan/exchange'
import type { Clock, Pool, PoolClient } from '@sapan/kernel'
import type { Handler, Signer } from '@sapan/trust'
import { ListChanges } from './changes.ts'
import { statusHandler } from './handler.ts'
import { SignedLists } from './signed-lists.ts'
import {
  closeList,
  type EntryStatus,
  insertEntry,
  type NewEntry,
  openList,
  type StatusKind,
  setEntry,
  stopEntries,
  withdrawSessions,
} from './store/entries.ts'

export interface StatusOptions {
  readonly pool: Pool
  readonly clock: Clock
  /** Signs the lists, with the key id that the directory names. */
  readonly signer: Signer
  /** The issuer's origin; lists lie below `/status/`. */
  readonly issuer: string
  /** Entries of one list: many, so that an address says nothing of whom it is about. 131,072 by default. */
  readonly size?: number
  /** Milliseconds for which a signed list is served again unless it changes; 5,000 by default. */
  readonly servedFor?: number
}

/**
 * Status lists (IETF Token Status List): a consent, mandate, session or officer has an entry, whose change reaches every
 * gateway that waits for it at once. What changes does so in the caller's transaction, and is seen when that commits.
 */
export interface StatusLists {
  /** A place in a list, drawn at random. Where the owner has stopped everything, it begins stopped. */
  allocate(client: PoolClient, entry: { account: string; kind: StatusKind }): Promise<StatusRef>
  /** `withdrawn` is for good. Throws `RangeError` where the entry is none of ours. */
  set(client: PoolClient, ref: StatusRef, status: EntryStatus): Promise<void>
  /**
   * Stops everything of an account, and lets it go on; what was withdrawn or suspended by itself stays so. Sessions that
   * were stopped are over.
   */
  suspendAll(client: PoolClient, account: string): Promise<void>
  resumeAll(client: PoolClient, account: string): Promise<void>
  /** All sessions of an account are over: what was signed in them is refused. */
  withdrawSessions(client: PoolClient, account: string): Promise<void>
  /** Serves `GET /<list>`, mounted at `/status`. */
  readonly handler: Handler
  /** Where the lists lie, as the directory says. */
  readonly base: string
  /** Lets those go who wait for a change. */
  stop(): Promise<void>
}

/** Of this many places that were drawn, one is free until a list is about half full. */
const draws = 12

export function createStatusLists(options: StatusOptions): StatusLists {
  const { pool, clock, issuer, size = 131_072 } = options
  const base = `${issuer}/status`
  const changes = new ListChanges(pool)
  const lists = new SignedLists({ ...options, base, size, servedFor: options.servedFor ?? 5_000 })
  return {
    base,
    handler: statusHandler(lists, changes),
    allocate: async (client, entry) => {
      const place = await allocate(client, { ...entry, at: clock() }, size)
      return { uri: `${base}/${place.list}`, index: place.index }
    },
    set: async (client, ref, status) => {
      const list = listOf(base, ref)
      const found = list !== undefined && (await setEntry(client, { list, ...ref, status, at: clock() }))
      if (!found) throw new RangeError('no such entry of a status list')
    },
    suspendAll: (client, account) => stopEntries(client, { account, stopped: true, at: clock() }),
    resumeAll: (client, account) => stopEntries(client, { account, stopped: false, at: clock() }),
    withdrawSessions: (client, account) => withdrawSessions(client, { account, at: clock() }),
    stop: () => changes.stop(),
  }
}

async function allocate(
  client: PoolClient,
  entry: Omit<NewEntry, 'list' | 'index'>,
  size: number,
): Promise<{ list: number; index: number }> {
  for (;;) {
    const list = await openList(client)
    for (let drawn = 0; drawn < draws; drawn++) {
      const index = randomInt(size)
      if (await insertEntry(client, { ...entry, list, index })) return { list, index }
    }
    await closeList(client, list, entry.at)
  }
}

function listOf(base: string, { uri }: StatusRef): number | undefined {
  const name = uri.startsWith(`${base}/`) ? uri.slice(base.length + 1) : ''
  return /^[1-9]\d{0,8}$/.test(name) ? Number(name) : undefined
}
