import { redirectUri, systemClient } from './orders.ts'
import type { BenchClient } from './population.ts'
import { systemKeys } from './system.ts'

export const realmName = 'bench'

/**
 * A realm as Keycloak imports it. What is asked of it is what is asked of the others: PKCE, ES256, refresh tokens that rotate.
 * A password is hashed once only: what a hash costs on purpose is not to be compared with a passkey's signature.
 */
export function keycloakRealm(
  { client, systemKey }: { readonly client: BenchClient; readonly systemKey: string },
  people: number,
  password: string,
): object {
  return {
    realm: realmName,
    enabled: true,
    sslRequired: 'none',
    defaultSignatureAlgorithm: 'ES256',
    revokeRefreshToken: true,
    refreshTokenMaxReuse: 0,
    bruteForceProtected: false,
    passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
    clients: [clientOf(client), systemOf(systemKey)],
    users: Array.from({ length: people }, (_, number) => personOf(number, password)),
  }
}

function clientOf({ id, secret }: BenchClient): object {
  return {
    clientId: id,
    secret,
    enabled: true,
    protocol: 'openid-connect',
    publicClient: false,
    clientAuthenticatorType: 'client-secret',
    standardFlowEnabled: true,
    directAccessGrantsEnabled: false,
    redirectUris: [redirectUri],
    // Who asks about a token must be whom it is for.
    protocolMappers: [
      {
        name: 'audience',
        protocol: 'openid-connect',
        protocolMapper: 'oidc-audience-mapper',
        config: {
          'included.client.audience': id,
          'access.token.claim': 'true',
          'introspection.token.claim': 'true',
        },
      },
    ],
    attributes: {
      'pkce.code.challenge.method': 'S256',
      'id.token.signed.response.alg': 'ES256',
      'access.token.signed.response.alg': 'ES256',
    },
  }
}

function systemOf(systemKey: string): object {
  return {
    clientId: systemClient,
    enabled: true,
    protocol: 'openid-connect',
    publicClient: false,
    clientAuthenticatorType: 'client-jwt',
    standardFlowEnabled: false,
    serviceAccountsEnabled: true,
    attributes: {
      'use.jwks.string': 'true',
      'jwks.string': JSON.stringify(systemKeys(systemKey)),
      'token.endpoint.auth.signing.alg': 'ES256',
      'access.token.signed.response.alg': 'ES256',
    },
  }
}

function personOf(number: number, password: string): object {
  return {
    username: `person-${number}`,
    enabled: true,
    emailVerified: true,
    email: `person-${number}@example.org`,
    firstName: 'Somying',
    lastName: 'Jaidee',
    credentials: [{ type: 'password', value: password, temporary: false }],
  }
}
