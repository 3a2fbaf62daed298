import { redirectUri } from './orders.ts'
import type { BenchClient } from './population.ts'

export const realmName = 'bench'

/**
 * A realm as Keycloak imports it. What is asked of it is what is asked of the others: PKCE, ES256, refresh tokens that rotate.
 * A password is hashed once only: what a hash costs on purpose is not to be compared with a passkey's signature.
 */
export function keycloakRealm(client: BenchClient, people: number, password: string): object {
  return {
    realm: realmName,
    enabled: true,
    sslRequired: 'none',
    defaultSignatureAlgorithm: 'ES256',
    revokeRefreshToken: true,
    refreshTokenMaxReuse: 0,
    bruteForceProtected: false,
    passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
    clients: [clientOf(client)],
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
    attributes: {
      'pkce.code.challenge.method': 'S256',
      'id.token.signed.response.alg': 'ES256',
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
