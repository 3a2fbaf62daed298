import type { Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { KeptBody } from './contents.ts'
import { openCursor, sealCursor } from './cursor.ts'
import type { Opening } from './openings.ts'
import type { EvidenceKind, EvidenceSide, ExchangeState } from './record.ts'
import type { Outcome } from './store/daily-counts.ts'
import { findExchanges, readClearRecords, sideKeyText } from './store/exchanges.ts'
import type { StoredRecord } from './stored.ts'
import type { Vouched } from './vouched.ts'

/** Which exchanges to list, the newest first. Everything given must hold. */
export interface ExchangeQuery {
  readonly member?: string
  /** Of these members alone; of all where it is absent. */
  readonly among?: readonly string[]
  readonly side?: EvidenceSide
  /** Exchanges begun at or after, in milliseconds since 1970. */
  readonly from?: number
  readonly until?: number
  readonly client?: string
  readonly service?: string
  readonly outcome?: Outcome
  /** At most this many; 50 when absent, 500 at most. */
  readonly limit?: number
  /** `next` of the page before. */
  readonly after?: string
}

/** One exchange as one side knows it. Times are ISO 8601 in UTC. Holds no personal data. */
export interface ExchangeSummary {
  readonly exchange: string
  readonly member: string
  readonly side: EvidenceSide
  readonly state: ExchangeState
  readonly at: string
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly method: string
  readonly route: string
  readonly status: number | null
  readonly problem: string | null
  readonly purpose: string
  readonly impliedPurpose: boolean
  readonly law: string
  readonly peer: string
}

export interface ExchangePage {
  readonly exchanges: readonly ExchangeSummary[]
  /** Give it as `after` for the next page; null on the last. */
  readonly next: string | null
}

export interface RecordView {
  readonly kind: EvidenceKind
  readonly at: string
  readonly status: number | null
  readonly problem: string | null
  readonly fields: readonly string[]
  /** How many people it concerns. */
  readonly subjects: number
  readonly withheldUntil: string | null
  readonly grant: string
  readonly directoryVersion: number
  readonly certificate: string
  readonly bodyBytes: number
  /** `full`: kept. `digest`: only its digest is kept. `erased`: removed by law. */
  readonly body: KeptBody
  /** Whether it lies in the archive. */
  readonly archived: boolean
  readonly erased: { readonly at: string; readonly law: string } | null
  readonly log: {
    readonly epoch: number
    /** Null until it is sequenced. */
    readonly index: number | null
    /** Size of the smallest checkpoint that covers it. */
    readonly checkpoint: number | null
    readonly witnesses: readonly string[]
    /** Time of the earliest stamp that covers it. */
    readonly stampedAt: string | null
  }
}

export interface ExchangeView extends ExchangeSummary, Vouched {
  readonly records: readonly RecordView[]
  /** Who opened what is sealed, the first first. */
  readonly openings: readonly Opening[]
}

export interface ListOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly members: () => readonly string[]
}

/** See `Evidence.list`. */
export async function listExchanges(options: ListOptions, query: ExchangeQuery): Promise<ExchangePage> {
  const { pool, sealer } = options
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 500)
  const members = membersOf(options.members(), query)
  const after = query.after === undefined ? undefined : openCursor(sealer, query.after)
  const found = await findExchanges(pool, members, query, after, limit + 1)
  const keys = found.slice(0, limit)
  const records = await readClearRecords(pool, keys)
  const last = keys.at(-1)
  return {
    exchanges: keys.flatMap((key) => summarise(records.get(sideKeyText(key)) ?? []) ?? []),
    next: found.length > limit && last ? sealCursor(sealer, last) : null,
  }
}

/** The members whose evidence is meant. */
export function membersOf(
  members: readonly string[],
  { member, among }: { readonly member?: string; readonly among?: readonly string[] },
): string[] {
  return members.filter(
    (own) => (member === undefined || own === member) && (among === undefined || among.includes(own)),
  )
}

/** One exchange out of one side's records of it; undefined where there are none. */
export function summarise(records: readonly StoredRecord[]): ExchangeSummary | undefined {
  const first = records.find(({ kind }) => kind === 'request') ?? records[0]
  if (!first) return undefined
  const last = records.find(({ kind }) => kind === 'answer') ?? records.find(({ kind }) => kind === 'failure')
  return {
    exchange: first.exchange,
    member: first.member,
    side: first.side,
    state: stateOf(first.side, last?.kind),
    at: new Date(first.at).toISOString(),
    client: first.client,
    service: first.service,
    operation: first.operation,
    method: first.method,
    route: first.route,
    status: last?.status ?? null,
    problem: last?.problem ?? null,
    purpose: first.purpose,
    impliedPurpose: first.impliedPurpose,
    law: first.law,
    peer: first.peer,
  }
}

/** The consumer's gateway records an answer when it has it; the provider's, before it sends it. */
function stateOf(side: EvidenceSide, end: EvidenceKind | undefined): ExchangeState {
  if (end === 'answer') return side === 'consumer' ? 'delivered' : 'answered'
  return end === 'failure' ? 'failed' : 'asked'
}

/** The column `fields` as a list. */
export function readFields(text: string): string[] {
  const fields: unknown = JSON.parse(text)
  return Array.isArray(fields) ? fields.map(String) : []
}
