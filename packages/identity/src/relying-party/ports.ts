import type { Clock, Language, Logger, Pool, Text } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { SiteCookies } from '@sapan/ui'
import type { Levels } from '../levels/level.ts'
import type { DutyTerm } from '../officers/country.ts'
import type { Visitor } from '../visitor.ts'

/** A session at the issuer, of an account. */
export interface IssuerSession {
  readonly account: string
  readonly session: string
}

/** What has become of it. */
export interface SessionState {
  /** False where it was revoked, or the account is frozen or closed. */
  readonly lives: boolean
  /** The account's level now, which proofing may have raised since the sign-in. */
  readonly ial?: string
}

/** What a visitor chose to be at this face, and still may be. */
export type Role = Pick<Visitor, 'acting' | 'officer'>

/**
 * What of the visitor's choice holds now: a mandate may have ended, an appointment too. At the desk without a choice:
 * the first appointment. Asked at every request.
 */
export type RolePort = (
  of: IssuerSession & { readonly mandate?: string; readonly appointment?: string },
  language: Language,
) => Promise<Role>

export interface RelyingPartyOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  readonly levels: Levels
  /** The face's own schema; migrated from `relyingPartyMigrations`. */
  readonly schema: 'portal' | 'desk'
  /** The face's origin, and its cookies. */
  readonly origin: string
  readonly cookies: SiteCookies
  readonly issuer: string
  readonly clientId: string
  /** Of `private_key_jwt` (RFC 7523): ES256, with the id under which the client's `jwks` has it. */
  readonly clientKey: { readonly key: CryptoKey; readonly kid: string }
  /** How the account's person is called; asked at sign-in. */
  nameOf(account: string): Promise<Text>
  /** Asked at every request of somebody signed in, so that what is frozen or revoked ends with the next one. */
  sessionState(session: IssuerSession): Promise<SessionState>
  /** Ends it at the issuer and everywhere: when somebody signs out here. */
  endSession(session: IssuerSession): Promise<void>
  /** Absent: nobody acts for another here, and nobody works as an officer. */
  readonly roleOf?: RolePort
  /** How the country calls duties, so that whoever lacks one learns which. */
  readonly duties?: readonly Pick<DutyTerm, 'code' | 'name'>[]
  /** Where a level of identity is raised: `/me/proofing`. Absent: at the issuer. */
  readonly proofingPath?: string
  readonly lifetimes?: Partial<Lifetimes>
}

/** Seconds. */
export interface Lifetimes {
  /** Without a request. */
  readonly idle: number
  /** Whatever happens. */
  readonly absolute: number
  /** From the first step of a sign-in to the last; also how long a form is kept. */
  readonly attempt: number
}

export const lifetimesByDefault: Lifetimes = { idle: 30 * 60, absolute: 12 * 3600, attempt: 30 * 60 }
