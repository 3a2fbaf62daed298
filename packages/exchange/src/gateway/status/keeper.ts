import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { DirectoryView } from '../../directory/view.ts'
import { readStatusList, type Status, type StatusList, type StatusRef } from '../../tokens/status-list.ts'
import { deleteOldStatusLists, listStatusLists, saveStatusList } from '../store/status-lists.ts'

/** Asks for a list; undefined where it is still the one with this tag. Rejects where the issuer can't be reached. */
export type FetchStatusList = (
  uri: string,
  options: { etag: string | undefined; waitSeconds: number; signal: AbortSignal },
) => Promise<{ jws: string; etag: string } | undefined>

export interface StatusKeeperOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly view: () => DirectoryView
  readonly fetch: FetchStatusList
}

/** A list that was issued longer ago vouches for nothing (milliseconds). */
export const longestReliance = 60_000

/** By how much an issuer's clock may be ahead (milliseconds). */
const longestAhead = 5_000

/** How long a request is held for a change, and how often one is sent at most where an issuer does not hold it. */
const waitSeconds = 5

/** A list that no token has pointed to for so long is no longer followed. */
const followedFor = 3_600_000

/** The first list of an address is waited for so long. */
const firstWait = 3_000

const pauseAfterFailure = 1_000

interface Followed {
  list: StatusList | undefined
  etag: string | undefined
  usedAt: number
  readonly first: Promise<void>
  readonly stop: AbortController
}

/**
 * Follows the status lists that tokens point to, each with a request that its issuer holds until something changes, so
 * that a withdrawal is known here at once. What is asked of a list is answered from memory.
 */
export class StatusKeeper {
  readonly #options: StatusKeeperOptions
  readonly #followed = new Map<string, Followed>()
  readonly #loops = new Set<Promise<void>>()
  #stopped = false

  constructor(options: StatusKeeperOptions) {
    this.#options = options
  }

  /** Takes up the lists that were kept, where they are still to be relied on. */
  async load(): Promise<void> {
    const { pool, clock } = this.#options
    this.#stopped = false
    for (const { uri, jws, etag } of await listStatusLists(pool)) {
      const list = this.#read(uri, jws)
      if (list && this.#isRecent(list, clock())) this.#follow(uri, { list, etag })
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const { stop } of this.#followed.values()) stop.abort()
    await Promise.all(this.#loops)
    this.#followed.clear()
  }

  /**
   * What the newest list says, or undefined where none of the last 60 seconds is there. The address must be one that the
   * directory names (`isListOf`): it is asked for from then on.
   */
  statusOf({ uri, index }: StatusRef): (Status | undefined) | Promise<Status | undefined> {
    const followed = this.#followed.get(uri) ?? this.#follow(uri, { list: undefined, etag: undefined })
    followed.usedAt = this.#options.clock()
    const { list } = followed
    if (list !== undefined) return this.#isRecent(list, followed.usedAt) ? list.at(index) : undefined
    return this.#afterFirst(followed, index)
  }

  /** Forgets lists that nobody may rely on any more. */
  sweep(): Promise<void> {
    const { pool, clock } = this.#options
    return deleteOldStatusLists(pool, clock() - longestReliance)
  }

  async #afterFirst(followed: Followed, index: number): Promise<Status | undefined> {
    await followed.first
    const { list } = followed
    return list && this.#isRecent(list, this.#options.clock()) ? list.at(index) : undefined
  }

  #isRecent({ issuedAt, expires }: StatusList, now: number): boolean {
    const age = now - issuedAt
    return age <= longestReliance && age >= -longestAhead && expires > now
  }

  #follow(uri: string, begun: Pick<Followed, 'list' | 'etag'>): Followed {
    let arrived = () => {}
    const first = new Promise<void>((resolve) => {
      arrived = resolve
      setTimeout(resolve, firstWait).unref()
    })
    const followed: Followed = {
      ...begun,
      usedAt: this.#options.clock(),
      first,
      stop: new AbortController(),
    }
    this.#followed.set(uri, followed)
    const loop = this.#loop(uri, followed, arrived).finally(() => {
      this.#loops.delete(loop)
      if (this.#followed.get(uri) === followed) this.#followed.delete(uri)
    })
    this.#loops.add(loop)
    return followed
  }

  async #loop(uri: string, followed: Followed, arrived: () => void): Promise<void> {
    const { log, clock } = this.#options
    let wasEarly = false
    while (!this.#stopped && clock() - followed.usedAt < followedFor) {
      const begun = performance.now()
      let pause = 0
      try {
        const changed = await this.#ask(uri, followed)
        const left = waitSeconds * 1000 - (performance.now() - begun)
        const isEarly = !changed && left > 1_000
        // An issuer that does not hold requests is asked every five seconds; one that answered early once, at once again.
        pause = isEarly && wasEarly ? left : 0
        wasEarly = isEarly
      } catch (error) {
        if (this.#stopped) return
        log.warn({ uri, err: error }, 'a status list could not be had')
        pause = pauseAfterFailure
      }
      arrived()
      if (pause > 0) await pauseFor(pause, followed.stop.signal)
    }
  }

  /** Whether the list says something else than before. */
  async #ask(uri: string, followed: Followed): Promise<boolean> {
    const { fetch, pool, log, clock } = this.#options
    const before = followed.list
    const fetched = await fetch(uri, {
      etag: before && followed.etag,
      waitSeconds: before ? waitSeconds : 0,
      signal: followed.stop.signal,
    })
    if (!fetched) return false
    const list = readStatusList(fetched.jws, this.#reading(uri))
    // Never back: who answers instead of the issuer must not undo a withdrawal with a list of before.
    // But for one that a clock which was set back has left in the future.
    const stands = before && this.#isRecent(before, this.#options.clock())
    if (stands && list.issuedAt < before.issuedAt) return false
    followed.list = list
    followed.etag = fetched.etag
    const held = { uri, ...fetched, issuedAt: list.issuedAt }
    await saveStatusList(pool, held, clock() + longestAhead).catch((error: unknown) => {
      log.warn({ uri, err: error }, 'a status list could not be kept')
    })
    return list.bits !== before?.bits
  }

  #reading(uri: string) {
    return { view: this.#options.view(), uri, now: this.#options.clock() }
  }

  #read(uri: string, jws: string): StatusList | undefined {
    try {
      return readStatusList(jws, this.#reading(uri))
    } catch {
      return undefined
    }
  }
}

function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds)
    function end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}

/** Whether an issuer's token may point to this list: only to its own, which the directory names. */
export function isListOf(view: DirectoryView, issuer: string, { uri }: StatusRef): boolean {
  const known = view.directory.subjectTokens.find((entry) => entry.issuer === issuer)
  if (known?.statusLists === undefined || !uri.startsWith(`${known.statusLists}/`)) return false
  return /^[A-Za-z0-9_-]{1,64}$/.test(uri.slice(known.statusLists.length + 1))
}
