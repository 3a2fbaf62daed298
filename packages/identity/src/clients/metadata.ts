import type { ClientMetadata, JWKS } from 'oidc-provider'
import type { ClientSettings, OidcClient } from './settings.ts'

/** What the provider keeps of ours beside the metadata of OpenID Connect Registration. */
export interface ClientFacts {
  readonly member?: string
  readonly own: boolean
  readonly profile: ClientSettings['profile']
  readonly names: ClientSettings['names']
  readonly purpose?: ClientSettings['purpose']
  readonly least?: ClientSettings['least']
}

/** What a system's own token must have at `/api/consents`. */
export const consentsScope = 'consents'
export const cibaGrant = 'urn:openid:params:grant-type:ciba'
export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** A client as oidc-provider knows clients. `secretHash` stands where the secret would: it is compared by its hash. */
export function metadataOf(client: OidcClient, secretHash: Buffer | null): ClientMetadata {
  const { settings } = client
  return {
    client_id: settings.id,
    client_name: settings.names.en,
    redirect_uris: settings.redirectUris,
    post_logout_redirect_uris: settings.postLogoutRedirectUris ?? [],
    response_types: settings.redirectUris.length > 0 ? ['code'] : [],
    grant_types: grantsOf(settings),
    scope: [
      ...settings.scopes,
      ...(settings.refresh ? ['offline_access'] : []),
      ...(settings.consents ? [consentsScope] : []),
    ].join(' '),
    id_token_signed_response_alg: settings.idTokenAlgorithm ?? 'ES256',
    ...authenticationOf(settings, secretHash),
    ...boundOf(settings),
    ...subjectOf(settings),
    ...notificationsOf(settings),
    sapan: factsOf(client),
  }
}

function grantsOf({ redirectUris, refresh, ciba, exchange, consents }: ClientSettings): string[] {
  return [
    ...(redirectUris.length > 0 ? ['authorization_code'] : []),
    ...(refresh ? ['refresh_token'] : []),
    ...(ciba ? [cibaGrant] : []),
    ...(exchange ? [exchangeGrant] : []),
    ...(consents ? ['client_credentials'] : []),
  ]
}

function authenticationOf(settings: ClientSettings, secretHash: Buffer | null): Partial<ClientMetadata> {
  const { jwks, jwksUri, tlsSubject } = settings
  return {
    token_endpoint_auth_method: settings.authentication,
    ...(secretHash === null ? {} : { client_secret: secretHash.toString('base64url') }),
    ...(jwks ? { jwks: jwks as JWKS } : {}),
    ...(jwksUri === undefined ? {} : { jwks_uri: jwksUri }),
    ...(tlsSubject ? { [tlsNames[tlsSubject.kind]]: tlsSubject.value } : {}),
  }
}

const tlsNames = {
  dn: 'tls_client_auth_subject_dn',
  dns: 'tls_client_auth_san_dns',
  uri: 'tls_client_auth_san_uri',
  ip: 'tls_client_auth_san_ip',
  email: 'tls_client_auth_san_email',
} as const

function boundOf({ bound, profile, redirectUris }: ClientSettings): Partial<ClientMetadata> {
  return {
    dpop_bound_access_tokens: bound === 'dpop',
    tls_client_certificate_bound_access_tokens: bound === 'mtls',
    require_pushed_authorization_requests: profile === 'fapi2' && redirectUris.length > 0,
  }
}

/**
 * The sector is the member, whatever hosts its addresses have; oidc-provider wants a sector as an address, which is
 * never fetched (`sectorIdentifierUriValidate`).
 */
function subjectOf({ member }: ClientSettings): Partial<ClientMetadata> {
  return member === undefined
    ? { subject_type: 'public' }
    : { subject_type: 'pairwise', sector_identifier_uri: `https://sector.invalid/${member}` }
}

function notificationsOf({ backchannelLogoutUri, ciba }: ClientSettings): Partial<ClientMetadata> {
  return {
    ...(backchannelLogoutUri === undefined
      ? {}
      : { backchannel_logout_uri: backchannelLogoutUri, backchannel_logout_session_required: true }),
    ...(ciba ? { backchannel_token_delivery_mode: ciba.mode } : {}),
    ...(ciba?.notify === undefined ? {} : { backchannel_client_notification_endpoint: ciba.notify }),
  }
}

function factsOf({ settings, own }: OidcClient): ClientFacts {
  const { member, profile, names, purpose, least } = settings
  return {
    own,
    profile,
    names,
    ...(member === undefined ? {} : { member }),
    ...(purpose ? { purpose } : {}),
    ...(least ? { least } : {}),
  }
}
