import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock, Logger, Pool, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { type Configuration, Provider } from 'oidc-provider'
import type { Clients } from '../clients/clients.ts'
import { hashSecret } from '../clients/clients.ts'
import { createKeys, type KeySet, type KeysOptions } from '../keys/keys.ts'
import type { Levels } from '../levels/level.ts'
import { findAccount } from './account.ts'
import { type Backchannel, createBackchannel, type Question } from './backchannel.ts'
import { carryDecision, checkDecision, cibaFeature } from './ciba.ts'
import { ClientAdapter } from './client-adapter.ts'
import { configurationOf, type Lifetimes, lifetimes } from './configuration.ts'
import { type ClaimsConsents, createClaimsConsents, type RecordClaims } from './consents.ts'
import { registerExchange } from './exchange-grant.ts'
import { grantOf, loadGrant } from './grants.ts'
import { type Interactions, interactionsOf } from './interactions.ts'
import { deliverLogouts } from './logout-notices.ts'
import type { MandatesOf } from './mandates-claim.ts'
import { removeExpired } from './payload-statements.ts'
import { payloadAdapters } from './payloads.ts'
import { type PersonCaller, personCaller, type RefusedCall } from './person-caller.ts'
import type { CertificateOf, IssueActorToken, ProviderAccounts } from './ports.ts'
import { sendOnPosted } from './posted-request.ts'
import type { AddressOf } from './registered-address.ts'
import { answer } from './requests.ts'
import type { ScopesCountry } from './scopes.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { pairwiseSubjects } from './subjects.ts'
import { type SystemCall, type SystemCaller, systemCaller } from './system-caller.ts'

/** What the provider stands on; `IdentityGround` has it all. */
export interface ProviderGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  readonly levels: Levels
  readonly issuer: string
}

export interface ProviderOptions {
  readonly accounts: ProviderAccounts
  readonly clients: Pick<Clients, 'metadata'>
  readonly scopes: ScopesCountry
  readonly keys?: KeysOptions
  readonly lifetimes?: Partial<Lifetimes>
  /** None where the operator's TLS asks clients for no certificates. */
  readonly certificateOf?: CertificateOf
  /** Absent: no token exchange. */
  readonly issueActorToken?: IssueActorToken
  /** Tells a person that a question waits for them. */
  readonly announce?: (question: Question) => Promise<void>
  /** Notes for the person what they agreed to, or took back. */
  readonly recordClaims?: RecordClaims
  /** A sign-in session was ended by who signed out. */
  readonly sessionEnded?: (session: string) => Promise<void>
  readonly addressOf?: AddressOf
  readonly mandatesOf?: MandatesOf
  /** For `jwks_uri`, pings and back-channel logout; by default none reaches an address of a private network. */
  readonly fetch?: NonNullable<Configuration['fetch']>
}

/** The OpenID provider. Everything it knows lies in the database: any number of processes are one provider. */
export interface IdentityProvider {
  /** Answers what is asked at its paths (`isProviderPath`). */
  handler(request: IncomingMessage, response: ServerResponse): Promise<void>
  readonly interactions: Interactions
  readonly backchannel: Backchannel
  readonly consents: ClaimsConsents
  /** Keeps what a person agreed to on the consent page, for the sign-in that waits; gives the grant's id. */
  agree(consent: Parameters<ClaimsConsents['give']>[0]): Promise<string>
  /** Which agency's system calls an API of the house. Throws `system-token-needed`. */
  caller(call: SystemCall): Promise<SystemCaller>
  /** Whose program calls an API of the house, or why it is nobody's. */
  personCaller(call: SystemCall): Promise<PersonCaller | RefusedCall>
  sessionsOf: Sessions['of']
  sessionStateAs: Sessions['stateAs']
  /** Throws `session-unknown`. */
  revokeSession(account: string, id: string): Promise<void>
  /** In the caller's transaction where one is given; clients are told by the job `deliverLogouts`. */
  revokeSessions(account: string, client?: PoolClient): Promise<void>
  /** Jobs: each may run in several processes at once. */
  rotateKeys(options?: { readonly now?: boolean }): Promise<void>
  deliverLogouts(): Promise<number>
  removeExpired(): Promise<number>
}

export function createProvider(ground: ProviderGround, options: ProviderOptions): IdentityProvider {
  const { pool, clock, log } = ground
  const keys = createKeys(ground, options.keys)
  const { recordClaims: record } = options
  const consents = createClaimsConsents(
    { pool, clock, ...(record && { record }) },
    options.scopes.consentDays,
  )
  const sessions = createSessions(ground)
  const payloads = payloadAdapters(ground)
  const running = instances(keys.current, (set) => build(set))
  const room = { ...ground, ...options, subjects: pairwiseSubjects(ground.hashKey), provider: running }
  const questions = createBackchannel({
    ...ground,
    ...announcing(options),
    check: checkDecision(room),
    carry: carryDecision({ ...room, consents, ...(record && { record }) }),
  })
  const deliver = () => deliverLogouts({ pool, clock, log, provider: running })

  // What was ended is ended: a client that cannot be told now is told by the job.
  const deliverSoon = async () => {
    await deliver().catch((error: unknown) => log.error({ error }, 'clients were not told of a logout'))
  }

  return {
    async handler(request, response) {
      if (await sendOnPosted(request, response)) return
      const provider = await running().catch((error: unknown) => {
        log.error({ error }, 'the provider has no keys to answer with')
      })
      if (provider) await answer(provider, request, response)
      else response.writeHead(503, { 'retry-after': '5' }).end()
    },
    interactions: interactionsOf(room),
    backchannel: questions,
    consents,
    agree: async (consent) => {
      const given = await consents.give(consent)
      return (await grantOf(await running(), consent.account, given, clock())).jti
    },
    caller: systemCaller({ clock, provider: running }),
    personCaller: personCaller({ clock, levels: ground.levels, provider: running }),
    sessionsOf: sessions.of,
    sessionStateAs: sessions.stateAs,
    async revokeSession(account, id) {
      await sessions.revoke(account, id)
      await deliverSoon()
    },
    async revokeSessions(account, client) {
      await sessions.revokeAll(account, client)
      if (client === undefined) await deliverSoon()
    },
    rotateKeys: keys.rotate,
    deliverLogouts: deliver,
    removeExpired: async () => await removeExpired(ground),
  }

  function build(set: KeySet): Provider {
    const scopes = new Map(options.scopes.scopes.map(({ code, claims }) => [code, claims]))
    const provider = new Provider(
      ground.issuer,
      configurationOf({
        ...room,
        scopes,
        keys: set.keys,
        lifetimes: { ...lifetimes, ...options.lifetimes },
        ...(options.certificateOf && { certificateOf: options.certificateOf }),
        ciba: cibaFeature(room, () => questions),
        fetch: options.fetch ?? ((input, init) => fetch(input, init)),
        adapter: (model) => (model === 'Client' ? new ClientAdapter(options.clients) : payloads(model)),
        findAccount: findAccount({ ...room, scopeClaims: scopes }),
        loadExistingGrant: loadGrant(consents, clock),
      }),
    )
    extend(provider, ground, options)
    return provider
  }
}

/** One `Provider` for each set of keys, since its keys are fixed; what was begun with one goes on with the next. */
function instances(
  current: () => Promise<KeySet>,
  build: (set: KeySet) => Provider,
): () => Promise<Provider> {
  let running: { version: string; provider: Provider } | undefined
  return async () => {
    const set = await current()
    if (running?.version !== set.version) running = { version: set.version, provider: build(set) }
    return running.provider
  }
}

function extend(provider: Provider, { levels, log, issuer }: ProviderGround, options: ProviderOptions): void {
  // Addresses are the issuer's, whatever a proxy or a Host header says: see `answer`.
  provider.proxy = true
  // What is kept is the secret's hash, so what came is hashed before it is compared.
  const compare = provider.Client.prototype.compareClientSecret
  provider.Client.prototype.compareClientSecret = function hashed(actual) {
    return compare.call(this, hashSecret(actual).toString('base64url'))
  }
  if (options.issueActorToken) registerExchange(provider, levels, options.issueActorToken)
  provider.on('server_error', (ctx, error) =>
    log.error({ error, route: ctx.oidc?.route, issuer }, 'a request failed'),
  )
  // Who signed out has signed out of what was signed in the session, too.
  provider.on('session.destroyed', ({ uid }) => {
    options
      .sessionEnded?.(uid)
      .catch((error: unknown) => log.error({ err: error }, 'the end of a session was not published'))
  })
  // Koa would print to the console what is logged above.
  provider.silent = true
}

function announcing({ announce }: ProviderOptions): Pick<ProviderOptions, 'announce'> {
  return announce ? { announce } : {}
}
