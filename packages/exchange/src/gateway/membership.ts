import type { CenterConnection } from '../membership/connection.ts'
import type { Leaving } from '../membership/hosting.ts'
import type { Moving } from '../membership/membership.ts'
import type { RenewalFailure } from './checks/renewal.ts'
import type { MemberSigner } from './member-signers.ts'
import type { Publisher } from './publisher.ts'
import type { TlsIdentity } from './transport/peer-connections.ts'

/** What a gateway has from having joined: its certificates, which renew by themselves, and its word to the center. */
export interface GatewayMembership {
  readonly center: CenterConnection
  readonly publisher: Publisher
  tls(): TlsIdentity
  signers(): readonly MemberSigner[]
  /** Called after a certificate was renewed, or other members are spoken for. */
  onRenewed(listener: () => void): void
  renewNow(): Promise<void>
  /** The last try to renew, where it was in vain. */
  renewalFailure(): RenewalFailure | null
  /** Takes the members of a hosting token in. */
  host(token: string): Promise<void>
  /** Ends at the center that this gateway speaks for a member. */
  leave(leaving: Leaving): Promise<void>
  /** Writes down that a member moves, or has ended to. */
  moving(member: string, moving: Moving | null): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}
