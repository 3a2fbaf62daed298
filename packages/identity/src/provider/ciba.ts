import { type Clock, inTransaction, type Pool, Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import {
  type BackchannelAuthenticationRequest,
  type Client,
  errors,
  type Grant,
  type KoaContextWithOIDC,
  type Provider,
} from 'oidc-provider'
import type { Levels } from '../levels/level.ts'
import { providerProblems } from '../problems/provider.ts'
import type { BackchannelGround, createBackchannel, DecidedBy, Decision, Question } from './backchannel.ts'
import type { ClaimsConsents, RecordClaims } from './consents.ts'
import { factsOf } from './facts.ts'
import { grantOf } from './grants.ts'
import { nobody } from './nobody.ts'
import type { ProviderAccounts } from './ports.ts'
import type { PairwiseSubjects } from './subjects.ts'

export interface CibaGround {
  readonly hashKey: Uint8Array
  readonly accounts: ProviderAccounts
  readonly subjects: PairwiseSubjects
  readonly levels: Levels
  provider(): Promise<Provider>
}

/** Questions of one client by one hint that wait for an answer: who is asked again and again at last says yes. */
const mostWaiting = 3

/**
 * oidc-provider's side of OpenID CIBA Core 1.0: who is meant by a hint, and how they are asked. Whether a hint means
 * anybody is not told: `unknown_user_id` (§13) is only for what could be a hint of nobody at all. A question to nobody
 * is kept like any other, and expires like one to who does not answer.
 */
export function cibaFeature(
  { accounts, subjects, hashKey }: CibaGround,
  questions: () => ReturnType<typeof createBackchannel>,
) {
  return {
    enabled: true as const,
    deliveryModes: ['poll', 'ping'] as const,
    /** `<scheme>:<value>`, or `sub:` and what the client calls the person. */
    async processLoginHint(ctx: KoaContextWithOIDC, hint = ''): Promise<string | undefined> {
      const [, scheme = '', value = ''] = /^([a-z-]{1,40}):(.{1,200})$/.exec(hint) ?? []
      if (scheme === '') return undefined
      const none = nobody(hashKey, hint)
      if (scheme !== 'sub') return (await accounts.findByIdentifier(scheme, value))?.id ?? none
      const member = ctx.oidc.client && factsOf(ctx.oidc.client).member
      return (member === undefined ? value : subjects.accountOf(member, value)) ?? none
    },
    processLoginHintToken(): undefined {
      throw new errors.InvalidRequest('login_hint_token is not supported')
    },
    verifyUserCode(): undefined {},
    validateRequestContext(): undefined {},
    /** Both sides show it, so it must be short enough to compare (CIBA Core §7.1). */
    validateBindingMessage(_ctx: KoaContextWithOIDC, message?: string): undefined {
      if (message === undefined || !/^[\p{L}\p{M}\p{N} .,:\-–/#]{1,60}$/u.test(message))
        throw new errors.InvalidBindingMessage('binding_message must have 1 to 60 letters, digits or blanks')
    },
    async triggerAuthenticationDevice(
      _ctx: KoaContextWithOIDC,
      request: BackchannelAuthenticationRequest,
      account: { accountId: string },
      client: Client,
    ): Promise<undefined> {
      const asked = { account: account.accountId, client: client.clientId, hint: hintHash(hashKey, request) }
      if ((await questions().waitingBy(asked)) >= mostWaiting)
        throw new errors.InvalidRequest('the person has not answered what this client asked before')
      await questions().ask({
        ...asked,
        kind: 'sign-in',
        bindingMessage: String(request.params?.binding_message),
        scopes: [...request.scopes],
        lifetime: request.remainingTTL,
        request: request.jti,
      })
    },
  }
}

/** Counted by hint: counted by person, two hints would tell whether they mean the same one. */
function hintHash(hashKey: Uint8Array, { params = {} }: BackchannelAuthenticationRequest): string {
  const hint = params.login_hint ?? params.id_token_hint
  return Buffer.from(keyedHash(hashKey, `ciba hint ${String(hint)}`)).toString('base64url')
}

/** Throws `level-needed` where the person has not proved enough for what they would approve. */
export function checkDecision({
  levels,
  provider: providerOf,
}: Pick<CibaGround, 'levels' | 'provider'>): NonNullable<BackchannelGround['check']> {
  return async (question, decision, by) => {
    if (decision === 'deny') return
    const client = await (await providerOf()).Client.find(question.client ?? '')
    if (!client) throw new Problem(providerProblems['question-unknown'])
    if (!levels.meets(by.level, factsOf(client).least ?? {}))
      throw new Problem(providerProblems['level-needed'])
  }
}

export interface DecisionGround extends Pick<CibaGround, 'levels' | 'provider'> {
  readonly pool: Pool
  readonly clock: Clock
  readonly consents: Pick<ClaimsConsents, 'give'>
  readonly record?: RecordClaims
}

/** Carries a person's decision to the request of the client, which then polls or is pinged. */
export function carryDecision(ground: DecisionGround): BackchannelGround['carry'] {
  const { levels, provider: providerOf } = ground
  return async (id, question, decision, by) => {
    const provider = await providerOf()
    const request = await provider.BackchannelAuthenticationRequest.find(id)
    const client = await provider.Client.find(question.client ?? '')
    if (!request || !client) throw new Problem(providerProblems['question-unknown'])
    await recorded(ground, question, decision, client.clientId)
    if (decision === 'deny') {
      await told(provider.backchannelResult(request, new errors.AccessDenied('the person refused')))
      return
    }
    const grant = await agreed(ground, provider, { question, by, client: client.clientId })
    await told(
      provider.backchannelResult(request, grant, {
        acr: levels.acrOf(by.level),
        amr: [...(by.amr ?? [])],
        authTime: Math.floor(by.authenticatedAt / 1000),
        sessionUid: by.session,
      }),
    )
  }
}

/** What is told is agreed to claim by claim, and taken back, as after a sign-in at the issuer. */
async function agreed(
  { consents, clock }: DecisionGround,
  provider: Provider,
  { question, by, client }: { readonly question: Question; readonly by: DecidedBy; readonly client: string },
): Promise<Grant> {
  const { account, scopes } = question
  const { shown = [], refused = [] } = by
  const consent = await consents.give({ account, client, scopes, claims: [], shown, refused })
  return await grantOf(provider, account, consent, clock())
}

async function recorded(
  { pool, record }: DecisionGround,
  { account }: Question,
  decision: Decision,
  client: string,
): Promise<void> {
  const kind = decision === 'approve' ? 'sign-in-approved' : 'sign-in-denied'
  if (record) await inTransaction(pool, (transaction) => record(transaction, { account, kind, client }))
}

/** The result is kept before the client is pinged: one that does not take the ping finds it when it polls. */
async function told(result: Promise<void>): Promise<void> {
  try {
    await result
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof Error && 'response' in error)) throw error
  }
}
