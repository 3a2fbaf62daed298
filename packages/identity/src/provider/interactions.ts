import type { IncomingMessage, ServerResponse } from 'node:http'
import { Problem, type Text } from '@sapan/kernel'
import { errors, type InteractionResults, type Provider } from 'oidc-provider'
import type { ClientFacts } from '../clients/metadata.ts'
import type { Level, Levels } from '../levels/level.ts'
import { providerProblems } from '../problems/provider.ts'
import { factsOf } from './facts.ts'
import type { ProviderAccounts } from './ports.ts'

/** A sign-in that waits for the person, as the pages at the issuer see it. */
export interface SignIn {
  /** Of the pages' addresses: `/sign-in/:uid`. */
  readonly uid: string
  /** What is asked now. */
  readonly prompt: 'login' | 'proofing' | 'consent'
  /** Why: `no_session`, `login_prompt`, `max_age`, `aal_too_low`, `ial_too_low`, `op_scopes_missing`, … */
  readonly reasons: readonly string[]
  readonly client: SignInClient
  /** The level that the client needs; what is absent is not asked for. */
  readonly needs: Partial<Level>
  /** Who is signed in already (a step-up, a proof that is too old), and at what level. */
  readonly session?: { readonly id: string; readonly account: string; readonly level: Level }
  /** What the client was told of who comes; never to be believed. */
  readonly hint?: string
  readonly scopes: readonly string[]
  /** Claims asked for one by one. */
  readonly claims: readonly string[]
}

export interface SignInClient {
  readonly id: string
  readonly names: Text
  readonly member?: string
  readonly own: boolean
  readonly purpose?: Text
  /** Where the person goes in the end, for `formTargets` of a page. */
  readonly origin: string
}

/** What the pages found out. */
export type SignInResult =
  | {
      readonly login: {
        readonly account: string
        readonly aal: string
        /** RFC 8176. */
        readonly amr: readonly string[]
        /** When they proved it, ms; now by default. */
        readonly at?: number
        /** Whether the session outlives the browser's; yes by default. */
        readonly remember?: boolean
      }
    }
  | { readonly consent: { readonly grant: string } }
  | { readonly proofing: true }
  /** The person went back: the client is told `access_denied`. */
  | { readonly cancelled: true }

export interface Interactions {
  /** Throws `sign-in-over` where the cookie and the address are of no sign-in that waits. */
  details(request: IncomingMessage, response: ServerResponse): Promise<SignIn>
  /** Keeps the result; gives the address at which the sign-in goes on (303). Throws `sign-in-over`. */
  finish(request: IncomingMessage, response: ServerResponse, result: SignInResult): Promise<string>
}

export interface InteractionGround {
  provider(): Promise<Provider>
  readonly accounts: ProviderAccounts
  readonly levels: Levels
}

export function interactionsOf(ground: InteractionGround): Interactions {
  return {
    async details(request, response) {
      const provider = await ground.provider()
      return await asSignIn(provider, ground.levels, await waiting(provider, request, response))
    },
    async finish(request, response, result) {
      const interaction = await waiting(await ground.provider(), request, response)
      const answer = await resultOf(ground, result)
      // As `interactionResult`, which would read again what was read just now.
      interaction.result = 'cancelled' in result ? answer : { ...interaction.lastSubmission, ...answer }
      await interaction.persist()
      return interaction.returnTo
    },
  }
}

type Waiting = Awaited<ReturnType<Provider['interactionDetails']>>

/** The interaction of the cookie, which must be that of the address: `/sign-in/:uid…`. */
async function waiting(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Waiting> {
  try {
    const interaction = await provider.interactionDetails(request, response)
    const path = new URL(request.url ?? '/', provider.issuer).pathname.split('/')
    if (path.includes(interaction.uid)) return interaction
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error
  }
  throw new Problem(providerProblems['sign-in-over'])
}

async function asSignIn(provider: Provider, levels: Levels, interaction: Waiting): Promise<SignIn> {
  const { params, prompt, session, uid } = interaction
  const client = await provider.Client.find(String(params.client_id))
  if (!client) throw new Problem(providerProblems['sign-in-over'])
  const { needed_ial: ial, needed_aal: aal } = prompt.details
  return {
    uid,
    prompt: prompt.name === 'consent' || prompt.name === 'proofing' ? prompt.name : 'login',
    reasons: prompt.reasons,
    client: clientOf(client.clientId, factsOf(client), String(params.redirect_uri)),
    needs: {
      ...(typeof ial === 'string' ? { ial } : {}),
      ...(typeof aal === 'string' ? { aal } : {}),
    },
    scopes: typeof params.scope === 'string' ? params.scope.split(' ') : [],
    claims: claimsIn(params.claims),
    ...(typeof params.login_hint === 'string' ? { hint: params.login_hint } : {}),
    ...(session ? { session: sessionOf(levels, session) } : {}),
  }
}

function sessionOf(levels: Levels, session: NonNullable<Waiting['session']>): NonNullable<SignIn['session']> {
  const level = levels.levelOf(session.acr ?? '') ?? levels.lowest
  return { id: session.uid, account: session.accountId, level }
}

function clientOf(id: string, facts: ClientFacts, redirectUri: string): SignInClient {
  return {
    id,
    names: facts.names,
    own: facts.own,
    origin: URL.parse(redirectUri)?.origin ?? '',
    ...(facts.member === undefined ? {} : { member: facts.member }),
    ...(facts.purpose ? { purpose: facts.purpose } : {}),
  }
}

/** The `claims` parameter was checked before; a claim may stand in it for two places. */
function claimsIn(parameter: unknown): string[] {
  if (typeof parameter !== 'string') return []
  const { userinfo, id_token: idToken }: Record<string, object | undefined> = JSON.parse(parameter)
  return [...new Set([...Object.keys(userinfo ?? {}), ...Object.keys(idToken ?? {})])]
}

async function resultOf(
  { accounts, levels }: InteractionGround,
  result: SignInResult,
): Promise<InteractionResults> {
  if ('cancelled' in result) return { error: 'access_denied', error_description: 'the person went back' }
  if ('consent' in result) return { consent: { grantId: result.consent.grant } }
  if ('proofing' in result) return { proofing: {} }
  const { account, aal, amr, at, remember = true } = result.login
  const ial = (await accounts.find(account))?.ial ?? levels.lowest.ial
  return {
    login: {
      accountId: account,
      acr: levels.acrOf({ ial, aal }),
      amr: [...amr],
      remember,
      ...(at === undefined ? {} : { ts: Math.floor(at / 1000) }),
    },
  }
}
