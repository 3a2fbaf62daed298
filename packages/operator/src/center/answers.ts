import type { CenterHealth, MemberClass } from '@sapan/exchange'
import type { Text } from '@sapan/kernel'

/** What the center's API answers, as far as pages show it. */
export type { CenterHealth }

export interface MemberRow {
  readonly id: string
  readonly class: MemberClass
  readonly name: Text
  readonly subsystems: readonly { readonly code: string; readonly name: Text }[]
}

export interface GatewayRow {
  readonly id: string
  readonly owner: string
  readonly peer: string
  readonly hosts: readonly string[]
  readonly members: readonly string[]
}

export interface CertificateRow {
  readonly fingerprint: string
  readonly use: string
  readonly holder: string
  readonly gateway: string | null
  readonly notAfter: string
  readonly revoked: { readonly at: string; readonly reason: string } | null
}

export interface ChangeRow {
  readonly id: number
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
}

export interface Contradiction {
  readonly id: number
  readonly origin: string
  readonly reason: string
  readonly at: string
}
