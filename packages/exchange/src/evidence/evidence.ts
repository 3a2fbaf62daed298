import { createHash, randomUUID } from 'node:crypto'
import { type Clock, type Logger, migrate, type Pool, Problem } from '@sapan/kernel'
import type { Sealer, Signer } from '@sapan/trust'
import { exchangeProblems } from '../problems.ts'
import { type ArchivePlan, archive } from './archive/archiving.ts'
import { type ArchiveStanding, readArchive } from './archive/standing.ts'
import { WholeSegments } from './archive/whole-segments.ts'
import { auditLog } from './audit/audit.ts'
import type { AuditOptions, AuditReport } from './audit/report.ts'
import { begunElsewhere, type PublishedEpoch } from './begun-elsewhere.ts'
import { Checkpointer } from './checkpointing.ts'
import { Contents } from './contents.ts'
import { EpochKeys, type KeyOfEpoch } from './epoch-keys.ts'
import { type Erasure, type ErasureOrder, eraseExchange } from './erase.ts'
import { type ExportResult, exportExchange } from './export/export.ts'
import { type LeftOut, leftOutFor } from './export/export-for.ts'
import { flushLog } from './flush.ts'
import { type ExchangePage, type ExchangeQuery, type ExchangeView, listExchanges } from './list.ts'
import { LogKeeper, type LogKeeperParts } from './log-keeper.ts'
import { type OpenedExchange, type OpeningOrder, openExchange, stateOpening } from './open.ts'
import type { Opening } from './openings.ts'
import { readStatus } from './read-status.ts'
import { type AskPeer, reconcile, type Settlement } from './reconcile.ts'
import type { EvidenceKind, EvidenceRecord, EvidenceSide } from './record.ts'
import { Recorder } from './recorder.ts'
import { type Recovery, recoverLog } from './recover.ts'
import { type RetentionRule, type RetentionStanding, readRetention, retain } from './retention.ts'
import { selectSide } from './select-side.ts'
import { Sequencer } from './sequencer.ts'
import { defaultSettings, type EvidenceSettings } from './settings.ts'
import { showExchange } from './show.ts'
import { Stamping } from './stamping.ts'
import type { EvidenceStatus, Flushed } from './status.ts'
import { lookFromTheBeginning } from './store/archive.ts'
import { type CountedExchanges, readCounts } from './store/daily-counts.ts'
import { insertDocument, readDocument } from './store/documents.ts'
import { isUuid, readExchange } from './store/exchanges.ts'
import { createLogHead, listLogs, markMoved, readLogHead } from './store/log-heads.ts'
import { findUsage, type UsagePage, type UsageQuery } from './usage.ts'
import type { WitnessClient } from './witness-client.ts'
import { Witnessing } from './witnessing.ts'

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
  /** How many distinct witnesses must cosign a log; one where it is absent. */
  readonly witnessesAtLeast?: number
  readonly timestamping: () => Timestamping | null
  /** The epochs of a member's log that the directory names; none where it is absent. */
  readonly published?: (member: string) => readonly PublishedEpoch[]
  /** Lower-case hex SHA-256 fingerprints of the roots to which stamps and certificates must lead. */
  readonly roots: () => readonly string[]
  readonly settings?: Partial<EvidenceSettings>
  /** In which days are counted: `Asia/Bangkok` where it is absent. */
  readonly timeZone?: string
  /** For how long what was said is kept; the first rule that is about an exchange counts. Without one it stays. */
  readonly retention?: readonly RetentionRule[]
  /** Where what was said goes when it is old; absent: it stays in the database. */
  readonly archive?: ArchivePlan | undefined
}

/**
 * Evidence of one gateway's members: what was asked, by whom, under which law, and what was answered. Several
 * gateways may stand on one database.
 */
export interface Evidence {
  /**
   * Brings the tables up to date; enough for everything but sequencing. Also done by `start`. Gives the members whose logs
   * lie here, hosted or not.
   */
  prepare(): Promise<readonly string[]>
  /** Begins to sequence, sign, witness and stamp. Resolves at once when tables and logs are there. */
  start(): Promise<void>
  /** Refuses records until `start`, finishes what is under way, gives leases and connections back. */
  stop(): Promise<void>
  /** Keeps a further member's evidence from now on. */
  host(member: string): Promise<void>
  /** Takes a member's log no further; what was kept stays, and is told to whom it concerns. */
  leave(member: string): Promise<void>
  /**
   * Of a member that moves away with its log, nothing is told any more from when it is hosted here no longer; or after all it
   * stays.
   */
  moveOut(member: string, moves: boolean): Promise<void>
  /**
   * Goes on with the log of a member that has moved here, in a new epoch that links to the last checkpoint of the one
   * before. Its rows are in the database already.
   */
  moveIn(member: string): Promise<Recovery>
  /**
   * Keeps the records, all or none, and resolves after their commit. Throws `evidence-unavailable` when the
   * database cannot be reached, `evidence-duplicate` when one is kept already, `busy` when too much waits.
   */
  record(records: readonly EvidenceRecord[]): Promise<void>
  /** Keeps a directory version for later exports. Call before anything is recorded under it. Repeating is harmless. */
  keepDirectory(version: number, jws: string): Promise<void>
  /** Keeps a grant for later exports, under the hash of its JWS. Repeating is harmless. */
  keepGrant(jws: string): Promise<void>
  /** The JWS of a grant that `keepGrant` kept, by its hash. */
  keptGrant(hash: string): Promise<string | undefined>
  /** Takes everything recorded so far to the end: log, checkpoint, witness, stamp; or says what is pending. */
  flush(member: string): Promise<Flushed>
  status(): Promise<EvidenceStatus>
  list(query: ExchangeQuery): Promise<ExchangePage>
  /** Everything that is known of an exchange; throws `exchange-unknown`. */
  show(exchange: string, which?: Which): Promise<ExchangeView>
  /**
   * What was said, for somebody who says why: that they opened it stands in the log first, and is told to the people whom it
   * concerned. Throws `exchange-unknown`, `evidence-erased`.
   */
  open(order: OpeningOrder): Promise<OpenedExchange>
  /**
   * States the same of what was said in an exchange and is kept elsewhere as well, as a queued message is. Throws `exchange-unknown`.
   */
  stateOpening(order: OpeningOrder): Promise<Opening & { readonly id: string }>
  /** One file that proves the exchange to anyone, with what was said; throws `exchange-unknown`. It leaves nobody a trace. */
  export(exchange: string, which?: Which): Promise<ExportResult>
  /** The same file without what was said, which stays sealed. */
  exportSealed(exchange: string, which?: Which): Promise<ExportResult>
  /** The whole file, opened as by `open`. After an erasure there is nothing to open, and nothing is stated. */
  exportOpened(order: OpeningOrder): Promise<ExportResult>
  /**
   * The proof of an exchange for one of the people whom it concerned, by their keyed hashes: where it concerned others too,
   * without what was said. Throws `exchange-unknown` also where it did not concern them, or is withheld.
   */
  exportFor(exchange: string, whom: WhichFor): Promise<ExportResult>
  findUsage(query: UsageQuery): Promise<UsagePage>
  /** Checks every row of a member's evidence; throws `member-unknown`. */
  audit(member: string, options?: AuditOptions): Promise<AuditReport>
  /** Settles what a crash left one-sided, oldest first. */
  reconcile(askPeer: AskPeer): Promise<Settlement[]>
  /** What this side knows of an exchange, for a peer that reconciles: the kinds that it has recorded. */
  recorded(member: string, exchange: string, side: EvidenceSide): Promise<readonly EvidenceKind[]>
  /** Removes what was said, by law; that it was said stays provable. Throws `exchange-unknown`. */
  erase(order: ErasureOrder): Promise<Erasure>
  /** Erases what the rules of retention no longer let be kept; a long backlog takes several rounds. */
  retain(): Promise<void>
  /**
   * Puts old contents into the archive, a minute's worth at most. Throws `archive-unreachable`, `archive-lost`; then they stay
   * where they are.
   */
  archive(): Promise<void>
  /** How the archive stands; undefined where there is none. */
  archived(): Promise<ArchiveStanding | undefined>
  /** Opens contents in order, for who goes through all of them. */
  contentsInOrder(): Contents
  /** What these members' exchanges of some days add up to, from what came into their logs; both days count, as `2026-11-23`. */
  counts(members: readonly string[], days: { from: string; to: string }): Promise<readonly CountedExchanges[]>
  /** How each rule of retention is carried out. */
  retention(): Promise<readonly RetentionStanding[]>
  /**
   * Begins a new epoch of the log after the database was restored or moved. Throws `evidence-recover-refused` where
   * nothing asks for it and `force` is not set.
   */
  recover(member: string, force?: boolean): Promise<Recovery>
  /** With which key an epoch of a log is checked. */
  readonly keyOf: KeyOfEpoch
  /** The keys of the epochs of the member's log that were begun here, as the directory publishes them. */
  logKeys(member: string): Promise<{ origin: string; vkey: string; epoch: number }[]>
}

/** Which of an exchange's evidence: both may be in one database. */
export interface Which {
  readonly member?: string
  /** Only what these members keep; absent: what all do. */
  readonly among?: readonly string[]
  readonly side?: EvidenceSide
}

export interface WhichFor extends Which {
  readonly subjects: readonly Buffer[]
}

type Records = Awaited<ReturnType<typeof selectSide>>

const countedIn = 'Asia/Bangkok'

/** See the interface `Evidence`; opens nothing until one of its methods is called. */
export function createEvidence(options: EvidenceOptions): Evidence {
  const { pool, sealer, clock, logSigner, timeZone = countedIn } = options
  const settings = { ...defaultSettings, ...options.settings }
  const holder = randomUUID()
  const epochKeys = new EpochKeys(logSigner)
  const loadKeys = () => epochKeys.load(pool, sealer)
  const { keyOf } = epochKeys
  const elsewhere = (member: string, epoch: number) =>
    begunElsewhere(options.published?.(member) ?? [], { member, epoch }, keyOf)
  const keeperFor = (member: string) =>
    createKeeper(options, settings, holder, member, {
      elsewhere: (epoch) => elsewhere(member, epoch),
      onEpoch: loadKeys,
    })
  const keepers = new Map(options.members.map((member) => [member, keeperFor(member)]))
  // Members whose logs lie here, who are hosted no more.
  const left = new Set<string>()
  const members = () => [...keepers.keys(), ...left]
  let running = false
  const recorder = new Recorder({
    pool,
    sealer,
    commitWithin: settings.commitWithin,
    onCommit: (touched) => {
      for (const member of touched) keepers.get(member)?.nudge()
    },
  })
  const { archive: plan } = options
  const contents = new Contents(sealer, plan?.store)
  const contentsInOrder = () => new Contents(sealer, plan && new WholeSegments(pool, plan.store))
  const common = { pool, sealer, contents, contentsInOrder, clock, logSigner, keyOf, members }
  const keeperOf = (member: string): LogKeeper => {
    const keeper = keepers.get(member)
    if (!keeper) throw new Problem(exchangeProblems['member-unknown'])
    return keeper
  }
  const rules = options.retention ?? []
  const { witnesses, witnessesAtLeast = 1 } = options
  const hasTimestamping = () => options.timestamping() !== null

  const prepare = async () => {
    await migrate(pool, 'evidence', new URL('./store/migrations/', import.meta.url))
    for (const member of keepers.keys()) await createLogHead(pool, sealer, member)
    await loadKeys()
    const logs = await listLogs(pool)
    for (const member of logs) if (!keepers.has(member)) left.add(member)
    return logs
  }
  const flush = (member: string) => {
    const keeper = left.has(member) ? undefined : keeperOf(member)
    return flushLog({ ...common, keeper, member, witnesses, witnessesAtLeast, hasTimestamping, ...settings })
  }
  const exported = async (records: Records, leftOut?: LeftOut) => {
    const flushed = await flush(records[0].member)
    return await exportExchange(
      { ...common, exportSigner: options.exportSigner, witnessesAtLeast, leftOut },
      records,
      flushed,
    )
  }

  return {
    prepare,
    start: async () => {
      await prepare()
      recorder.open()
      running = true
      for (const keeper of keepers.values()) keeper.start()
    },
    stop: async () => {
      running = false
      await recorder.close()
      await Promise.all([...keepers.values()].map((keeper) => keeper.stop()))
    },
    host: async (member) => {
      if (keepers.has(member)) return
      await createLogHead(pool, sealer, member)
      const keeper = keeperFor(member)
      keepers.set(member, keeper)
      left.delete(member)
      if (running) keeper.start()
    },
    leave: async (member) => {
      const keeper = keepers.get(member)
      if (!keeper) return
      keepers.delete(member)
      if ((await listLogs(pool)).includes(member)) left.add(member)
      await keeper.stop()
    },
    moveOut: (member, moves) => markMoved(pool, member, moves),
    moveIn: async (member) => {
      await loadKeys()
      const reason = 'The member moved to a gateway of its own.'
      const known = { reason, checkpoint: null, witnessedSize: null, elsewhere: [] }
      const signer = logSigner(member)
      const by = { ...common, signer, holder, lease: settings.lease, timeZone }
      const recovery = await recoverLog(by, member, known)
      await lookFromTheBeginning(pool)
      left.delete(member)
      const keeper = keeperFor(member)
      keepers.set(member, keeper)
      if (running) keeper.start()
      return recovery
    },
    record: (records) => recorder.record(records),
    keepDirectory: (version, jws) =>
      insertDocument(pool, sealer, { kind: 'directory', key: String(version), content: jws }),
    keepGrant: (jws) => insertDocument(pool, sealer, { kind: 'grant', key: hashOf(jws), content: jws }),
    keptGrant: (hash) => readDocument(pool, 'grant', hash),
    flush,
    status: () =>
      readStatus({
        ...common,
        members: () => [...keepers.keys()],
        keeperOf,
        witnesses,
        witnessesAtLeast,
        hasTimestamping,
      }),
    list: (query) => listExchanges(common, query),
    show: async (exchange, which = {}) =>
      await showExchange(common, await selectSide(pool, members(), exchange, which)),
    open: async ({ exchange, by, reason, ...which }) => {
      const records = await selectSide(pool, members(), exchange, which)
      const opened = await openExchange(common, records, { by, reason })
      keepers.get(opened.member)?.nudge()
      return opened
    },
    stateOpening: async ({ exchange, by, reason, ...which }) => {
      const records = await selectSide(pool, members(), exchange, which)
      const { id, statement } = await stateOpening(common, records, { by, reason })
      keepers.get(statement.member)?.nudge()
      return { id, at: statement.at, by, reason }
    },
    export: async (exchange, which = {}) => exported(await selectSide(pool, members(), exchange, which)),
    exportSealed: async (exchange, which = {}) =>
      exported(await selectSide(pool, members(), exchange, which), 'sealed'),
    exportOpened: async ({ exchange, by, reason, ...which }) => {
      const records = await selectSide(pool, members(), exchange, which)
      if (records.some(({ content }) => content !== null)) await stateOpening(common, records, { by, reason })
      return await exported(records)
    },
    exportFor: async (exchange, { subjects, ...which }) => {
      const records = await selectSide(pool, members(), exchange, which)
      return await exported(records, leftOutFor(records, subjects, clock()))
    },
    findUsage: (query) => findUsage(common, query),
    audit: (member, auditOptions = {}) => {
      if (!left.has(member)) keeperOf(member)
      return auditLog({ ...common, witnesses, roots: options.roots }, member, auditOptions)
    },
    reconcile: (askPeer) => reconcile({ ...common, recorder, ...settings }, askPeer),
    recorded: async (member, exchange, side) => {
      if (!isUuid(exchange)) return []
      const records = await readExchange(pool, [member], exchange, side)
      return records.map(({ kind }) => kind)
    },
    erase: async ({ exchange, law, ...which }) => {
      const [record] = await selectSide(pool, members(), exchange, which)
      const erasure = await eraseExchange(common, record, law)
      keepers.get(record.member)?.nudge()
      return erasure
    },
    retain: async () => {
      for (const member of await retain({ ...common, rules })) keepers.get(member)?.nudge()
    },
    archive: async () => {
      if (plan) await archive({ ...common, ...plan, log: options.log })
    },
    archived: () => readArchive(pool, plan, clock),
    contentsInOrder,
    counts: (of, days) => readCounts(pool, of, days),
    retention: () => readRetention({ ...common, rules }),
    recover: async (member, force = false) => {
      const keeper = keeperOf(member)
      const known = await keeper.lastKnown(force)
      const signer = logSigner(member)
      const recovery = await recoverLog(
        { ...common, signer, holder, lease: settings.lease, timeZone },
        member,
        known,
      )
      await loadKeys()
      keeper.forget()
      return recovery
    },
    keyOf,
    logKeys: async (member) =>
      epochKeys.own(member, (await readLogHead(pool, sealer, member))?.head.epoch ?? 1),
  }
}

function createKeeper(
  options: EvidenceOptions,
  settings: EvidenceSettings,
  holder: string,
  member: string,
  ofEpochs: Pick<LogKeeperParts, 'elsewhere' | 'onEpoch'>,
): LogKeeper {
  const { pool, sealer, clock, log, witnesses, timestamping, roots } = options
  const { timeZone = countedIn, witnessesAtLeast = 1 } = options
  const base = { pool, sealer, member, clock, log, timeZone, witnesses, witnessesAtLeast, ...settings }
  const checkpointer = new Checkpointer({ ...base, signer: options.logSigner(member) })
  return new LogKeeper({
    ...base,
    ...ofEpochs,
    settings,
    sequencer: new Sequencer({ ...base, holder }),
    checkpointer,
    witnessing: new Witnessing({
      ...base,
      provedBy: (note, checkpoint) => checkpointer.provedBy(note, checkpoint),
    }),
    stamping: new Stamping({ ...base, timestamping, roots }),
  })
}

function hashOf(jws: string): string {
  return createHash('sha256').update(jws).digest('hex')
}
