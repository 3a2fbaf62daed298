import type { SignedMessage } from '../signature/message.ts'
import type { EvidenceKind, EvidenceSide, ExchangeState } from './record.ts'

/** Which exchanges to list, the newest first. Everything given must hold. */
export interface ExchangeQuery {
  readonly member?: string
  readonly side?: EvidenceSide
  /** Exchanges begun at or after, in milliseconds since 1970. */
  readonly from?: number
  readonly until?: number
  readonly client?: string
  readonly service?: string
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
  readonly body: 'full' | 'digest' | 'erased'
  readonly erased: { readonly at: string; readonly law: string } | null
  /** What was signed; null where nothing was, or after an erasure. */
  readonly head: SignedMessage | null
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

export interface ExchangeView extends ExchangeSummary {
  readonly records: readonly RecordView[]
}
