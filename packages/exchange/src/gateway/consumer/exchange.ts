import type { Readable } from 'node:stream'
import type { ExchangeTarget } from '../../address.ts'
import type { DirectoryGateway } from '../../directory/document.ts'
import type { Grant } from '../../grant/grant.ts'
import type { OutgoingMessage } from '../../queue/message.ts'
import type { MatchedOperation, ServiceDescription } from '../../service/description.ts'
import type { SignedMessage } from '../../signature/message.ts'
import type { ActorToken } from '../../tokens/actor-token.ts'
import type { VerifiedConsent } from '../consent/verify-consent.ts'
import type { Decision, Steppable } from '../step.ts'
import { type Body, emptyBody } from '../transport/body.ts'
import type { HeaderList } from '../transport/headers.ts'
import type { Trace } from '../transport/trace.ts'

/** Who opened the connection to the edge, before anything that was said over it. */
export interface EdgeCaller {
  readonly loopback: boolean
  /** DER of the client certificate, where one was shown over TLS. */
  readonly certificate: Buffer | undefined
}

/** What the caller sent. */
export interface EdgeRequest {
  readonly method: string
  readonly rawTarget: string
  readonly headers: HeaderList
  readonly stream: Readable
  readonly caller: EdgeCaller
  readonly trace: Trace
}

/** A grant with the hash under which the directory publishes it. */
export interface KnownGrant {
  readonly hash: string
  readonly grant: Grant
}

/** The answer that the other side's gateway signed, verified. */
export interface VerifiedAnswer {
  readonly message: SignedMessage
  readonly status: number
  readonly headers: HeaderList
  readonly body: Body
  /** The fingerprint of the certificate that signed it. */
  readonly certificate: string
  /** The code of the problem with which the provider's gateway itself refused; null for the provider's own answer. */
  readonly refusal: string | null
}

/** What makes a call a message that waits. */
export interface QueuedMessage {
  /** The sender's own id. */
  readonly message: string
  readonly orderKey: string | null
  /** Ids of the attachments that it names, while it is taken. */
  attachments: readonly string[]
  /** SHA-256 over what is said of them, at the delivery; null where it has none. */
  readonly manifest: Buffer | null
}

/** An exchange as the consumer's gateway sees it. Each step fills in what the later ones read. */
export class ConsumerExchange implements Steppable {
  readonly request: EdgeRequest
  readonly startedAt: number
  decisions: Decision[] | null

  // parseAddress
  target!: ExchangeTarget
  client!: string
  clientMember!: string
  /** `X-Road-Id`, ours where the caller sent none; callers reuse theirs, so nothing is keyed by it. */
  messageId!: string
  // findService
  description!: ServiceDescription
  matched!: MatchedOperation
  queryNames!: readonly string[]
  // findGrant, settlePurpose
  known!: KnownGrant
  impliedPurpose = false
  // checkActor, checkConsent
  actor: ActorToken | null = null
  consent: VerifiedConsent | null = null
  // chooseGateway
  gateways!: readonly DirectoryGateway[]
  // receiveBody
  body: Body = emptyBody
  // readMessageId: only of a message that waits
  queued: QueuedMessage | null = null
  // keepOutgoing
  kept: OutgoingMessage | null = null
  // sign
  id!: string
  message: SignedMessage | null = null
  // recordIntent, recordAnswer
  subjects: readonly Buffer[] = []
  fields: readonly string[] = []
  // recordIntent
  intentRecorded = false
  // send, verifyAnswer
  sent = false
  rawAnswer!: { status: number; rawHeaders: string[]; body: Body }
  answer: VerifiedAnswer | null = null

  constructor(request: EdgeRequest, startedAt: number, explain: boolean) {
    this.request = request
    this.startedAt = startedAt
    this.decisions = explain ? [] : null
  }

  /** Removes what was spilled to disk. */
  async dispose(): Promise<void> {
    await Promise.all([this.body.dispose(), this.rawAnswer?.body.dispose(), this.answer?.body.dispose()])
  }
}
