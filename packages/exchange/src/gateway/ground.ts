import type { Clock, Logger } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { Pool } from 'pg'
import type { LookAtMachine } from '../checks/check.ts'
import type { DirectoryClient } from '../directory/client.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { RateLimiter } from '../grant/rate.ts'
import type { Queues } from '../queue/queues.ts'
import type { TurnSigner } from '../signature/turn-signer.ts'
import type { Archiving } from './archiving.ts'
import type { RenewalFailure } from './checks/renewal.ts'
import type { ClockWatch } from './clock-watch.ts'
import type { Descriptions } from './descriptions.ts'
import type { HeldGrants } from './held-grants.ts'
import type { AccessHints } from './hints/access-hints.ts'
import type { IssuedGrants } from './issued-grants.ts'
import type { MemberSigners } from './member-signers.ts'
import type { GatewayMetrics } from './metrics.ts'
import type { ProvidedServices } from './provided-services.ts'
import type { SeenMessages } from './seen-messages.ts'
import type { GatewaySettings } from './settings.ts'
import type { StatusKeeper } from './status/keeper.ts'
import type { SubjectHashes } from './subjects.ts'
import type { PeerConnections } from './transport/peer-connections.ts'
import type { ProviderConnections } from './transport/provider-connections.ts'
import type { Probing } from './unusual/probing.ts'
import type { UnusualWatch } from './unusual/watch.ts'

/** What the steps of both pipelines stand on: made once for a gateway, handed to each step. */
export interface GatewayGround {
  readonly settings: GatewaySettings
  readonly pool: Pool
  readonly clock: Clock
  /** How the clock stands to those of the others. */
  readonly clockWatch: ClockWatch
  readonly log: Logger
  readonly directory: DirectoryClient
  readonly evidence: Evidence
  /** Puts what is old into the archive, in rounds. */
  readonly archiving: Archiving
  readonly signers: MemberSigners
  readonly signing: TurnSigner
  readonly services: ProvidedServices
  readonly descriptions: Descriptions
  readonly issuedGrants: IssuedGrants
  readonly heldGrants: HeldGrants
  readonly rates: RateLimiter
  /** How often a question is asked about one person. */
  readonly questionRates: RateLimiter
  readonly seen: SeenMessages
  readonly subjects: SubjectHashes
  /** Whether consents and actors still stand. */
  readonly statuses: StatusKeeper
  /** What people's issuers are to be told: that there is something to see. */
  readonly hints: AccessHints
  /** Whether a person may be told of accesses for a purpose, as they happen. */
  readonly mayTell: (purpose: string) => boolean
  /** Questions that are asked with many values about one person. */
  readonly probing: Probing
  /** Accesses of officers that are out of the usual. */
  readonly unusual: UnusualWatch
  readonly peers: PeerConnections
  readonly providers: ProviderConnections
  readonly metrics: GatewayMetrics
  /** Messages that wait, of our members and for them. */
  readonly queues: Queues
  readonly sealer: Sealer
  readonly lookAtMachine: LookAtMachine
  /** The last try to renew a certificate, where it was in vain. */
  readonly renewalFailure: () => RenewalFailure | null
  /** The pinned root's certificate, DER. */
  readonly root: () => Buffer
  /** An existing folder for bodies too large for memory. */
  readonly spillDirectory: string
}
