import type { Handler, HandlerAnswer, HandlerRequest } from '../../http/exchange.ts'
import { isUsable, mostSignatures, scalOf } from '../service/credential.ts'
import type { Caller } from '../service/options.ts'
import { Refused, readAsked } from './asked.ts'
import { Grants, type Waiting } from './grants.ts'
import type { AuthorizationServerOptions } from './options.ts'
import { readParameters } from './parameters.ts'
import { revokeEndpoint, tokenEndpoint } from './token-endpoint.ts'

/** Gives out access tokens for a signing service. Where people sign in and decide is elsewhere: `SignIn`. */
export interface AuthorizationServer {
  /** `/oauth2/authorize`, `/oauth2/token`, `/oauth2/revoke`. */
  readonly handler: Handler
  /** Whose a token is; for `SigningServiceOptions.authenticate`. */
  authenticate(token: string): Promise<Caller | undefined>
  /**
   * The person behind the ticket has signed in as that user and said yes to what was asked. Gives the address to which the
   * browser is sent; undefined for a ticket that is over. Somebody who says yes to a key that is not theirs, or cannot be
   * used so, is sent back with a refusal.
   */
  approve(ticket: string, user: string): Promise<string | undefined>
  /** The person said no, or could not sign in. */
  deny(ticket: string): Promise<string | undefined>
}

/**
 * The OAuth 2.0 endpoints of the CSC API (v2 §8.4): codes with PKCE (RFC 7636, S256), for scope `service` and for scope
 * `credential`, whose token stands in for a SAD. No pushed requests, no refresh tokens, no client credentials.
 */
export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const grants = new Grants(options)
  const handle = async (request: HandlerRequest): Promise<HandlerAnswer> => {
    try {
      return await dispatch(request, options, grants)
    } catch (error) {
      options.onError?.(error)
      return plain(500, 'server_error')
    }
  }
  return {
    handler: Object.assign(handle, { mostBodyBytes: 64 * 1024 }),
    authenticate: (token) => grants.authenticate(token),
    approve: (ticket, user) => approve(ticket, user, options, grants),
    deny: async (ticket) => {
      const waiting = await grants.takeTicket(ticket)
      return waiting && back(waiting, new Refused('access_denied', 'The signer denied the request'))
    },
  }
}

function dispatch(
  request: HandlerRequest,
  options: AuthorizationServerOptions,
  grants: Grants,
): HandlerAnswer | Promise<HandlerAnswer> {
  const { method, path } = request
  const wanted = path === '/oauth2/authorize' ? 'GET' : 'POST'
  if (!/^\/oauth2\/(authorize|token|revoke)$/.test(path)) return plain(404, 'invalid_request')
  if (method !== wanted) return plain(405, 'invalid_request', { allow: wanted })
  if (path === '/oauth2/authorize') return authorize(request, options, grants)
  const endpoint = path === '/oauth2/token' ? tokenEndpoint : revokeEndpoint
  return endpoint(request, options, grants)
}

/** `oauth2/authorize` (v2 §8.4.2). Nobody is sent to an address that the client did not register. */
async function authorize(
  { query = '' }: HandlerRequest,
  options: AuthorizationServerOptions,
  grants: Grants,
): Promise<HandlerAnswer> {
  const parameters = readParameters(query)
  if (!parameters) return plain(400, 'invalid_request')
  const client = await options.client(parameters.get('client_id') ?? '')
  const redirectUri = parameters.get('redirect_uri')
  if (!client || redirectUri === undefined || !client.redirectUris.includes(redirectUri)) {
    return plain(400, 'invalid_request')
  }
  const state = parameters.get('state')
  const where = { redirectUri, ...(state === undefined ? {} : { state }) }
  try {
    const asked = { ...readAsked(parameters), client: { id: client.id, name: client.name } }
    const ticket = await grants.newTicket({ ...asked, ...where })
    const { challenge: _, ...shown } = asked
    return await options.signIn.begin(ticket, shown)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const headers = { location: back(where, error), 'cache-control': 'no-store' }
    return { status: 302, headers, body: new Uint8Array() }
  }
}

async function approve(
  ticket: string,
  user: string,
  options: AuthorizationServerOptions,
  grants: Grants,
): Promise<string | undefined> {
  const waiting = await grants.takeTicket(ticket)
  if (!waiting) return undefined
  try {
    await checkSigning(waiting, user, options)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return back(waiting, error)
  }
  const { signing } = waiting
  if (signing) {
    const { credential, hashes = [] } = signing
    await options.record?.({ kind: 'authorized', at: options.clock(), user, credential, hashes })
  }
  const code = await grants.newCode({ ...waiting, user })
  return address(waiting, { code })
}

/** Whether the user has that credential, and it may be used so. */
async function checkSigning(
  { signing }: Waiting,
  user: string,
  { credentials, clock }: AuthorizationServerOptions,
): Promise<void> {
  if (!signing) return
  const found = (await credentials(user)).find(({ id }) => id === signing.credential)
  if (found?.mode !== 'oauth2code') throw new Refused('invalid_request', 'Invalid parameter credentialID')
  if (!isUsable(found, clock())) throw new Refused('access_denied', 'The credential cannot be used')
  if (signing.count > mostSignatures(found)) {
    throw new Refused('invalid_request', 'Numbers of signatures is too high')
  }
  if (scalOf(found) === '2' && !signing.hashes) {
    throw new Refused('invalid_request', 'Missing parameter hashes')
  }
}

type Where = Pick<Waiting, 'redirectUri' | 'state'>

const back = (where: Where, { code, message }: Refused): string =>
  address(where, { error: code, error_description: message })

function address({ redirectUri, state }: Where, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value)
  if (state !== undefined) url.searchParams.append('state', state)
  return url.href
}

function plain(status: number, error: string, headers: Readonly<Record<string, string>> = {}): HandlerAnswer {
  const type = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify({ error })) }
}
