import { createHash } from 'node:crypto'
import { type Clock, Problem } from '@sapan/kernel'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose'
import type { AccessToken, ClientCredentials, Provider } from 'oidc-provider'
import { providerProblems } from '../problems/provider.ts'
import { factsOf } from './facts.ts'

/** A call to an API of the house, as it came. */
export interface SystemCall {
  readonly method: string
  /** The address that was called, without a query. */
  readonly url: string
  /** What its token must let it do. */
  readonly scope: string
  readonly authorization: string | undefined
  readonly dpop: string | undefined
}

/** The agency's system that calls. */
export interface SystemCaller {
  readonly client: string
  readonly member: string
}

export interface SystemCallerGround {
  readonly clock: Clock
  readonly provider: () => Promise<Provider>
}

const algorithms = ['ES256', 'PS256', 'EdDSA', 'Ed25519']
/** Seconds that a proof may be old, or ahead of our clock. */
const freshness = 60

/**
 * Which agency's system calls, by the access token that it got for itself (client credentials, RFC 6749 §4.4). A token
 * that is bound to a key needs a proof of it for this very call (RFC 9449 §4.3), used once. Throws
 * `system-token-needed`.
 */
export function systemCaller(ground: SystemCallerGround): (call: SystemCall) => Promise<SystemCaller> {
  return async (call) => {
    const [, scheme = '', value = ''] =
      /^(Bearer|DPoP) ([\w.~+/-]{1,512}=*)$/i.exec(call.authorization ?? '') ?? []
    const provider = await ground.provider()
    const token = value === '' ? undefined : await provider.ClientCredentials.find(value)
    if (!token?.isValid || !token.scopes.has(call.scope)) throw needed()
    const client = await provider.Client.find(token.clientId ?? '')
    const member = client && factsOf(client).member
    if (client === undefined || member === undefined) throw needed()
    await refuseUnproven(ground, call, { token, value, scheme: scheme.toLowerCase() })
    return { client: client.clientId, member }
  }
}

function needed(): Problem {
  return new Problem(providerProblems['system-token-needed'])
}

interface Shown {
  readonly token: ClientCredentials | AccessToken
  readonly value: string
  readonly scheme: string
}

/** Throws `system-token-needed` where a token that is bound to a key comes without a proof of it for this call. */
export async function refuseUnproven(
  ground: SystemCallerGround,
  call: SystemCall,
  { token, value, scheme }: Shown,
): Promise<void> {
  // A certificate that ended at a proxy is not seen here: such a client binds its token to a key instead.
  if (token['x5t#S256'] !== undefined) throw needed()
  if (token.jkt === undefined) {
    if (scheme !== 'bearer') throw needed()
    return
  }
  if (scheme !== 'dpop' || call.dpop === undefined) throw needed()
  const { jti, thumbprint } = await readProof(ground, call, { proof: call.dpop, value })
  if (thumbprint !== token.jkt || !(await isFirst(ground, token.clientId ?? '', jti))) throw needed()
}

/** Throws `system-token-needed` for a proof that is not of this call, this token and now. */
async function readProof(
  { clock }: SystemCallerGround,
  { method, url }: SystemCall,
  { proof, value }: { readonly proof: string; readonly value: string },
): Promise<{ readonly jti: string; readonly thumbprint: string }> {
  const now = clock()
  const read = await jwtVerify(proof, EmbeddedJWK, {
    typ: 'dpop+jwt',
    algorithms,
    currentDate: new Date(now),
    requiredClaims: ['jti', 'htm', 'htu', 'iat', 'ath'],
  }).catch(() => {
    throw needed()
  })
  const { jti, htm, htu, iat = 0, ath } = read.payload
  const isFresh = Math.abs(now / 1000 - iat) <= freshness
  const isOfToken = ath === createHash('sha256').update(value).digest('base64url')
  const isOfCall = htm === method && addressOf(htu) === addressOf(url)
  const { jwk } = read.protectedHeader
  if (!isFresh || !isOfToken || !isOfCall || !jwk || jti === undefined || jti.length > 200) throw needed()
  return { jti, thumbprint: await calculateJwkThumbprint(jwk) }
}

/** Compared without query and fragment (RFC 9449 §4.3). */
function addressOf(uri: unknown): string | undefined {
  const url = typeof uri === 'string' ? URL.parse(uri) : null
  return url === null ? undefined : `${url.origin}${url.pathname.replace(/\/$/, '')}`
}

/** In whatever process: of two uses at once the database lets one through. */
async function isFirst(
  { clock, provider }: SystemCallerGround,
  client: string,
  jti: string,
): Promise<boolean> {
  const { ReplayDetection } = await provider()
  const till = Math.floor(clock() / 1000) + 2 * freshness
  return await ReplayDetection.unique(client, `api ${jti}`, till).catch(() => false)
}
