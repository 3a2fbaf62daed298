import { createHash, timingSafeEqual } from 'node:crypto'
import type { HandlerAnswer, HandlerRequest } from '../../http/exchange.ts'
import type { Grants } from './grants.ts'
import type { AuthorizationServerOptions, OAuthClient } from './options.ts'
import { readParameters } from './parameters.ts'

/** An error of the token endpoint (v2 §8.4.4, RFC 6749 §5.2). */
class TokenError extends Error {
  readonly code: 'invalid_request' | 'invalid_grant'

  constructor(code: TokenError['code'], description: string) {
    super(description)
    this.code = code
  }
}

const bad = (description: string): TokenError => new TokenError('invalid_request', description)

/** `oauth2/token` (v2 §8.4.4): a code for a token. */
export function tokenEndpoint(request: HandlerRequest, options: AuthorizationServerOptions, grants: Grants) {
  return answered(async () => {
    const form = readForm(request)
    const client = await authenticated(request, form, options)
    const type = form.get('grant_type')
    if (type === undefined) throw bad('Missing parameter grant_type')
    if (type !== 'authorization_code') throw bad('Invalid parameter grant_type')
    const code = form.get('code')
    if (code === undefined) throw bad('Missing parameter code')
    const granted = await grants.takeCode(code)
    if (!granted || granted.client.id !== client.id) {
      throw new TokenError('invalid_grant', 'Authorization code is invalid or expired')
    }
    if (form.get('redirect_uri') !== granted.redirectUri) {
      throw new TokenError('invalid_grant', 'redirect_uri parameter does not match')
    }
    if (!answersChallenge(form.get('code_verifier'), granted.challenge)) {
      throw new TokenError('invalid_grant', 'Invalid parameter code_verifier')
    }
    const { token, seconds } = await grants.newToken(granted, code)
    return json(200, { access_token: token, token_type: 'Bearer', expires_in: seconds })
  })
}

/** `oauth2/revoke` (v2 §8.4.5, RFC 7009): done, whatever the token was. */
export function revokeEndpoint(request: HandlerRequest, options: AuthorizationServerOptions, grants: Grants) {
  return answered(async () => {
    const form = readForm(request)
    const client = await authenticated(request, form, options)
    const token = form.get('token')
    if (token === undefined) throw bad('Missing parameter token')
    await grants.revoke(token, client.id)
    return { status: 204, headers: noStore, body: new Uint8Array() }
  })
}

async function answered(run: () => Promise<HandlerAnswer>): Promise<HandlerAnswer> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    return json(400, { error: error.code, error_description: error.message })
  }
}

type Form = ReadonlyMap<string, string>

function readForm({ headers, body }: HandlerRequest): Form {
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';')
  if (type.trim() !== 'application/x-www-form-urlencoded') {
    throw bad('The content type must be application/x-www-form-urlencoded')
  }
  const form = readParameters(Buffer.from(body).toString('utf8'))
  if (!form) throw bad('A parameter is given twice')
  return form
}

/** Who asks: by a secret in the form or in the header, or a program without one, whose code is bound by PKCE. */
async function authenticated(
  { headers }: HandlerRequest,
  form: Form,
  options: AuthorizationServerOptions,
): Promise<OAuthClient> {
  const basic = readBasic(headers.authorization)
  if (basic && form.has('client_secret')) throw bad('The client is authorized in two ways')
  const id = basic?.id ?? form.get('client_id')
  if (id === undefined) throw bad('Missing parameter client_id')
  const client = await options.client(id)
  if (!client || (form.get('client_id') ?? id) !== id) throw bad('Invalid parameter client_id')
  const secret = basic?.secret ?? form.get('client_secret')
  if (client.secretHash && secret === undefined) throw bad('Client authorization required')
  if (client.secretHash && !isSecret(secret ?? '', client.secretHash)) {
    throw bad('Invalid parameter client_secret')
  }
  return client
}

/** RFC 6749 §2.3.1: both parts are encoded as in a form. */
function readBasic(header: string | undefined): { id: string; secret: string } | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header ?? '') ?? []
  if (encoded === undefined) return undefined
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  try {
    const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))
    return { id: decode(id), secret: decode(rest.join(':')) }
  } catch {
    throw bad('Malformed authorization header')
  }
}

function isSecret(secret: string, hash: Uint8Array): boolean {
  const given = createHash('sha256').update(secret).digest()
  return hash.length === given.length && timingSafeEqual(given, hash)
}

/** RFC 7636 §4.6. */
function answersChallenge(verifier: string | undefined, challenge: string): boolean {
  if (verifier === undefined || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  const answer = createHash('sha256').update(verifier).digest('base64url')
  return timingSafeEqual(Buffer.from(answer), Buffer.from(challenge))
}

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' }

function json(status: number, body: object): HandlerAnswer {
  const headers = { 'content-type': 'application/json; charset=utf-8', ...noStore }
  return { status, headers, body: Buffer.from(JSON.stringify(body)) }
}
