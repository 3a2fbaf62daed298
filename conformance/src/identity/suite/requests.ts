import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import type { ClientKind, Registered } from '../clients.ts'
import type { Arrived, Person } from '../person.ts'

/** Parameters of a request; what is undefined is left out. */
export type Parameters = Readonly<Record<string, string | undefined>>

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

/** Requests made by hand, so that each part of them can be wrong. */
export class Requests {
  readonly at: Registered
  readonly kind: ClientKind
  readonly verifier = randomBytes(32).toString('base64url')
  /** Of the proofs of possession (RFC 9449). */
  readonly pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  constructor(at: Registered, kind: ClientKind) {
    this.at = at
    this.kind = kind
  }

  get id(): string {
    return this.at.client(this.kind).id
  }

  endpoint(name: 'authorize' | 'par' | 'token' | 'userinfo' | 'sign-out'): string {
    return `${this.at.issuer}/oidc/${name}`
  }

  /** A right authorization request, but for what is said otherwise. */
  parameters(otherwise: Parameters = {}): Parameters {
    return {
      client_id: this.id,
      response_type: 'code',
      redirect_uri: this.at.redirectUri,
      scope: 'openid',
      state: 'the-state',
      nonce: 'the-nonce',
      code_challenge: sha256(this.verifier),
      code_challenge_method: 'S256',
      ...otherwise,
    }
  }

  authorizeUrl(otherwise: Parameters = {}): URL {
    const url = new URL(this.endpoint('authorize'))
    for (const [name, value] of entries(this.parameters(otherwise))) url.searchParams.set(name, value)
    return url
  }

  /** A client assertion (RFC 7523 §3) by the client's key, but for what is said otherwise. */
  async assertion(otherwise: AssertionParts = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const { key, kid } = this.kind === 'fapiOther' ? this.at.otherKey : this.at.key
    const right = { iss: this.id, sub: this.id, aud: this.at.issuer, iat: now, exp: now + 60, jti: jti() }
    const payload = present({ ...right, ...otherwise.claims })
    const header = { alg: 'ES256', kid, ...otherwise.header }
    return await new SignJWT(payload as JWTPayload).setProtectedHeader(header).sign(otherwise.key ?? key)
  }

  /** Posts a form as the client, with its secret, its assertion, or neither where `assertion` is null. */
  async post(url: string, form: Parameters, options: PostOptions = {}): Promise<Answer> {
    const { secret } = this.at.client(this.kind)
    const isKeyed = secret === undefined && this.kind !== 'app'
    const given = options.assertion === undefined && isKeyed ? await this.assertion() : options.assertion
    const proof = given
      ? {
          client_assertion: given,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        }
      : {}
    const headers = new Headers(options.headers)
    if (secret !== undefined && options.assertion !== null)
      headers.set('authorization', `Basic ${Buffer.from(`${this.id}:${secret}`).toString('base64')}`)
    if (options.dpop) headers.set('dpop', options.dpop)
    const body = new URLSearchParams(entries({ client_id: this.id, ...proof, ...form }))
    const answer = await fetch(url, { method: options.method ?? 'POST', body, headers })
    return await read(answer)
  }

  async push(otherwise: Parameters = {}, options: PostOptions = {}): Promise<Answer> {
    return await this.post(this.endpoint('par'), this.parameters(otherwise), options)
  }

  /** The address at which a person begins, for a request that was pushed. */
  pushedUrl({ body }: Answer, otherwise: Parameters = {}): URL {
    const url = new URL(this.endpoint('authorize'))
    const right = { client_id: this.id, request_uri: String(body.request_uri) }
    for (const [name, value] of entries({ ...right, ...otherwise })) url.searchParams.set(name, value)
    return url
  }

  /** A whole way of a pushed request, to where the person is in the end. */
  async signInPushed(
    person: Person,
    otherwise: Parameters = {},
    options: PostOptions = {},
  ): Promise<Arrived> {
    const pushed = await this.push(otherwise, options)
    if (pushed.status !== 201) throw new Error(`not pushed: ${said(pushed)}`)
    return await person.signIn(this.pushedUrl(pushed))
  }

  async token(code: string, otherwise: Parameters = {}, options: PostOptions = {}): Promise<Answer> {
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.at.redirectUri,
      code_verifier: this.verifier,
      ...otherwise,
    }
    const dpop =
      options.dpop === undefined && this.kind.startsWith('fapi') ? await this.proof() : options.dpop
    return await this.post(this.endpoint('token'), form, { ...options, ...(dpop ? { dpop } : {}) })
  }

  /** A proof of possession (RFC 9449 §4.2), for the token endpoint but for what is said otherwise. */
  async proof(otherwise: ProofParts = {}): Promise<string> {
    const jwk = { ...this.pair.publicKey.export({ format: 'jwk' }) }
    const right = { htm: 'POST', htu: this.endpoint('token'), iat: Math.floor(Date.now() / 1000), jti: jti() }
    const header = present({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...otherwise.header })
    const payload = present({ ...right, ...otherwise.claims })
    return await new SignJWT(payload as JWTPayload)
      .setProtectedHeader(header as { alg: string })
      .sign(otherwise.key ?? this.pair.privateKey)
  }

  /** Asks at userinfo, the resource whose tokens the issuer itself checks. */
  async userinfo(token: string, otherwise: ProofParts & { scheme?: string; bare?: boolean } = {}) {
    const right = { htm: 'GET', htu: this.endpoint('userinfo'), ath: sha256(token) }
    const dpop = await this.proof({ ...otherwise, claims: { ...right, ...otherwise.claims } })
    return await this.userinfoWith(token, otherwise.bare ? undefined : dpop, otherwise.scheme)
  }

  async userinfoWith(token: string, dpop: string | undefined, scheme = 'DPoP'): Promise<Answer> {
    const headers = { authorization: `${scheme} ${token}`, ...(dpop === undefined ? {} : { dpop }) }
    return await read(await fetch(this.endpoint('userinfo'), { headers }))
  }
}

export interface AssertionParts {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: { readonly alg?: string; readonly kid?: string; readonly typ?: string }
  readonly key?: CryptoKey | KeyObject
}

export interface ProofParts {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
  readonly key?: KeyObject
}

export interface PostOptions {
  /** Null: the client does not prove itself. */
  readonly assertion?: string | null
  /** Null: no proof of possession. */
  readonly dpop?: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** A token with `alg: none` (RFC 7515 appendix A.5). */
export function unsigned(header: object, payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none', ...header })}.${part(payload)}.`
}

/** A key of RSA, for algorithms that the profile does not have; and the public key of it. */
export function rsaKey(): { readonly key: KeyObject; readonly jwk: object } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { key: privateKey, jwk: createPublicKey(privateKey).export({ format: 'jwk' }) }
}

export function said({ status, body }: Answer): string {
  return `${status} ${body.error ?? ''} ${body.error_description ?? ''}`.trim()
}

function jti(): string {
  return randomBytes(12).toString('base64url')
}

async function read(answer: Response): Promise<Answer> {
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: bodyOf(text) }
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return { text }
  }
}

function entries(parameters: Parameters): [string, string][] {
  return Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
}

function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
