import { Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  type IDToken,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { proofingProblems } from '../../problems/proofing.ts'
import type { Evidence } from '../evidence.ts'
import type { ProofingGround } from '../ground.ts'
import { type Finding, settle } from '../settle.ts'
import { claimsFinding } from './claims.ts'
import { keepSignIn, type PendingSignIn, takeSignIn } from './store.ts'

/** How this operator is a client of the outside provider. */
export interface OutsideProviderSettings {
  /** `https://id.example.go.th` */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where people come back to, at the face that they began at. */
  readonly redirectUri: string
  /** What is asked for: `openid pid name birthdate gender`. */
  readonly scope: string
}

/** Who signs in elsewhere: in an account, or, to recover one, without. */
export interface OutsideVisitor {
  readonly account?: string
  /** What binds the sign-in to this browser: the session's id at the face. */
  readonly session: string
}

/** Proofing by a sign-in with another provider (OpenID Connect Core 1.0 §3.1, PKCE RFC 7636, RFC 9700). */
export interface OutsideProvider {
  /** The provider's own: forms that lead there need it in their page's policy. */
  readonly origin: string
  /** The address to which the person is sent. Throws `proofing-register-unavailable` while the provider is down. */
  begin(visitor: OutsideVisitor): Promise<string>
  /**
   * Ends a sign-in that this session began, once, and raises the level of the account. `query` is what the provider sent
   * back. Throws `sign-in-elsewhere-failed` for everything that does not belong to it, and what `settle` throws.
   */
  prove(visitor: OutsideVisitor & { readonly account: string }, query: URLSearchParams): Promise<Evidence>
  /** The same without an account, for recovery. Throws `sign-in-elsewhere-failed`. */
  find(visitor: OutsideVisitor, query: URLSearchParams): Promise<Finding>
}

const MINUTES = 15
const TIMEOUT_SECONDS = 10

export function createOutsideProvider(
  ground: ProofingGround,
  settings: OutsideProviderSettings,
): OutsideProvider {
  const client = new OutsideClient(ground, settings)
  const find = async (visitor: OutsideVisitor, query: URLSearchParams): Promise<Finding> => {
    const { pending, stateHash } = await takePending(ground, visitor, query)
    const claims = await client.exchange(pending, query)
    return { ...claimsFinding(ground, claims), repeatKey: `outside-provider ${stateHash.toString('hex')}` }
  }
  return {
    origin: new URL(settings.issuer).origin,
    begin: (visitor) => client.begin(visitor),
    find,
    prove: async (visitor, query) => {
      const finding = await find(visitor, query)
      return await settle(ground, visitor.account, { ...finding, session: visitor.session })
    },
  }
}

const stateHashOf = ({ hashKey }: ProofingGround, state: string) =>
  keyedHash(hashKey, `outside-state:${state}`)
const sessionHashOf = ({ hashKey }: ProofingGround, session: string) =>
  keyedHash(hashKey, `outside-session:${session}`)

async function takePending(ground: ProofingGround, visitor: OutsideVisitor, query: URLSearchParams) {
  const stateHash = stateHashOf(ground, query.get('state') ?? '')
  const pending = await takeSignIn(ground, stateHash, {
    account: visitor.account,
    sessionHash: sessionHashOf(ground, visitor.session),
  })
  if (pending === undefined) throw failed('no sign-in with this state is under way in this session')
  return { pending: { ...pending, state: query.get('state') ?? '' }, stateHash }
}

function failed(cause: unknown): Problem {
  return new Problem(proofingProblems['sign-in-elsewhere-failed'], { cause })
}

/** What the provider says of itself is asked for once, and again after it could not be had. */
class OutsideClient {
  readonly #ground: ProofingGround
  readonly #settings: OutsideProviderSettings
  #configuration: Promise<Configuration> | undefined

  constructor(ground: ProofingGround, settings: OutsideProviderSettings) {
    this.#ground = ground
    this.#settings = settings
  }

  async begin(visitor: OutsideVisitor): Promise<string> {
    const configuration = await this.#discovered()
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.#settings.redirectUri,
      scope: this.#settings.scope,
      response_type: 'code',
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      // Whoever sits at this browser must show anew who they are.
      prompt: 'login',
    })
    await keepSignIn(this.#ground, {
      stateHash: stateHashOf(this.#ground, state),
      sessionHash: sessionHashOf(this.#ground, visitor.session),
      account: visitor.account,
      secrets: { nonce, verifier },
      expiresAt: this.#ground.clock() + MINUTES * 60_000,
    })
    return url.href
  }

  /** The claims of the ID token, its signature, issuer, audience, times, nonce and state checked by openid-client. */
  async exchange(
    pending: PendingSignIn & { readonly state: string },
    query: URLSearchParams,
  ): Promise<IDToken> {
    const configuration = await this.#discovered()
    const back = new URL(this.#settings.redirectUri)
    back.search = query.toString()
    try {
      const tokens = await authorizationCodeGrant(configuration, back, {
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        pkceCodeVerifier: pending.verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (claims === undefined) throw new Error('there is no ID token')
      return claims
    } catch (error) {
      this.#ground.log.info(
        { err: error, issuer: this.#settings.issuer },
        'a sign-in with an outside provider failed',
      )
      throw failed(error)
    }
  }

  async #discovered(): Promise<Configuration> {
    this.#configuration ??= this.#discover()
    try {
      return await this.#configuration
    } catch (error) {
      this.#configuration = undefined
      throw this.#down(error)
    }
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings
    // On this machine alone a provider may speak without TLS: the sandbox's.
    const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(issuer).hostname)
    const options = { timeout: TIMEOUT_SECONDS, ...(isHere && { execute: [allowInsecureRequests] }) }
    const metadata = { id_token_signed_response_alg: 'ES256' }
    return discovery(new URL(issuer), clientId, metadata, ClientSecretBasic(clientSecret), options)
  }

  #down(cause: unknown): Problem {
    const { th, en } = this.#ground.country.proofing.outsideProvider.name
    this.#ground.log.warn(
      { err: cause, issuer: this.#settings.issuer },
      'the outside provider does not answer',
    )
    return new Problem(proofingProblems['proofing-register-unavailable'], {
      detail: { th: `${th} ยังตอบไม่ได้`, en: `${en} cannot answer now.` },
      cause,
    })
  }
}
