import type { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Language, Text } from '@sapan/kernel'
import type { Level } from '../levels/level.ts'

/** What the provider needs of `account/`. */
export interface ProviderAccounts {
  find(id: string): Promise<ProviderAccount | undefined>
  findByIdentifier(scheme: string, value: string): Promise<ProviderAccount | undefined>
  identifiersOf(id: string): Promise<readonly { scheme: string; value: string; proved: boolean }[]>
  profileOf(id: string): Promise<ProviderProfile | undefined>
}

export interface ProviderAccount {
  readonly id: string
  readonly state: string
  readonly language: Language
  readonly ial: string
}

export interface ProviderProfile {
  readonly givenName: Text
  readonly familyName: Text
  readonly birthDate?: string
  readonly sex?: string
  readonly nationality?: string
}

/** A certificate with which a client came, and whether whoever ended TLS found it to be of an authority they trust. */
export interface ClientCertificate {
  readonly certificate: X509Certificate
  readonly trusted: boolean
}

/** The certificate of a request: of the connection itself, or as the operator's proxy tells it. */
export type CertificateOf = (request: IncomingMessage) => ClientCertificate | undefined

/** Someone asks to act at agencies (RFC 8693 §2.1). */
export interface ActorTokenRequest {
  readonly account: string
  readonly client: string
  /** The client's member; absent for the house's own faces. */
  readonly member?: string
  readonly session?: string
  readonly level: Level
  /** The parameters of the request that say for whom and where: `audience`, `scope`, `mandate`, `appointment`, `case`. */
  readonly parameters: Readonly<Record<string, string>>
  /** Set by the house's own faces: under the mandate something is only prepared. */
  readonly preparing?: boolean
}

/** Throws a `Problem` where the person may not act so; the client is told its code. */
export type IssueActorToken = (request: ActorTokenRequest) => Promise<{ token: string; expiresIn: number }>
