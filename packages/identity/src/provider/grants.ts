import type { Clock } from '@sapan/kernel'
import type { Grant, KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { ClaimsConsent, ClaimsConsents } from './consents.ts'
import { factsOf } from './facts.ts'

/** At most so long does a grant live: longer than any token under it. Seconds. */
export const grantLifetime = 60 * 86_400

/**
 * oidc-provider's `loadExistingGrant`. A grant belongs to one session with one client, so that what is revoked with it
 * (a stolen refresh token's family) is of that session alone; what the person agreed to lies beside it and outlives it.
 */
export function loadGrant(consents: ClaimsConsents, clock: Clock) {
  return async (ctx: KoaContextWithOIDC): Promise<Grant | undefined> => {
    const { oidc } = ctx
    const { client, account, session } = oidc
    if (!client || !account) return undefined
    const id = oidc.result?.consent?.grantId ?? session?.grantIdFor(client.clientId)
    const grant = id === undefined ? undefined : await oidc.provider.Grant.find(id)
    if (factsOf(client).own) return await ownGrant(ctx, grant, account.accountId, client.clientId)
    if (grant) return grant
    const consent = await consents.live(account.accountId, client.clientId)
    return consent && (await grantOf(oidc.provider, account.accountId, consent, clock()))
  }
}

/** A grant as far as a consent goes, kept. */
export async function grantOf(
  provider: Provider,
  account: string,
  consent: ClaimsConsent,
  now: number,
): Promise<Grant> {
  const grant = new provider.Grant({ accountId: account, clientId: consent.client })
  grant.addOIDCScope([...consent.scopes])
  if (consent.claims.length > 0) grant.addOIDCClaims([...consent.claims])
  if (consent.refused.length > 0) grant.rejectOIDCClaims([...consent.refused])
  const left = Math.floor((consent.expiresAt - now) / 1000)
  Object.assign(grant, { expiresIn: Math.max(1, Math.min(left, grantLifetime)) })
  await grant.save()
  return grant
}

/** The house's own faces are told what they ask for: they show people their own data, to themselves. */
async function ownGrant(
  { oidc }: KoaContextWithOIDC,
  given: Grant | undefined,
  account: string,
  client: string,
): Promise<Grant> {
  const grant = given ?? new oidc.provider.Grant({ accountId: account, clientId: client })
  const scopes = missingFrom(grant.getOIDCScopeEncountered().split(' '), oidc.requestParamOIDCScopes)
  const claims = missingFrom(grant.getOIDCClaimsEncountered(), oidc.requestParamClaims)
  if (scopes.length > 0) grant.addOIDCScope(scopes)
  if (claims.length > 0) grant.addOIDCClaims(claims)
  if (given === undefined || scopes.length + claims.length > 0) await grant.save()
  return grant
}

function missingFrom(known: readonly string[], asked: ReadonlySet<string>): string[] {
  return [...asked].filter((one) => !known.includes(one))
}
