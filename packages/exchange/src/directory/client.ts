import type { Clock, Logger } from '@sapan/kernel'
import type { CenterConnection } from '../membership/connection.ts'
import type { DirectoryView } from './view.ts'

/**
 * How old the directory is. `fresh`: within its validity. `warning`: past it, everything still works.
 * `no-new-peers`: only gateways that were spoken to before. `refuse`: nothing is exchanged.
 */
export type DirectoryGrade = 'fresh' | 'warning' | 'no-new-peers' | 'refuse'

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
}

/** Seconds past `validUntil` from which a grade begins; `warning` begins at `validUntil`. */
export interface StalenessThresholds {
  readonly noNewPeersAfter: number
  readonly refuseAfter: number
}

export interface DirectoryClient {
  /** Loads what the store remembers, then polls. Fails only where neither store nor center has a directory. */
  start(): Promise<void>
  stop(): Promise<void>
  /** The directory in force. Throws Problem `directory-missing` before the first one. */
  current(): DirectoryView
  standing(): DirectoryStanding
  /**
   * To be asked before each exchange with another gateway. Throws Problem `directory-stale` where the
   * directory's age forbids it; remembers the peer otherwise.
   */
  admitPeer(gatewayId: string): void
  /** Polls now, for instance when a peer shows an unknown certificate; true where the directory changed. */
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
