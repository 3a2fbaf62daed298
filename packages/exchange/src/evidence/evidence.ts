import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { Sealer, Signer } from '@sapan/trust'
import type { AuditOptions, AuditReport } from './audit/report.ts'
import type { Erasure, ErasureOrder } from './erase.ts'
import type { ExportResult } from './export/export.ts'
import type { ExchangePage, ExchangeQuery, ExchangeView } from './list.ts'
import type { AskPeer, Settlement } from './reconcile.ts'
import type { EvidenceKind, EvidenceRecord, EvidenceSide } from './record.ts'
import type { Recovery } from './recover.ts'
import type { EvidenceSettings } from './settings.ts'
import type { EvidenceStatus, Flushed } from './status.ts'
import type { UsagePage, UsageQuery } from './usage.ts'
import type { WitnessClient } from './witness-client.ts'

/** A time-stamp authority (RFC 3161). */
export interface Timestamping {
  /** A token over a SHA-256 digest, in DER. Rejects when the authority cannot be reached. */
  stamp(digest: Buffer, signal: AbortSignal): Promise<Buffer>
}

/** What a member signs exported files with: its signing key and certificates in DER, its own first. */
export interface ExportSigner {
  readonly signer: Signer
  readonly certificate: Buffer
  readonly chain: readonly Buffer[]
}

export interface EvidenceOptions {
  readonly pool: Pool
  /** The members for whom this gateway keeps evidence; each has its own log. */
  readonly members: readonly string[]
  /** Encrypts heads and bodies; its keys are outside the database. */
  readonly sealer: Sealer
  /** The member's log key, Ed25519. */
  readonly logSigner: (member: string) => Signer
  /** What the member signs exports with; undefined while it has no certificate. */
  readonly exportSigner: (member: string) => ExportSigner | undefined
  readonly clock: Clock
  readonly log: Logger
  /** Asked anew at each round, since the directory can change them. */
  readonly witnesses: () => readonly WitnessClient[]
  readonly timestamping: () => Timestamping | null
  /** Lower-case hex SHA-256 fingerprints of the roots to which stamps and certificates must lead. */
  readonly roots: () => readonly string[]
  readonly settings?: Partial<EvidenceSettings>
}

/**
 * Evidence of one gateway's members: what was asked, by whom, under which law, and what was answered. Several
 * gateways may stand on one database.
 */
export interface Evidence {
  /** Brings the tables up to date; enough for everything but sequencing. Also done by `start`. */
  prepare(): Promise<void>
  /** Begins to sequence, sign, witness and stamp. Resolves at once when tables and logs are there. */
  start(): Promise<void>
  stop(): Promise<void>
  /**
   * Keeps the records, all or none, and resolves after their commit. Throws `evidence-unavailable` when the
   * database cannot be reached, `evidence-duplicate` when one is kept already, `busy` when too much waits.
   */
  record(records: readonly EvidenceRecord[]): Promise<void>
  /** Keeps a directory version for later exports. Call before anything is recorded under it. Repeating is harmless. */
  keepDirectory(version: number, jws: string): Promise<void>
  /** Keeps a grant for later exports, under the hash of its JWS. Repeating is harmless. */
  keepGrant(jws: string): Promise<void>
  /** Takes everything recorded so far to the end: log, checkpoint, witness, stamp; or says what is pending. */
  flush(member: string): Promise<Flushed>
  status(): Promise<EvidenceStatus>
  list(query: ExchangeQuery): Promise<ExchangePage>
  /** Everything that is known of an exchange; throws `exchange-unknown`. */
  show(exchange: string, which?: Which): Promise<ExchangeView>
  /** One file that proves the exchange to anyone; throws `exchange-unknown`. */
  export(exchange: string, which?: Which): Promise<ExportResult>
  findUsage(query: UsageQuery): Promise<UsagePage>
  /** Checks every row of a member's evidence; throws `member-unknown`. */
  audit(member: string, options?: AuditOptions): Promise<AuditReport>
  /** Settles what a crash left one-sided, oldest first. */
  reconcile(askPeer: AskPeer): Promise<Settlement[]>
  /** What this side knows of an exchange, for a peer that reconciles: the kinds that it has recorded. */
  recorded(member: string, exchange: string, side: EvidenceSide): Promise<readonly EvidenceKind[]>
  /** Removes what was said, by law; that it was said stays provable. Throws `exchange-unknown`. */
  erase(order: ErasureOrder): Promise<Erasure>
  /** Begins a new epoch of the log after the database was restored or moved. */
  recover(member: string): Promise<Recovery>
  /** The member's log, as the directory publishes it. */
  logKeys(member: string): Promise<{ origin: string; vkey: string; epoch: number }[]>
}

/** Which of an exchange's evidence: both may be in one database. */
export interface Which {
  readonly member?: string
  readonly side?: EvidenceSide
}

/** See the interface `Evidence`; opens nothing until one of its methods is called. */
export function createEvidence(_options: EvidenceOptions): Evidence {
  throw new Error('under construction')
}
