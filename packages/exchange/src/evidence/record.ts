import type { SignedMessage } from '../signature/message.ts'

export type EvidenceSide = 'consumer' | 'provider'

/**
 * `request`: asked (on the consumer's side the intent, before it is sent). `answer`: answered, as the member's own
 * gateway signed or verified it. `failure`: the exchange ended without an answer that could be passed on.
 */
export type EvidenceKind = 'request' | 'answer' | 'failure'

/** One message of an exchange, as one side keeps it for ever. Times are milliseconds since 1970. */
export interface EvidenceRecord {
  /** On whose behalf this side keeps it: `TH/GOV/DOPA`. */
  readonly member: string
  /** UUID version 7, made by the consumer's gateway, carried as `Sapan-Exchange`. */
  readonly exchange: string
  readonly side: EvidenceSide
  readonly kind: EvidenceKind
  readonly at: number
  /** The consumer's subsystem. */
  readonly client: string
  readonly service: string
  /** The OpenAPI operationId; empty where it was refused before one was found. */
  readonly operation: string
  readonly method: string
  /** The operation's path template, never the path itself. */
  readonly route: string
  /** HTTP status of an answer or failure; null for a request. */
  readonly status: number | null
  readonly purpose: string
  /** The caller did not name the purpose; the only live grant did. */
  readonly impliedPurpose: boolean
  /** The law that the grant names, in one line. */
  readonly law: string
  /** SHA-256 of the grant's compact JWS in lower-case hex; empty where there was none. */
  readonly grant: string
  /** The member on the other side. */
  readonly peer: string
  /** Code of the problem with which the exchange ended; null otherwise. */
  readonly problem: string | null
  /** Keyed hashes (32 bytes) of the people concerned, all under the key version `subjectKey`. */
  readonly subjects: readonly Buffer[]
  readonly subjectKey: number
  /** By law, the access is not shown to the subject before this time. */
  readonly withheldUntil: number | null
  /** The granted fields that were in the answer. */
  readonly fields: readonly string[]
  /** What was signed, enough to verify the signature again; null where nothing was signed. Sealed at rest. */
  readonly head: SignedMessage | null
  /** Null where only the digest is kept. Sealed at rest. */
  readonly body: Buffer | null
  /** SHA-256 of the body, 32 bytes. Sealed at rest: of a short answer it would tell the answer. */
  readonly bodyDigest: Buffer
  readonly bodyBytes: number
  /** The version of the directory against which the message was made or checked. */
  readonly directoryVersion: number
  /** Lower-case hex SHA-256 of the certificate that signed the message; empty where nothing was signed. */
  readonly certificate: string
}

/** What names a record: no two have the same. */
export interface RecordKey {
  readonly member: string
  readonly exchange: string
  readonly side: EvidenceSide
  readonly kind: EvidenceKind
}

/** How far an exchange went, as one side's records tell it. */
export type ExchangeState = 'asked' | 'answered' | 'delivered' | 'failed'
