import type { Values } from '@sapan/cel'
import type { ExchangeTarget } from '../../address.ts'
import type { MatchedOperation } from '../../service/description.ts'
import type { SignedMessage } from '../../signature/message.ts'
import type { ActorToken } from '../../tokens/actor-token.ts'
import type { VerifiedConsent } from '../consent/verify-consent.ts'
import type { IssuedGrant } from '../issued-grants.ts'
import type { LoadedService } from '../provided-services.ts'
import type { Decision, Steppable } from '../step.ts'
import { type Body, emptyBody } from '../transport/body.ts'
import type { BodySource } from '../transport/body-source.ts'
import type { HeaderList } from '../transport/headers.ts'
import type { Trace } from '../transport/trace.ts'

/** What the TLS connection says of the other gateway. */
export interface PeerConnection {
  /** DER of the client certificate; undefined where none was shown. */
  readonly certificate: Buffer | undefined
}

/** What came over the wire. */
export interface PeerExchangeRequest {
  readonly method: string
  readonly authority: string
  readonly rawTarget: string
  readonly rawHeaders: readonly string[]
  readonly body: BodySource
  readonly connection: PeerConnection
  readonly trace: Trace
}

/** An answer on its way back: what may leave. */
export interface OutgoingAnswer {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Body
}

/** An exchange as the provider's gateway sees it. Each step fills in what the later ones read. */
export class ProviderExchange implements Steppable {
  readonly request: PeerExchangeRequest
  readonly startedAt: number
  decisions: Decision[] | null

  // verifyPeer
  peerGateway!: string
  // verifySignature
  message: SignedMessage | null = null
  target!: ExchangeTarget
  headers!: HeaderList
  client!: string
  clientMember!: string
  id!: string
  expires!: number
  certificate = ''
  nonce!: string
  // findOperation
  service!: LoadedService
  matched!: MatchedOperation
  // checkGrant
  known: IssuedGrant | null = null
  // checkActor, checkConsent
  actor: ActorToken | null = null
  consent: VerifiedConsent | null = null
  // receiveBody
  body: Body = emptyBody
  // recordRequest
  verified = false
  recorded = false
  // checkQuestion: what the caller gave with it
  asked: Values = {}
  // keepMessage: it is kept for later, and `received` is its receipt
  kept = false
  // callProvider
  received!: { status: number; headers: HeaderList; body: Body }
  // keepGrantedFields
  answer: OutgoingAnswer | null = null
  subjects: readonly Buffer[] = []
  /** The same by their identifiers; only until the exchange is over. */
  people: readonly string[] = []
  fields: readonly string[] = []
  // sign
  signed: SignedMessage | null = null

  constructor(request: PeerExchangeRequest, startedAt: number, explain: boolean) {
    this.request = request
    this.startedAt = startedAt
    this.decisions = explain ? [] : null
  }

  async dispose(): Promise<void> {
    await Promise.all([this.body.dispose(), this.received?.body.dispose(), this.answer?.body.dispose()])
  }
}
