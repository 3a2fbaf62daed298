import type { Signer } from '@sapan/trust'

/** An operator by what the issuer calls them. */
export interface NamedOperator {
  /** `sub` of the ID token, as the issuer gives it to this client. */
  readonly subject: string
  /** How pages and logs call them. */
  readonly name: string
  /** The members that they look after; absent: they run the gateway itself. */
  readonly members?: readonly string[]
  /** Of who looks after single members; who runs the gateway may do everything. */
  readonly role?: 'look' | 'change'
  readonly opens?: boolean
}

/** What the list says of an operator, in one way of writing. */
export function listingOf({ subject, members, role = 'look', opens = false }: NamedOperator): string {
  return JSON.stringify([subject, members ?? null, role, opens])
}

/** Signing in through an issuer (OpenID Connect), as any client of it. */
export interface OpenidOptions {
  readonly issuer: string
  readonly clientId: string
  /** ECDSA with P-256: by it this client proves itself (RFC 7523). */
  readonly signer: Signer
  /** One of these is demanded of a sign-in; absent: whatever the issuer asks of people. */
  readonly acrValues?: readonly string[]
  readonly operators: readonly NamedOperator[]
  /** The token of whoever runs all of it. */
  readonly adminToken: string
}
