import type { Account, KoaContextWithOIDC } from 'oidc-provider'
import type { Levels } from '../levels/level.ts'
import { takeBroughtAccount } from './brought.ts'
import { factsOf } from './facts.ts'
import type { MandatesOf } from './mandates-claim.ts'
import { nobody } from './nobody.ts'
import type { ProviderAccount, ProviderAccounts, ProviderProfile } from './ports.ts'
import type { AddressOf } from './registered-address.ts'
import type { PairwiseSubjects } from './subjects.ts'

export interface AccountGround {
  readonly hashKey: Uint8Array
  readonly accounts: ProviderAccounts
  readonly levels: Levels
  readonly subjects: PairwiseSubjects
  /** Claims of a scope, by the scope's code. */
  readonly scopeClaims: ReadonlyMap<string, readonly string[]>
  /** The registered address, where the house knows it. */
  readonly addressOf?: AddressOf
  /** For whom they may act at the client's agency. */
  readonly mandatesOf?: MandatesOf
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * oidc-provider's `findAccount`: an account that is open, by its id or by what the client calls it. Where a client asks
 * somebody on another device, one who is not there, or not open, looks like one who is.
 */
export function findAccount(ground: AccountGround) {
  return async (ctx: KoaContextWithOIDC, sub: string): Promise<Account | undefined> => {
    const id = uuid.test(sub) ? sub : ofSubject(ground, ctx, sub)
    const account =
      id === undefined ? undefined : (takeBroughtAccount(id) ?? (await ground.accounts.find(id)))
    if (account?.state !== 'open') {
      const isAsking = ctx.oidc.route === 'backchannel_authentication'
      const none = nobody(ground.hashKey, sub)
      return isAsking ? { accountId: none, claims: () => ({ sub: none }) } : undefined
    }
    followProofing(ground.levels, ctx, account)
    return {
      accountId: account.id,
      claims: async (use, scope, claims) => {
        const wanted = wantedClaims(ground, use, scope, claims)
        if (wanted.size === 0) return { sub: account.id }
        const member = ctx.oidc.client && factsOf(ctx.oidc.client).member
        return { ...(await claimsOf(ground, account, { wanted, member })), sub: account.id }
      },
    }
  }
}

function ofSubject({ subjects }: AccountGround, ctx: KoaContextWithOIDC, sub: string): string | undefined {
  const member = ctx.oidc.client && factsOf(ctx.oidc.client).member
  return member === undefined ? undefined : subjects.accountOf(member, sub)
}

/** Proofing in the middle of a visit raises what the session is good for at once. */
function followProofing(levels: Levels, ctx: KoaContextWithOIDC, account: ProviderAccount): void {
  const { session } = ctx.oidc
  if (session?.accountId !== account.id || session.acr === undefined) return
  const level = levels.levelOf(session.acr)
  if (level === undefined || level.ial === account.ial) return
  session.acr = levels.acrOf({ aal: level.aal, ial: account.ial })
}

/** In an ID token stand only claims that were asked for there; the rest is at the userinfo endpoint (Core §5.4). */
function wantedClaims(
  { scopeClaims }: AccountGround,
  use: string,
  scope: string,
  claims: Readonly<Record<string, unknown>>,
): Set<string> {
  const asked = Object.keys(claims).filter((one) => !protocolClaims.has(one))
  const byScope = use === 'id_token' ? [] : scope.split(' ').flatMap((one) => scopeClaims.get(one) ?? [])
  return new Set([...asked, ...byScope])
}

const protocolClaims = new Set(['sub', 'sid', 'auth_time', 'acr', 'amr', 'iss'])

async function claimsOf(
  { accounts, addressOf, mandatesOf }: AccountGround,
  account: ProviderAccount,
  { wanted, member }: { readonly wanted: ReadonlySet<string>; readonly member: string | undefined },
): Promise<Record<string, unknown>> {
  const known = [...wanted]
  const profile = known.some((one) => !identifierClaims.has(one))
    ? await accounts.profileOf(account.id)
    : undefined
  const identifiers = known.some((one) => identifierClaims.has(one))
    ? await accounts.identifiersOf(account.id)
    : []
  const proved = (scheme: string) => identifiers.find((one) => one.proved && one.scheme === scheme)?.value
  const address = wanted.has('address') ? await addressOf?.(account.id, account.language) : undefined
  const mandates = wanted.has('mandates') ? await mandatesOf?.(account.id, member) : undefined
  const email = proved('email')
  return present({
    ...(profile ? personal(profile, account.language) : {}),
    locale: account.language,
    national_id: proved('national-id'),
    foreigner_number: proved('foreigner-number'),
    email,
    email_verified: email === undefined ? undefined : true,
    address,
    mandates,
  })
}

const identifierClaims = new Set(['national_id', 'foreigner_number', 'email', 'email_verified'])

/** Names in the person's language, and in each (OpenID Connect Core 1.0 §5.2). */
function personal(profile: ProviderProfile, language: 'th' | 'en'): Record<string, unknown> {
  const full = (one: 'th' | 'en') => `${profile.givenName[one]} ${profile.familyName[one]}`.trim()
  return {
    name: full(language) || full('th'),
    'name#th': full('th'),
    'name#en': full('en'),
    given_name: profile.givenName[language] || profile.givenName.th,
    'given_name#th': profile.givenName.th,
    'given_name#en': profile.givenName.en,
    family_name: profile.familyName[language] || profile.familyName.th,
    'family_name#th': profile.familyName.th,
    'family_name#en': profile.familyName.en,
    gender: profile.sex,
    birthdate: profile.birthDate,
    nationality: profile.nationality,
  }
}

function present(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))
}
