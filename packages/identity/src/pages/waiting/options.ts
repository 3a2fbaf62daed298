import type { Text } from '@sapan/kernel'
import type { SiteRequest, SiteRoute } from '@sapan/ui'
import type { Clients } from '../../clients/clients.ts'
import type { Mandates } from '../../mandates/mandates.ts'
import type { Backchannel } from '../../provider/backchannel.ts'
import type { ClaimsConsents } from '../../provider/consents.ts'
import type { ScopesCountry } from '../../provider/scopes.ts'
import type { Need, Visitor } from '../../visitor.ts'

export interface WaitingPagesOptions {
  readonly backchannel: Pick<Backchannel, 'pendingOf' | 'find' | 'decide'>
  readonly help: Pick<Mandates['help'], 'waiting'>
  readonly clients: Pick<Clients, 'find'>
  readonly scopes: ScopesCountry
  /** What the person has agreed to tell a client already. */
  readonly consents: Pick<ClaimsConsents, 'live'>
  /** What a member is called. */
  readonly memberName: (member: string) => Text | undefined
  /** How lately who answers has proved that it is them. */
  readonly freshSeconds: number
}

export type WaitingRequest = SiteRequest<Visitor>
export type WaitingRoute = SiteRoute<Visitor, Need>

/** Where what waits is shown. */
export const waitingPath = '/me/waiting'
