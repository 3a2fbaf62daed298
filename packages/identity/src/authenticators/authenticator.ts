import type { Language, Text } from '@sapan/kernel'

export type AuthenticatorKind = 'passkey' | 'totp' | 'password' | 'recovery-codes' | 'external'

/** What a person proves with that it is them, as its owner sees it. */
export interface Authenticator {
  readonly id: string
  readonly kind: AuthenticatorKind
  /** What its owner calls it; of an outside provider, its code. */
  readonly name: string
  /** What an outside provider is called. */
  readonly provider?: Text
  /** Milliseconds since 1970. */
  readonly addedAt: number
  readonly usedAt: number | undefined
  /** Of a passkey. */
  readonly passkey?: {
    /** Its owner's devices may share it. */
    readonly isSynced: boolean
    readonly isBackedUp: boolean
    readonly isHardware: boolean
  }
  /** Of recovery codes: how many were not used yet. */
  readonly codesLeft?: number
}

/** What a page calls it. */
export function shownWay({ name, kind, provider }: Authenticator, language: Language): string {
  return provider?.[language] ?? (name || kindNames[kind][language])
}

/** What was proved: by whom, with what, and how sure that makes it. */
export interface Proof {
  readonly account: string
  /** A code of the country's list. */
  readonly aal: string
  /** Authentication method references (RFC 8176). */
  readonly amr: readonly string[]
  /** Ids of the authenticators that were used. */
  readonly authenticators: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
}

/** What each kind is called, as part of a sentence. */
export const kindNames: Readonly<Record<AuthenticatorKind, Text>> = {
  passkey: { th: 'พาสคีย์', en: 'passkey' },
  totp: { th: 'แอปรหัสผ่านครั้งเดียว', en: 'code app' },
  password: { th: 'รหัสผ่าน', en: 'password' },
  'recovery-codes': { th: 'รหัสกู้คืน', en: 'recovery codes' },
  external: { th: 'ผู้ให้บริการภายนอก', en: 'outside provider' },
}
