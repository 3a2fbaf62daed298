import type { Text } from '@sapan/kernel'
import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const
const text = Type.Object(
  { th: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ minLength: 1, maxLength: 200 }) },
  strict,
)
const address = Type.String({ minLength: 1, maxLength: 2000 })
const oneOf = <const C extends string>(codes: readonly C[]) => Type.Enum([...codes])

/** How a client proves that it is itself. `none` is for apps that can keep no secret: PKCE protects their codes. */
export const clientAuthentications = [
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
  'client_secret_basic',
  'none',
] as const

export const clientSettingsSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$' }),
    /** The member that runs it: `TH/GOV/DOPA`. Absent for the house's own faces. */
    member: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]+(/[A-Za-z0-9-]+){1,3}$' })),
    names: text,
    /** For what it wants to know the person; shown when they are asked for consent. */
    purpose: Type.Optional(text),
    profile: oneOf(['fapi2', 'basic']),
    authentication: oneOf(clientAuthentications),
    jwks: Type.Optional(
      Type.Object({
        keys: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1, maxItems: 20 }),
      }),
    ),
    jwksUri: Type.Optional(address),
    /** For `tls_client_auth`: one of the certificate's names (RFC 8705 §2.1.2). */
    tlsSubject: Type.Optional(
      Type.Object(
        { kind: oneOf(['dn', 'dns', 'uri', 'ip', 'email']), value: Type.String({ minLength: 1 }) },
        strict,
      ),
    ),
    /** To what its tokens are bound. `fapi2` needs one. */
    bound: Type.Optional(oneOf(['dpop', 'mtls'])),
    redirectUris: Type.Array(address, { maxItems: 20 }),
    postLogoutRedirectUris: Type.Optional(Type.Array(address, { maxItems: 20 })),
    backchannelLogoutUri: Type.Optional(address),
    scopes: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_]*$' }), { minItems: 1 }),
    /** The level that each sign-in must have reached. */
    least: Type.Optional(
      Type.Object({ ial: Type.Optional(Type.String()), aal: Type.Optional(Type.String()) }, strict),
    ),
    /** Whether it gets refresh tokens. */
    refresh: Type.Optional(Type.Boolean()),
    /** Whether it may exchange a person's token for one with which to act at agencies (RFC 8693). */
    exchange: Type.Optional(Type.Boolean()),
    /** Whether its system may ask people for consents (`/api/consents`), with a token of its own. */
    consents: Type.Optional(Type.Boolean()),
    /** Asks people on another device (OpenID CIBA). */
    ciba: Type.Optional(
      Type.Object({ mode: oneOf(['poll', 'ping']), notify: Type.Optional(address) }, strict),
    ),
    idTokenAlgorithm: Type.Optional(oneOf(['ES256', 'PS256', 'EdDSA', 'RS256'])),
  },
  strict,
)

/** What a client is registered with; `checkSettings` says which of it go together. */
export type ClientSettings = Static<typeof clientSettingsSchema>

/** A registered client. */
export interface OidcClient {
  readonly settings: ClientSettings
  /** One of the house's own faces: needs no consent, and is told the account itself. */
  readonly own: boolean
  readonly names: Text
  readonly createdAt: number
  readonly createdBy: string
  readonly changedAt: number
  readonly changedBy: string
  readonly disabledAt: number | undefined
}
