import { Problem } from '@sapan/kernel'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { relyingPartyProblems } from '../problems/relying-party.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'
/** A token that is older than this is not taken (seconds); who has one again ends nothing that began later. */
const oldest = 300

/** What a logout token ends. */
export interface LoggedOut {
  readonly session: string | undefined
  readonly account: string | undefined
  readonly at: number
}

/** Reads logout tokens of an issuer for one client. */
export function createLogoutTokens(
  issuer: string,
  clientId: string,
  clock: () => number,
): (token: string, jwksUri: string) => Promise<LoggedOut> {
  let keys: { uri: string; set: ReturnType<typeof createRemoteJWKSet> } | undefined

  /** OpenID Connect Back-Channel Logout 1.0 §2.6. Throws `face-logout-token-invalid`. */
  return async (token, jwksUri) => {
    if (keys?.uri !== jwksUri) keys = { uri: jwksUri, set: createRemoteJWKSet(new URL(jwksUri)) }
    try {
      const { payload } = await jwtVerify(token, keys.set, {
        typ: 'logout+jwt',
        issuer,
        audience: clientId,
        algorithms: ['ES256', 'PS256', 'EdDSA', 'RS256'],
        maxTokenAge: oldest,
        clockTolerance: 10,
        requiredClaims: ['jti', 'iat', 'events'],
        currentDate: new Date(clock()),
      })
      return loggedOut(payload)
    } catch (cause) {
      throw new Problem(relyingPartyProblems['face-logout-token-invalid'], { cause })
    }
  }
}

function loggedOut({ sub, sid, iat = 0, events, nonce }: JWTPayload): LoggedOut {
  const isLogout = typeof events === 'object' && events !== null && event in events
  const session = typeof sid === 'string' ? sid : undefined
  if (!isLogout || nonce !== undefined || (sub === undefined && session === undefined)) {
    throw new Error('not a logout token')
  }
  return { session, account: sub, at: iat * 1000 }
}
