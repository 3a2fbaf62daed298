import type { Text } from '@sapan/kernel'
import { Type } from 'typebox'

/**
 * What the center publishes: who is a member, which gateways and certificates speak for whom, which services
 * exist, which grants are in force and what was revoked. One document, signed, with a version that only grows
 * and a validity time. Times are ISO 8601 in UTC; certificates are DER in base64.
 */
export interface Directory {
  readonly instance: string
  readonly version: number
  readonly issuedAt: string
  readonly validUntil: string
  readonly members: readonly DirectoryMember[]
  readonly gateways: readonly DirectoryGateway[]
  readonly services: readonly DirectoryService[]
  readonly grants: readonly DirectoryGrants[]
  readonly revoked: readonly Revocation[]
  /** Certificates of the online issuers, the newest first. */
  readonly issuers: readonly string[]
  /** Time-stamp authorities, the newest certificate first. */
  readonly timestamping: readonly TimestampingService[]
  readonly witnesses: readonly DirectoryWitness[]
  readonly subjectTokens: readonly SubjectTokenIssuer[]
}

export type MemberClass = 'GOV' | 'LOC' | 'COM' | 'NGO'

export interface DirectoryMember {
  /** `TH/GOV/DOPA`. */
  readonly id: string
  readonly class: MemberClass
  readonly name: Text
  readonly subsystems: readonly { readonly code: string; readonly name: Text }[]
  /** Signing certificates in force. */
  readonly signing: readonly string[]
  /** The keys of the member's evidence log, one for each epoch, the oldest first. */
  readonly log: readonly DirectoryLogKey[]
  /** Gateways that speak for the member. */
  readonly gateways: readonly string[]
}

export interface DirectoryLogKey {
  readonly origin: string
  /** C2SP signed-note verifier key. */
  readonly vkey: string
  readonly epoch: number
}

export interface DirectoryGateway {
  /** `TH/GOV/DOPA/gateway-1`. */
  readonly id: string
  readonly owner: string
  /** Where other gateways reach it: `https://host:port`. */
  readonly peer: string
  /** TLS certificates in force. */
  readonly tls: readonly string[]
  /** Signature algorithms that it understands. */
  readonly algorithms: readonly string[]
}

export interface DirectoryService {
  readonly id: string
  readonly title: Text
  readonly personal: boolean
  /** Lower-case hex SHA-256 of the service's OpenAPI description. */
  readonly openapi: string
}

export interface DirectoryGrants {
  readonly provider: string
  /** Lower-case hex SHA-256 of each grant's compact JWS. */
  readonly hashes: readonly string[]
}

export interface Revocation {
  /** Lower-case hex SHA-256 of the certificate. */
  readonly fingerprint: string
  readonly at: string
  readonly reason: string
}

export interface TimestampingService {
  readonly url: string
  readonly certificate: string
}

export interface DirectoryWitness {
  readonly name: string
  readonly vkey: string
  /** The C2SP tlog-witness prefix; `/add-checkpoint` comes after it. */
  readonly url: string
}

/** Who vouches for people: signs their questions, their consents, and who acts. Keys are JWKs (RFC 7517). */
export interface SubjectTokenIssuer {
  readonly issuer: string
  /** The key that signs now. */
  readonly jwk: Readonly<Record<string, unknown>>
  /** Keys that hold beside it: the one before, the one to come. */
  readonly keys?: readonly Readonly<Record<string, unknown>>[]
  /** Where its status lists lie: every list's address is this, a slash and a name. */
  readonly statusLists?: string
  /** To which gateways encrypt hints for it (X25519, RFC 8037); none where it takes none. */
  readonly hints?: Readonly<Record<string, unknown>>
}

/** The JWS `typ` of a directory (RFC 7515 §4.1.9). */
export const directoryType = 'sapan-directory+jws'

const text = Type.Object({ th: Type.String(), en: Type.String() })
const time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$' })
const hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const certificate = Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$' })

/** The shape of a directory on the wire. Members that are not known here are ignored by readers. */
export const directorySchema = Type.Object({
  instance: Type.String({ minLength: 1 }),
  version: Type.Integer({ minimum: 1 }),
  issuedAt: time,
  validUntil: time,
  members: Type.Array(
    Type.Object({
      id: Type.String(),
      class: Type.Union([Type.Literal('GOV'), Type.Literal('LOC'), Type.Literal('COM'), Type.Literal('NGO')]),
      name: text,
      subsystems: Type.Array(Type.Object({ code: Type.String(), name: text })),
      signing: Type.Array(certificate),
      log: Type.Array(
        Type.Object({ origin: Type.String(), vkey: Type.String(), epoch: Type.Integer({ minimum: 1 }) }),
      ),
      gateways: Type.Array(Type.String()),
    }),
  ),
  gateways: Type.Array(
    Type.Object({
      id: Type.String(),
      owner: Type.String(),
      peer: Type.String(),
      tls: Type.Array(certificate),
      algorithms: Type.Array(Type.String()),
    }),
  ),
  services: Type.Array(
    Type.Object({ id: Type.String(), title: text, personal: Type.Boolean(), openapi: hash }),
  ),
  grants: Type.Array(Type.Object({ provider: Type.String(), hashes: Type.Array(hash) })),
  revoked: Type.Array(Type.Object({ fingerprint: hash, at: time, reason: Type.String() })),
  issuers: Type.Array(certificate),
  timestamping: Type.Array(Type.Object({ url: Type.String(), certificate })),
  witnesses: Type.Array(Type.Object({ name: Type.String(), vkey: Type.String(), url: Type.String() })),
  subjectTokens: Type.Array(
    Type.Object({
      issuer: Type.String(),
      jwk: Type.Record(Type.String(), Type.Unknown()),
      keys: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()))),
      statusLists: Type.Optional(Type.String()),
      hints: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    }),
  ),
})
