import type { Clock } from '@sapan/kernel'
import type { Handler, HandlerAnswer, HandlerRequest } from '../../http/exchange.ts'
import { Attempts } from './attempts.ts'
import { type AuthorizationStore, memoryAuthorizations } from './authorization.ts'
import { authorize, extendTransaction, sendOtp } from './authorize.ts'
import type { ApiVersion, ServiceCredential } from './credential.ts'
import { CscError, errorAnswer, jsonAnswer, refusals } from './errors.ts'
import { info } from './info.ts'
import { Input } from './input.ts'
import { credentialsInfo, credentialsList } from './list.ts'
import { signHash } from './sign-hash.ts'
import { timestamp } from './timestamp.ts'

/** What a signer is asked to authorise. */
export interface AuthorizationRequest {
  readonly user: string
  readonly credential: ServiceCredential
  /** Digests that are to be signed; undefined where the credential's SCAL is 1 and none were named. */
  readonly hashes: readonly Uint8Array[] | undefined
  readonly count: number
  /** What the caller says is to be signed; to be shown to the signer. */
  readonly description: string | undefined
  readonly pin: string | undefined
  readonly otp: string | undefined
}

/** More digests of a transaction that the signer authorised before. */
export interface ExtensionRequest {
  readonly user: string
  readonly credential: ServiceCredential
  readonly hashes: readonly Uint8Array[] | undefined
  /** Signatures that are left of those authorised. */
  readonly left: number
}

export type AuthorizationDecision = 'granted' | 'pin-wrong' | 'otp-wrong' | 'denied'

/** What happened, for the house's records. No PIN, no OTP, no SAD. */
export interface SigningEvent {
  readonly kind: 'authorized' | 'refused' | 'extended' | 'signed'
  readonly at: number
  readonly user: string
  readonly credential: string
  /** In lower-case hex. */
  readonly hashes: readonly string[]
  readonly reason?: string
}

export interface SigningServiceOptions {
  /** Shown by `info`. */
  readonly name: string
  readonly description?: string
  /** Two letters, ISO 3166-1. */
  readonly region: string
  /** An address of a picture. */
  readonly logo?: string
  /** Base address of the OAuth 2.0 server that gives the tokens; without it, `info` says that they come from elsewhere. */
  readonly oauth2?: string
  readonly clock: Clock
  /** Whose the access token is; undefined for one that is not valid. */
  authenticate(token: string): Promise<{ readonly user: string } | undefined>
  /** The user's own credentials, and nobody else's. */
  credentials(user: string): Promise<readonly ServiceCredential[]>
  /** Checks PIN and OTP, or asks the signer to confirm; nothing is signed without it. */
  authorize(request: AuthorizationRequest): Promise<AuthorizationDecision>
  /**
   * Whether digests that the signer was not shown may be signed within the number that was authorised; without it,
   * transactions cannot be extended.
   */
  extend?(request: ExtensionRequest): Promise<'granted' | 'denied'>
  /** Sends the signer a one-time password, for credentials with one that is sent. */
  sendOtp?(user: string, credential: ServiceCredential): Promise<void>
  /** A time-stamp authority (RFC 3161): answers a request with a response, both DER. */
  timestamp?(request: Uint8Array): Promise<Uint8Array>
  /** Where authorisations lie; in memory by default. Several processes need one that they share. */
  readonly authorizations?: AuthorizationStore
  /** How long an authorisation holds, in seconds; 300 by default. */
  readonly authorizationSeconds?: number
  /** Told what happened before the answer goes out; a record that fails refuses the answer. */
  record?(event: SigningEvent): Promise<void> | void
  /** Told of faults, which a caller never sees. */
  onError?(error: unknown): void
}

/** What the methods of the API work with. */
export interface ServiceContext {
  readonly options: SigningServiceOptions
  readonly authorizations: AuthorizationStore
  readonly attempts: Attempts
}

export interface ServiceCall {
  readonly context: ServiceContext
  readonly version: ApiVersion
  readonly user: string
  readonly input: Input
}

/** Undefined: done, and nothing to say (204). */
type Method = (call: ServiceCall) => Promise<unknown>

const methods: Readonly<Record<string, Method>> = {
  'credentials/list': credentialsList,
  'credentials/info': credentialsInfo,
  'credentials/authorize': authorize,
  'credentials/extendTransaction': extendTransaction,
  'credentials/sendOTP': sendOtp,
  'signatures/signHash': signHash,
  'signatures/timestamp': timestamp,
}

/** Methods that this service has, by what it was given. */
export function methodNames({ sendOtp: otp, timestamp: stamps, extend }: SigningServiceOptions): string[] {
  const absent = new Set([
    ...(otp ? [] : ['credentials/sendOTP']),
    ...(stamps ? [] : ['signatures/timestamp']),
    ...(extend ? [] : ['credentials/extendTransaction']),
  ])
  return Object.keys(methods).filter((name) => !absent.has(name))
}

const mostBodyBytes = 512 * 1024
const route = /^\/csc\/(v1|v2)\/([A-Za-z]+(?:\/[A-Za-z]+)?)$/

/**
 * A signing service: the Cloud Signature Consortium's API v2, and v1.0.4 for clients that speak that, under `/csc/v2/` and
 * `/csc/v1/`. Keys stay with it; it signs digests that the signer authorised. Every refusal has the API's code and text; a
 * caller's input never ends in a fault.
 */
export function createSigningService(options: SigningServiceOptions): Handler {
  const context: ServiceContext = {
    options,
    authorizations: options.authorizations ?? memoryAuthorizations(options.clock),
    attempts: new Attempts(options.clock),
  }
  const handle = async (request: HandlerRequest): Promise<HandlerAnswer> => {
    try {
      const answer = await dispatch(context, request)
      return answer === undefined
        ? { status: 204, headers: { 'cache-control': 'no-store' }, body: new Uint8Array() }
        : jsonAnswer(200, answer)
    } catch (error) {
      if (error instanceof CscError) return errorAnswer(error)
      options.onError?.(error)
      return errorAnswer(refusals.fault())
    }
  }
  return Object.assign(handle, { mostBodyBytes })
}

async function dispatch(context: ServiceContext, request: HandlerRequest): Promise<unknown> {
  const [, version, name = ''] = route.exec(request.path) ?? []
  if (version !== 'v1' && version !== 'v2') throw refusals.path()
  const method = methodNames(context.options).includes(name) ? methods[name] : undefined
  if (!method && name !== 'info') throw refusals.path()
  if (request.method !== 'POST') throw refusals.method()
  const input = readInput(request)
  if (!method) return info(context.options, version, input)
  const user = await authenticated(context, request.headers.authorization)
  return method({ context, version, user, input })
}

/** An empty body is an empty object: some methods have no parameter that must be there. */
function readInput({ headers, body }: HandlerRequest): Input {
  if (body.length === 0) return new Input(Buffer.from('{}'))
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  if (type.trim().toLowerCase() !== 'application/json') throw refusals.mediaType()
  return new Input(body)
}

async function authenticated({ options }: ServiceContext, header: string | undefined): Promise<string> {
  const [, token] = /^Bearer +([A-Za-z0-9._~+/-]{1,8192}=*)$/i.exec(header ?? '') ?? []
  if (token === undefined) throw refusals.tokenMissing()
  const found = await options.authenticate(token)
  if (!found) throw refusals.tokenInvalid()
  return found.user
}
