import type { Directory, DirectoryStanding, EvidenceStatus, Grant } from '@sapan/exchange'
import type { Text } from '@sapan/kernel'

/** What the operator's API of a gateway answers, as far as pages show it. */
export interface GatewayStatus {
  readonly gateway: string
  readonly members: readonly string[]
  readonly directory: DirectoryStanding
  readonly evidence: EvidenceStatus
  readonly certificates: readonly CertificateRow[]
  readonly services: number
  readonly grants: { readonly issued: number; readonly held: number }
}

export interface CertificateRow {
  readonly fingerprint: string
  readonly use: 'signing' | 'tls'
  readonly holder: string
  readonly notAfter: string
  readonly daysLeft: number
}

export interface GrantRow {
  readonly hash: string
  readonly grant: Grant
}

export interface Grants {
  readonly issued: readonly GrantRow[]
  readonly held: readonly (GrantRow & { readonly published: boolean })[]
}

export interface OperationRow {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: Text
  readonly fields: readonly string[]
  readonly query: readonly string[]
}

export interface ServiceRow {
  readonly id: string
  readonly member: string
  readonly title: Text
  readonly personal: boolean
  readonly url: string
  readonly timeoutMs: number
  readonly evidence: 'full' | 'digest'
  readonly openapi: string
  readonly operations: readonly OperationRow[]
}

export interface CredentialRow {
  readonly id: string
  readonly kind: 'certificate' | 'oauth'
  readonly name: string
  readonly subsystems: readonly string[]
}

export interface GdxConsumerRow {
  readonly id: string
  readonly name: string
  readonly key: string
  readonly subsystem: string
  readonly lastUsed: string | null
  readonly lockedUntil: string | null
}

export interface GdxRow {
  readonly path: string
  readonly conditions: Readonly<Record<string, string>>
  readonly target: string
  readonly purpose: string | null
}

export interface GdxState {
  readonly enabled: boolean
  readonly weakPoints: readonly Text[]
  readonly wayOff: readonly Text[]
  readonly consumers: readonly GdxConsumerRow[]
  readonly routes: readonly GdxRow[]
}

export interface MessageRow {
  readonly number: number
  readonly message: string
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly state: string
  readonly problem?: string
  readonly reason?: string
  readonly attempts: number
  readonly queuedAt?: string
  readonly deliveredAt?: string
  readonly expiresAt: string
}

export interface FollowedRow {
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly place: string | null
  readonly problem?: string
  readonly takenAt?: string
}

export interface HeldDirectory {
  readonly standing: DirectoryStanding
  readonly directory: Directory
}

export interface OperatorRow {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
  readonly role: 'look' | 'change'
  readonly opens: boolean
  readonly origins: readonly string[]
}
