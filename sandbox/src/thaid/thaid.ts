import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { choosePage, overPage } from './page.ts'
import type { ThaidPerson } from './people.ts'
import { createProvider, subjectOf } from './provider.ts'

/** A party that lets people sign in here. */
export interface ThaidClient {
  readonly id: string
  readonly secret: string
  readonly redirectUris: readonly string[]
}

export interface SandboxThaidOptions {
  /** Its origin: `http://localhost:4410`. */
  readonly issuer: string
  readonly people: readonly ThaidPerson[]
  readonly clients: readonly ThaidClient[]
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
}

/**
 * The sandbox's stand-in of the ThaID app: a real OpenID provider (authorization code with PKCE, signed ID tokens) on which
 * one chooses a synthetic person. It listens nowhere: whoever composes it serves the handler at the issuer's origin.
 */
export function createSandboxThaid({
  issuer,
  people,
  clients,
}: SandboxThaidOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const bySubject = new Map(people.map((person) => [subjectOf(person.nationalId), person]))
  const provider = createProvider(
    issuer,
    clients.map(({ id, secret, redirectUris }) => ({
      client_id: id,
      client_secret: secret,
      redirect_uris: [...redirectUris],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    })),
    (subject) => bySubject.get(subject),
  )
  const callback = provider.callback()
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer)
    if (!pathname.startsWith('/choose/')) return void callback(request, response)
    choose(provider, people, request, response).catch(() => {
      response.writeHead(400, HEADERS).end(overPage())
    })
  }
}

async function choose(
  provider: Provider,
  people: readonly ThaidPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response)
  if (request.method !== 'POST') {
    response.writeHead(200, HEADERS).end(choosePage(uid, people))
    return
  }
  const chosen = (await readForm(request)).get('person') ?? ''
  const person = people.find(({ nationalId }) => nationalId === chosen)
  const result = person
    ? { login: { accountId: subjectOf(person.nationalId), remember: false } }
    : { error: 'access_denied', error_description: 'nobody was chosen' }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

const LONGEST = 4096

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const part of request) {
    text += part
    if (text.length > LONGEST) throw new Error('the form is too long')
  }
  return new URLSearchParams(text)
}
