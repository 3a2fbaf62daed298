import { createHash, randomBytes, randomInt } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Answer } from './answer-reader.ts'
import type { Asked, Connection } from './connection.ts'
import { Cookies } from './cookies.ts'
import { type Party, redirectUri, scope } from './orders.ts'
import type { Passkeys } from './passkey.ts'
import { systemForm } from './system.ts'

export interface Tokens {
  readonly access: string
  readonly refresh: string
}

/** What a worker of the load generator has at hand. */
export interface Worker {
  readonly party: Party
  readonly connection: Connection
  readonly passkeys?: Passkeys
}

/** A whole sign-in by a browser that was never there before: from the client to the provider, back, and to userinfo. */
export async function signIn(worker: Worker): Promise<Tokens> {
  const { party } = worker
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')
  const query = new URLSearchParams({
    client_id: party.client.id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    state,
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const at = await new Browser(worker).follow(`${party.authorize}?${query}`)
  const code = at.searchParams.get('code')
  if (code === null || at.searchParams.get('state') !== state)
    throw new Error(`${party.name}: came back to ${at}`)
  const tokens = await tokensFor(worker, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  const authorization = { authorization: `Bearer ${tokens.access}` }
  const me = await asked(worker, { path: party.userinfo, headers: authorization })
  if (typeof me.sub !== 'string' || typeof me.name !== 'string')
    throw new Error(`${party.name}: userinfo tells no name`)
  return tokens
}

/** Gives the next refresh token in place of this one. */
export async function refresh(worker: Worker, tokens: Tokens): Promise<Tokens> {
  return await tokensFor(worker, { grant_type: 'refresh_token', refresh_token: tokens.refresh })
}

export async function introspect(worker: Worker, tokens: Tokens): Promise<void> {
  const answer = await asked(worker, {
    ...posted(worker, worker.party.introspect),
    form: { token: tokens.access },
  })
  if (answer.active !== true) throw new Error(`${worker.party.name}: the token is not active`)
}

/** A token for a system, which acts for nobody. */
export async function systemToken(worker: Worker): Promise<void> {
  const { party } = worker
  const answer = await asked(worker, { method: 'POST', path: party.token, form: systemForm(party) })
  if (typeof answer.access_token !== 'string') throw new Error(`${party.name}: no token for a system`)
}

async function tokensFor(worker: Worker, form: Record<string, string>): Promise<Tokens> {
  const answer = await asked(worker, { ...posted(worker, worker.party.token), form })
  const { access_token: access, refresh_token: refreshed } = answer
  if (typeof access !== 'string' || typeof refreshed !== 'string')
    throw new Error(`${worker.party.name}: no tokens, but ${Object.keys(answer).join(', ')}`)
  return { access, refresh: refreshed }
}

function posted({ party }: Worker, path: string): Asked {
  const basic = Buffer.from(`${party.client.id}:${party.client.secret}`).toString('base64')
  return { method: 'POST', path, headers: { authorization: `Basic ${basic}`, accept: 'application/json' } }
}

async function asked({ connection, party }: Worker, request: Asked): Promise<Record<string, unknown>> {
  const { status, body } = await connection.ask(request)
  if (status !== 200) throw new Error(`${party.name} answered ${request.path} with ${status}: ${body}`)
  return JSON.parse(body.toString()) as Record<string, unknown>
}

const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'

/** A browser and the person at it, as far as a sign-in needs them. */
class Browser {
  readonly #worker: Worker
  readonly #cookies = new Cookies()

  constructor(worker: Worker) {
    this.#worker = worker
  }

  /** Goes on until the way leads back to the client, and signs in on the page in between. */
  async follow(path: string): Promise<URL> {
    const { origin, name } = this.#worker.party
    let at = new URL(path, origin)
    let answer = await this.#go({ path: at.pathname + at.search })
    for (let step = 0; step < 8; step++) {
      const [to] = answer.headers.get('location') ?? []
      if (to === undefined) answer = await this.#prove(at, answer)
      else {
        at = new URL(to, at)
        if (at.origin !== origin) return at
        answer = await this.#go({ path: at.pathname + at.search })
      }
    }
    throw new Error(`${name}: the sign-in does not end, at ${at.pathname}`)
  }

  async #go(request: Asked): Promise<Answer> {
    const { connection, party } = this.#worker
    const cookie = this.#cookies.of(request.path)
    const headers = {
      'user-agent': agent,
      accept: 'text/html',
      'accept-encoding': 'gzip',
      ...(cookie && { cookie }),
      ...(request.method === 'POST' && { origin: party.origin }),
      ...request.headers,
    }
    const answer = await connection.ask({ ...request, headers })
    this.#cookies.take(answer.headers.get('set-cookie'))
    if (answer.status >= 400)
      throw new Error(`${party.name} answered ${request.path} with ${answer.status}: ${answer.body}`)
    return answer
  }

  async #prove(at: URL, page: Answer): Promise<Answer> {
    const { login } = this.#worker.party
    const person = randomInt(login.people)
    const path = at.pathname
    switch (login.kind) {
      case 'told':
        return await this.#go({ method: 'POST', path, form: { person: String(person) } })
      case 'password': {
        const form = { username: `person-${person}`, password: login.password, credentialId: '' }
        const action = new URL(attribute(page, /<form[^>]*action="([^"]+)"/))
        return await this.#go({ method: 'POST', path: action.pathname + action.search, form })
      }
      case 'passkey':
        return await this.#passkey(path, page, person)
    }
  }

  async #passkey(path: string, page: Answer, person: number): Promise<Answer> {
    const key = { 'form-key': attribute(page, /name="form-key"[^>]*value="([^"]+)"/) }
    const begun = await this.#go({ method: 'POST', path: `${path}/passkey/options`, form: key })
    const { ceremony, options } = JSON.parse(text(begun)) as {
      ceremony: string
      options: { challenge: string; rpId?: string }
    }
    const response = this.#worker.passkeys?.answer(person, options) ?? ''
    return await this.#go({ method: 'POST', path: `${path}/passkey`, form: { ...key, ceremony, response } })
  }
}

function attribute(page: Answer, pattern: RegExp): string {
  const found = pattern.exec(text(page))?.[1]
  if (found === undefined) throw new Error(`a page without ${pattern}: ${text(page)}`)
  return found.replaceAll('&amp;', '&')
}

function text({ headers, body }: Answer): string {
  return (headers.get('content-encoding')?.[0] === 'gzip' ? gunzipSync(body) : body).toString()
}
