import type { KeyObject } from 'node:crypto'
import { hash } from 'node:crypto'
import type { Text } from '@sapan/kernel'
import { readJws, type Signer, signJws } from '@sapan/trust'
import type { MemberId, ServiceId, SubsystemId } from '../identifier.ts'
import type { ActorKind } from '../tokens/actor-token.ts'
import { readGrantPayload } from './payload.ts'

/** What a grant allows of one operation. */
export interface GrantedOperation {
  /** Dotted paths into the answer, arrays transparent, each with all below it; `*` for everything. */
  readonly fields: readonly string[]
  /** Names of query parameters. */
  readonly query: readonly string[]
  /** Names of answer headers, beside those that every answer may have. */
  readonly headers?: readonly string[]
}

/** The permission that a provider gives to one subsystem of a consumer. Denied is whatever it does not name. */
export interface Grant {
  readonly id: string
  readonly consumer: SubsystemId
  readonly service: ServiceId
  readonly provider: MemberId
  /** By operationId of the service's description. */
  readonly operations: Readonly<Record<string, GrantedOperation>>
  /** Kebab-case: `tax-assessment`. */
  readonly purpose: string
  readonly law: { readonly act: Text; readonly section: string }
  readonly rate: { readonly calls: number; readonly seconds: number } | null
  /** RFC 3339, UTC: valid from then on. */
  readonly notBefore: string
  /** RFC 3339, UTC: no longer valid from then on. */
  readonly expires: string
  /** Whether each call needs the person's consent. */
  readonly consent: boolean
  /** RFC 3339, UTC: by law, accesses under this grant are not shown to their subjects before then. */
  readonly withheldUntil?: string
  /** As whom somebody must be proven to act; where it is absent, calls without an actor are answered too. */
  readonly actor?: ActorKind
}

/** `typ` of a grant's JWS. */
export const grantType = 'sapan-grant+jws'

export interface GrantSigning {
  /** The providing member's signing key. */
  readonly signer: Signer
  /** DER, the signer's certificate first. */
  readonly chain: readonly Buffer[]
}

export interface ReadGrant {
  readonly grant: Grant
  readonly hash: string
  /** DER, the signer's certificate first: to be held against the directory by whoever relies on the grant. */
  readonly chain: readonly Buffer[]
  verify(publicKey: KeyObject): boolean
}

/** The grant as a compact JWS. Throws Problem `grant-malformed` for a grant that could not be read again. */
export function signGrant(grant: Grant, { signer, chain }: GrantSigning): string {
  return signJws(readGrantPayload(grant), { signer, type: grantType, chain })
}

/**
 * Reads a grant without trusting it: whoever relies on it checks `verify` with a key that the directory lists for
 * the providing member. Throws Problem `jws-malformed` or `grant-malformed`.
 */
export function readGrant(jws: string): ReadGrant {
  const { payload, chain, verify } = readJws(jws, { type: grantType })
  return { grant: readGrantPayload(payload), hash: grantHash(jws), chain, verify }
}

/** Hex SHA-256 of the compact JWS: what the directory publishes of a grant. */
export function grantHash(jws: string): string {
  return hash('sha256', jws, 'hex')
}
