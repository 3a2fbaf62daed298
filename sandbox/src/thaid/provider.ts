import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import Provider, { type ClientMetadata, type Configuration, type JWK } from 'oidc-provider'
import type { ThaidPerson } from './people.ts'

/** A scope, and the claims that it brings. The names are the sandbox's; the real app's were not looked at. */
const CLAIMS = {
  openid: ['sub', 'ial'],
  pid: ['pid'],
  name: ['given_name', 'family_name', 'given_name_en', 'family_name_en'],
  birthdate: ['birthdate'],
  gender: ['gender'],
}
const SCOPES = Object.keys(CLAIMS)

/** The level at which the app knows people. */
const IAL = '2.3'

/** Not the number, which a client that did not ask for it must not learn. */
export function subjectOf(nationalId: string): string {
  return createHash('sha256').update(`sandbox thaid ${nationalId}`).digest('base64url')
}

function claimsOf(person: ThaidPerson): Record<string, string> & { sub: string } {
  return {
    sub: subjectOf(person.nationalId),
    ial: IAL,
    pid: person.nationalId,
    given_name: person.given.th,
    family_name: person.family.th,
    given_name_en: person.given.en,
    family_name_en: person.family.en,
    birthdate: person.birthDate,
    gender: person.sex,
  }
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'sandbox' } as JWK
}

/** A provider in memory: who signs in with it again after a restart begins anew. */
export function createProvider(
  issuer: string,
  clients: readonly ClientMetadata[],
  find: (subject: string) => ThaidPerson | undefined,
): Provider {
  const configuration: Configuration = {
    clients: clients.map((client) => ({ id_token_signed_response_alg: 'ES256', ...client })),
    jwks: { keys: [signingKey()] },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      // Origins on localhost share their cookies.
      names: {
        session: 'sandbox-thaid',
        interaction: 'sandbox-thaid-choice',
        resume: 'sandbox-thaid-resume',
      },
    },
    claims: CLAIMS,
    scopes: SCOPES,
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    pkce: { required: () => true },
    responseTypes: ['code'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    interactions: { url: (_, { uid }) => `/choose/${uid}` },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 300, IdToken: 300 },
    findAccount: (_, subject) => {
      const person = find(subject)
      return person && { accountId: subject, claims: () => claimsOf(person) }
    },
    // Choosing a person is consent enough here.
    loadExistingGrant: async (context) => {
      const { oidc } = context
      const [clientId, accountId] = [oidc.client?.clientId, oidc.session?.accountId]
      if (clientId === undefined || accountId === undefined) return undefined
      const grant = new oidc.provider.Grant({ clientId, accountId })
      grant.addOIDCScope(SCOPES.join(' '))
      await grant.save()
      return grant
    },
  }
  return new Provider(issuer, configuration)
}
