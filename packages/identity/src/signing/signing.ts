import { type Logger, type Pool, Problem } from '@sapan/kernel'
import {
  type AuthorizationServer,
  type CertificateStatus,
  createAuthorizationServer,
  createSigningService,
  type Handler,
  type OAuthClient,
  type Sealer,
} from '@sapan/trust'
import type { Levels } from '../levels/level.ts'
import type { OfficersCountry } from '../officers/country.ts'
import { signingRoomProblems } from '../problems/signing.ts'
import type { OfficerKeys } from './officer-keys.ts'
import type { DocumentIssuer, SigningOfficers } from './ports.ts'
import { createSigningRequests, type Signer, type SigningRequest, type SigningRequests } from './requests.ts'
import { createOfficerRevocation, type OfficerRevocation } from './revocation.ts'
import {
  postgresAttempts,
  postgresAuthorizations,
  postgresShortLived,
  recordSigning,
} from './store/service-stores.ts'

export interface SigningOptions {
  readonly pool: Pool
  readonly clock: () => number
  readonly log: Logger
  readonly sealer: Sealer
  readonly levels: Levels
  readonly country: Pick<OfficersCountry, 'signer' | 'signing'>
  readonly keys: OfficerKeys
  readonly officers: SigningOfficers
  readonly authority: DocumentIssuer
  readonly others?: (serial: bigint) => CertificateStatus | Promise<CertificateStatus>
  /** Where `/oauth2` of the signing service is: `https://sign.example.go.th`. */
  readonly origin: string
  /** The desk's origin, where officers confirm. */
  readonly desk: string
  /** Two letters, ISO 3166-1. */
  readonly region: string
  /** Signature applications beside the desk. */
  readonly client?: (id: string) => Promise<OAuthClient | undefined>
}

/**
 * The signing service of the house's officers: keys lie with it, and sign only what an officer confirmed with their
 * authenticator, shown what it is. All of it lies in PostgreSQL, for any number of processes.
 */
export interface Signing {
  /** CSC API, `/csc/v2/…`. */
  readonly service: Handler
  /** `/oauth2/…` */
  readonly authorization: AuthorizationServer
  readonly revocation: OfficerRevocation
  /** What is asked for under a ticket. Throws `signing-request-over`. */
  show(ticket: string): Promise<SigningRequest>
  /**
   * The officer has seen what is to be signed, and says yes; gives where the browser goes. Throws
   * `signing-confirmation-stale`, `signing-authenticator-weak`, `signing-request-over`.
   */
  confirm(ticket: string, signer: Signer): Promise<string>
  /** The officer says no. */
  decline(ticket: string): Promise<string>
}

/** The desk's own name as a signature application, and where codes for it go. */
export const deskClient = 'sapan-desk'
export const deskReturn = '/desk/signing/return'

export function createSigning(options: SigningOptions): Signing {
  const { pool, clock, log, sealer, keys, officers, desk, origin, region } = options
  const requests = createSigningRequests({ ...options, page: `${desk}/desk/signing/confirm` })
  const authorizations = postgresAuthorizations(pool, clock)
  const shared = {
    clock,
    authorizations,
    credentials: (account: string) => keys.credentials(officers, account),
    record: (event: Parameters<typeof recordSigning>[1]) => recordSigning(pool, event),
    onError: (error: unknown) => log.error({ err: error }, 'the signing service failed'),
  }
  const authorization = createAuthorizationServer({
    ...shared,
    signIn: requests.signIn,
    store: postgresShortLived(pool, sealer, clock),
    client: async (id) => (id === deskClient ? ownClient(desk) : options.client?.(id)),
  })
  const service = createSigningService({
    ...shared,
    name: 'Sapan',
    region,
    oauth2: origin,
    authenticate: (token) => authorization.authenticate(token),
    // Every key is authorised with scope `credential`; nothing else opens one.
    authorize: async () => 'denied',
    attempts: postgresAttempts(pool),
    asynchronous: false,
  })
  return {
    service,
    authorization,
    revocation: createOfficerRevocation({ ...options, onError: shared.onError }),
    ...decisions(requests, authorization),
  }
}

function decisions(
  requests: SigningRequests,
  authorization: AuthorizationServer,
): Pick<Signing, 'show' | 'confirm' | 'decline'> {
  /** The ticket was taken in between, by another press. */
  const taken = (address: string | undefined): string => {
    if (address === undefined) throw new Problem(signingRoomProblems['signing-request-over'])
    return address
  }
  return {
    show: requests.show,
    confirm: async (ticket, signer) => {
      await requests.checkConfirmed(ticket, signer)
      return taken(await authorization.approve(ticket, signer.account))
    },
    decline: async (ticket) => taken(await authorization.deny(ticket)),
  }
}

function ownClient(desk: string): OAuthClient {
  return { id: deskClient, name: 'Sapan', redirectUris: [`${desk}${deskReturn}`] }
}
