import type { HeaderList } from '../gateway/transport/headers.ts'

/** Where a message stands on its sender's side. */
export type OutgoingState = 'queued' | 'delivered' | 'accepted' | 'rejected' | 'dead' | 'dropped'

/** Where it stands on its receiver's side. */
export type IncomingState = 'waiting' | 'accepted' | 'rejected' | 'expired'

/** What of a message is kept sealed. */
export interface MessageContent {
  readonly headers: HeaderList
  readonly body: Buffer
}

/** A message that a member of this gateway sends. Times are milliseconds since 1970. */
export interface OutgoingMessage {
  readonly number: number
  readonly client: string
  /** The sender's own id. */
  readonly message: string
  readonly service: string
  readonly operation: string
  /** `/r1/…`, without parameters. */
  readonly target: string
  /** SHA-256 of the body. */
  readonly digest: Buffer
  /** Null where nobody needs it any more. */
  readonly content: Buffer | null
  readonly state: OutgoingState
  /** The code of the last refusal. */
  readonly problem: string | null
  /** Why the receiver rejected it; of one whose time was over, the code of what the last try met. */
  readonly reason: string | null
  readonly attempts: number
  readonly queuedAt: number
  readonly expiresAt: number
  readonly receiptQueued: string
  readonly receiptDelivered: string | null
  readonly receiptOutcome: string | null
  /** The message in whose place it was sent. */
  readonly resendOf: number | null
  /** The exchange in which it was last sent; null where nothing was signed yet. */
  readonly exchange: string | null
  /** SHA-256 over what is said of its attachments; null where it has none. */
  readonly manifest: Buffer | null
  /** How many it has. */
  readonly attachments: number
}

/** A message that came for a system of a member of this gateway. */
export interface IncomingMessage {
  readonly number: number
  readonly client: string
  readonly message: string
  readonly service: string
  readonly operation: string
  /** The exchange with which it came. */
  readonly exchange: string
  readonly digest: Buffer
  readonly content: Buffer | null
  readonly state: IncomingState
  readonly problem: string | null
  readonly reason: string | null
  readonly attempts: number
  readonly deliveredAt: number
  /** Whether the member's system fetches it, instead of being handed it. */
  readonly pulled: boolean
  readonly expiresAt: number
  readonly receiptDelivered: string
  readonly receiptOutcome: string | null
  /** SHA-256 over what is said of its attachments; null where it has none. */
  readonly manifest: Buffer | null
  /** How many it has. */
  readonly attachments: number
}
