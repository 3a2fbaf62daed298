import type { Handler, HandlerAnswer, HandlerRequest } from '../../http/exchange.ts'
import { Attempts, memoryAttempts } from './attempts.ts'
import { type AuthorizationStore, memoryAuthorizations } from './authorization.ts'
import { authorize, extendTransaction, sendOtp } from './authorize.ts'
import type { ApiVersion } from './credential.ts'
import { CscError, errorAnswer, jsonAnswer, refusals } from './errors.ts'
import { info } from './info.ts'
import { Input } from './input.ts'
import { credentialsInfo, credentialsList } from './list.ts'
import type { Caller, SigningServiceOptions } from './options.ts'
import { signPolling } from './polling.ts'
import { Responses } from './responses.ts'
import { signHash } from './sign-hash.ts'
import { timestamp } from './timestamp.ts'

/** What the methods of the API work with. */
export interface ServiceContext {
  readonly options: SigningServiceOptions
  readonly authorizations: AuthorizationStore
  readonly attempts: Attempts
  readonly responses: Responses
}

export interface ServiceCall {
  readonly context: ServiceContext
  readonly version: ApiVersion
  readonly caller: Caller
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
  'signatures/signPolling': signPolling,
  'signatures/timestamp': timestamp,
}

/** Methods of the API that are not here at all. */
const others: ReadonlySet<string> = new Set([
  'auth/login',
  'auth/revoke',
  'credentials/authorizeCheck',
  'credentials/getChallenge',
  'signatures/signDoc',
])

/** What an access token of scope `credential` is good for (v2 §8.4). */
const forOneCredential: ReadonlySet<string> = new Set([
  'credentials/info',
  'signatures/signHash',
  'signatures/signPolling',
])

/** Methods that this service has, by what it was given. */
export function methodNames(options: SigningServiceOptions, version: ApiVersion): string[] {
  const { sendOtp: otp, timestamp: stamps, extend, asynchronous = true } = options
  const absent = new Set([
    ...(otp ? [] : ['credentials/sendOTP']),
    ...(stamps ? [] : ['signatures/timestamp']),
    ...(extend ? [] : ['credentials/extendTransaction']),
    ...(asynchronous && version === 'v2' ? [] : ['signatures/signPolling']),
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
  const { clock } = options
  const context: ServiceContext = {
    options,
    authorizations: options.authorizations ?? memoryAuthorizations(clock),
    attempts: new Attempts(options.attempts ?? memoryAttempts(), clock),
    responses: new Responses(clock),
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
  const method = methodNames(context.options, version).includes(name) ? methods[name] : undefined
  if (!method && name !== 'info') {
    throw others.has(name) || Object.hasOwn(methods, name) ? refusals.notOffered() : refusals.path()
  }
  if (request.method !== 'POST') throw refusals.method()
  const input = readInput(request)
  if (!method) return info(context.options, version, input)
  const caller = await authenticated(context, request.headers.authorization)
  if (caller.authorized && !forOneCredential.has(name)) throw refusals.scope()
  return method({ context, version, caller, user: caller.user, input })
}

/** An empty body is an empty object: some methods have no parameter that must be there. */
function readInput({ headers, body }: HandlerRequest): Input {
  if (body.length === 0) return new Input(Buffer.from('{}'))
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  // JSON is UTF-8 (RFC 8259 §8.1): who says otherwise means other letters than we would read.
  const isForeign = parameters.some((each) => /^\s*charset\s*=(?!\s*"?utf-8"?\s*$)/.test(each))
  if (type.trim() !== 'application/json' || isForeign) throw refusals.mediaType()
  return new Input(body)
}

async function authenticated({ options }: ServiceContext, header: string | undefined): Promise<Caller> {
  if (header === undefined) throw refusals.tokenMissing()
  const [, token] = /^Bearer +([A-Za-z0-9._~+/-]{1,8192}=*)$/i.exec(header) ?? []
  if (token === undefined) throw refusals.header()
  const found = await options.authenticate(token)
  if (!found) throw refusals.tokenInvalid()
  return found
}
