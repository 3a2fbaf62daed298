import { type Clock, type Logger, Problem } from '@sapan/kernel'
import type { CenterAnswer, CenterConnection } from '../membership/connection.ts'
import { exchangeProblem } from '../problems.ts'
import type { Directory } from './document.ts'
import { directoryContent, readDirectory } from './read.ts'
import {
  type DirectoryGrade,
  defaultThresholds,
  gradeOf,
  isClockOff,
  type StalenessThresholds,
} from './staleness.ts'
import { DirectoryView } from './view.ts'

export interface DirectoryStanding {
  readonly grade: DirectoryGrade
  readonly version: number
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  readonly validUntil: number
  /** When the center last confirmed the document; null where it never did to this database. */
  readonly confirmedAt: number | null
  /** The code of the problem that the last poll met; null after a good one. */
  readonly problem: string | null
  /** The center's clock less ours, in seconds, by its last answer; null where it never answered. */
  readonly clockSkew: number | null
}

export interface DirectoryClient {
  /**
   * Loads what the store remembers, asks the center once, then polls. A center that is away fails nothing:
   * `standing` says so, and `current` throws until the first directory came.
   */
  start(): Promise<void>
  stop(): Promise<void>
  /** The directory in force. Throws Problem `directory-unavailable` before the first one. */
  current(): DirectoryView
  /** Throws Problem `directory-unavailable` before the first directory. */
  standing(): DirectoryStanding
  /** The center's clock less ours, in seconds, by its last answer; null where it never answered. */
  clockSkew(): number | null
  /**
   * To be asked before each exchange with another gateway. Throws Problem `directory-stale`,
   * `directory-stale-for-new-peer` or (where our clock is the cause) `clock-skew` where the directory's age
   * forbids it; remembers the peer otherwise.
   */
  admitPeer(gatewayId: string): void
  /**
   * Polls now, for instance when a peer shows an unknown certificate: what was published before the call is seen. True where
   * the directory changed. Never throws.
   */
  refresh(): Promise<boolean>
}

/** What a client remembers over restarts. */
export interface DirectoryStore {
  load(): Promise<RememberedDirectory | undefined>
  /** Keeps a document unless a newer one is kept already. */
  save(document: { version: number; jws: string; content: string }, now: number): Promise<void>
  /** Notes that the center confirmed the newest document, or (`confirmed` false) only that time has passed. */
  touch(now: number, confirmed: boolean): Promise<void>
  knownPeers(): Promise<string[]>
  addKnownPeer(gatewayId: string, now: number): Promise<void>
  /** The signed document that was in force as `version`, in content. */
  documentAt(version: number): Promise<string | undefined>
}

export interface RememberedDirectory {
  readonly version: number
  readonly jws: string
  /** The latest time seen on the clock since the center last confirmed. */
  readonly seenAt: number
  readonly confirmedAt: number | null
}

export interface DirectoryClientOptions {
  /** How the center is reached: `connectCenter` over the network, something simpler in tests. */
  readonly center: CenterConnection
  /** Lower-case hex SHA-256 of the root certificate. */
  readonly rootFingerprint: string
  readonly instance: string
  readonly store: DirectoryStore
  readonly clock: Clock
  readonly log: Logger
  readonly pollSeconds?: number
  readonly thresholds?: StalenessThresholds
  /** Called after a new directory came into force; close connections of revoked peers here. */
  readonly onChange?: (now: DirectoryView, before: DirectoryView | undefined) => void
}

/** Follows the center's directory. Opens nothing and asks nothing before `start`. */
export function createDirectoryClient(options: DirectoryClientOptions): DirectoryClient {
  return new PollingClient(options)
}

class PollingClient implements DirectoryClient {
  readonly #options: DirectoryClientOptions
  readonly #thresholds: StalenessThresholds
  readonly #peers = new Set<string>()
  readonly #remembering = new Set<Promise<void>>()
  #view: DirectoryView | undefined
  #unsaved = false
  /** No version below this is taken, even where the remembered document itself cannot be read any more. */
  #leastVersion = 0
  #seenAt = 0
  #confirmedAt: number | null = null
  #clockSkew: number | null = null
  #problem: string | null = null
  #polling: Promise<boolean> | undefined
  #following: Promise<boolean> | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped = true

  constructor(options: DirectoryClientOptions) {
    this.#options = options
    this.#thresholds = options.thresholds ?? defaultThresholds
  }

  async start(): Promise<void> {
    this.#stopped = false
    await this.#remember()
    await this.refresh()
    this.#schedule()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await (this.#following ?? this.#polling)
    await Promise.all(this.#remembering)
  }

  current(): DirectoryView {
    if (!this.#view) throw exchangeProblem('directory-unavailable')
    return this.#view
  }

  standing(): DirectoryStanding {
    const { directory, version } = this.current()
    const issuedAt = Date.parse(directory.issuedAt)
    const validUntil = Date.parse(directory.validUntil)
    return {
      grade: this.#grade(directory),
      version,
      issuedAt,
      validUntil,
      confirmedAt: this.#confirmedAt,
      problem: this.#problem,
      clockSkew: this.#clockSkew,
    }
  }

  clockSkew(): number | null {
    return this.#clockSkew
  }

  admitPeer(gatewayId: string): void {
    const grade = this.#grade(this.current().directory)
    const known = this.#peers.has(gatewayId)
    if (grade === 'refuse') throw exchangeProblem(this.#clockIsOff() ? 'clock-skew' : 'directory-stale')
    if (grade === 'no-new-peers' && !known) {
      throw exchangeProblem(this.#clockIsOff() ? 'clock-skew' : 'directory-stale-for-new-peer')
    }
    if (!known) this.#addPeer(gatewayId)
  }

  refresh(): Promise<boolean> {
    if (!this.#polling) return this.#pollNow()
    // The one under way may have been answered before what the caller wants to see was published.
    this.#following ??= this.#polling.then(async () => {
      this.#following = undefined
      return this.#stopped ? false : await (this.#polling ?? this.#pollNow())
    })
    return this.#following
  }

  #pollNow(): Promise<boolean> {
    this.#polling = this.#poll().finally(() => {
      this.#polling = undefined
    })
    return this.#polling
  }

  #clockIsOff(): boolean {
    return isClockOff(this.#clockSkew) && this.#problem === null
  }

  #grade(directory: Directory): DirectoryGrade {
    this.#seenAt = Math.max(this.#seenAt, this.#options.clock(), Date.parse(directory.issuedAt))
    return gradeOf(Date.parse(directory.validUntil), this.#seenAt, this.#thresholds)
  }

  #addPeer(gatewayId: string): void {
    this.#peers.add(gatewayId)
    const { store, clock, log } = this.#options
    const remembered = store
      .addKnownPeer(gatewayId, clock())
      .catch((error: unknown) => {
        this.#peers.delete(gatewayId)
        log.warn({ err: error }, 'a new peer could not be remembered')
      })
      .finally(() => this.#remembering.delete(remembered))
    this.#remembering.add(remembered)
  }

  async #remember(): Promise<void> {
    const { store, rootFingerprint, log } = this.#options
    const remembered = await store.load()
    if (!remembered) return
    this.#leastVersion = remembered.version
    this.#seenAt = remembered.seenAt
    this.#confirmedAt = remembered.confirmedAt
    for (const peer of await store.knownPeers()) this.#peers.add(peer)
    try {
      this.#view = new DirectoryView(readDirectory(remembered.jws, rootFingerprint), remembered.jws)
    } catch (error) {
      log.error({ err: error }, 'the remembered directory cannot be used')
    }
  }

  #schedule(): void {
    if (this.#stopped) return
    // A little unevenness, so that a country's gateways do not ask all at once.
    const pause = (this.#options.pollSeconds ?? 10) * 1000 * (0.9 + Math.random() * 0.2)
    this.#timer = setTimeout(() => {
      void this.refresh().finally(() => this.#schedule())
    }, pause)
    this.#timer.unref()
  }

  async #poll(): Promise<boolean> {
    try {
      const changed = await this.#ask()
      this.#report(null)
      return changed
    } catch (error) {
      this.#report(error)
      // A center on an older copy of the database does answer: it would be asked for ever, and the others never.
      if (this.#problem !== 'center-unreachable') this.#options.center.turnAway?.()
      await this.#touch(false)
      return false
    }
  }

  /** Logs when trouble begins, changes or ends, not on each poll. */
  #report(error: unknown): void {
    const { log } = this.#options
    const code = error === null ? null : error instanceof Problem ? error.code : 'center-unreachable'
    if (code === this.#problem) return
    this.#problem = code
    if (code === null) log.info('the center answers again')
    else
      log[code === 'center-unreachable' ? 'warn' : 'error']({ err: error }, 'the directory was not renewed')
  }

  async #ask(): Promise<boolean> {
    const version = this.#view?.version
    const answer = await this.#options.center.request({
      method: 'GET',
      path: '/v1/directory',
      headers: version === undefined ? {} : { 'if-none-match': `"${version}"` },
    })
    this.#noteClock(answer)
    if (answer.status === 304 && version !== undefined) {
      if (this.#unsaved) await this.#save()
      await this.#touch(true)
      return false
    }
    if (answer.status !== 200) throw exchangeProblem('center-answer-invalid')
    return this.#take(answer.body)
  }

  #noteClock(answer: CenterAnswer): void {
    const date = Date.parse(answer.headers.date ?? '')
    if (!Number.isNaN(date)) this.#clockSkew = Math.round((date - this.#options.clock()) / 1000)
  }

  async #take(jws: string): Promise<boolean> {
    const { rootFingerprint, instance, clock, onChange, log } = this.#options
    const directory = readDirectory(jws, rootFingerprint, clock())
    if (directory.instance !== instance) throw exchangeProblem('directory-invalid')
    const before = this.#view
    this.#refuseOlder(directory, jws)
    if (before?.version !== directory.version) this.#view = new DirectoryView(directory, jws)
    this.#leastVersion = directory.version
    await this.#save()
    await this.#touch(true)
    const now = this.current()
    if (now === before) return false
    try {
      onChange?.(now, before)
    } catch (error) {
      log.error({ err: error }, 'a new directory was not taken up everywhere')
    }
    return true
  }

  /** A version tells one story: neither an older one, nor another document under the same number. */
  #refuseOlder(directory: Directory, jws: string): void {
    if (directory.version < this.#leastVersion) {
      const versions = `${directory.version} < ${this.#leastVersion}`
      throw exchangeProblem('directory-rolled-back', {
        detail: { th: `รุ่น ${versions}`, en: `Version ${versions}.` },
      })
    }
    if (directory.version === this.#view?.version && jws !== this.#view.jws) {
      const detail = {
        th: `รุ่น ${directory.version} มีสองฉบับที่ต่างกัน`,
        en: `There are two different documents of version ${directory.version}.`,
      }
      throw exchangeProblem('directory-rolled-back', { detail })
    }
  }

  async #save(): Promise<void> {
    if (!this.#view) return
    const { directory, version, jws } = this.#view
    try {
      this.#unsaved = true
      await this.#options.store.save(
        { version, jws, content: directoryContent(directory) },
        this.#options.clock(),
      )
      this.#unsaved = false
    } catch (error) {
      // It is in force all the same: a revocation must not wait for the database.
      this.#options.log.warn({ err: error }, 'the directory could not be remembered')
    }
  }

  async #touch(confirmed: boolean): Promise<void> {
    const now = this.#options.clock()
    if (confirmed) {
      this.#confirmedAt = now
      this.#seenAt = now
    }
    try {
      await this.#options.store.touch(confirmed ? now : Math.max(now, this.#seenAt), confirmed)
    } catch (error) {
      this.#options.log.warn({ err: error }, 'the directory’s age could not be remembered')
    }
  }
}
