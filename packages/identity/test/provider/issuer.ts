import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAccounts } from '../../src/account/accounts.ts'
import { type Clients, createClients } from '../../src/clients/clients.ts'
import type { SignIn, SignInResult } from '../../src/provider/interactions.ts'
import { createProvider, type IdentityProvider, type ProviderOptions } from '../../src/provider/provider.ts'
import { isProviderPath } from '../../src/provider/requests.ts'
import { type TestGround, testGround, testLevels } from '../ground.ts'
import { scopes } from './scopes.ts'

/** An issuer over HTTP on loopback, with as many processes as `started` more than once on one database. */
export interface TestIssuer {
  readonly issuer: string
  readonly ground: TestGround
  readonly provider: IdentityProvider
  readonly clients: Clients
  /** What the page saw last. */
  readonly seen: { signIn?: SignIn }
  /** What the person does when asked; `aal` of their sign-in. */
  act: (signIn: SignIn) => SignInResult | Promise<SignInResult>
  /** The real consent and proofing pages, where a test has them. */
  page?: (request: IncomingMessage, response: ServerResponse) => void
  /** Another process of the same issuer, at its own port. */
  another(): Promise<TestIssuer>
  person(name?: string): Promise<string>
  stop(): Promise<void>
}

type Options = Partial<Omit<ProviderOptions, 'accounts' | 'clients'>>

export const keyOptions = { algorithms: ['ES256'], lead: 60, tail: 900, refresh: 1 } as const

export async function startIssuer(options: Options = {}): Promise<TestIssuer> {
  let ahead = 0
  const base = await testGround()
  const ground = { ...base, clock: () => Date.now() + ahead, pass: (ms: number) => (ahead += ms) }
  return await run(ground, options)
}

async function run(ground: TestGround, options: Options, shared?: string): Promise<TestIssuer> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const here = `http://localhost:${(server.address() as AddressInfo).port}`
  const issuer = shared ?? here
  const accounts = createAccounts(ground)
  const clients = createClients(ground, knownToClients)
  const provider = createProvider(
    { ...ground, issuer },
    { accounts, clients, scopes, keys: keyOptions, ...options },
  )
  const test: TestIssuer = {
    issuer: here,
    ground,
    provider,
    clients,
    seen: {},
    act: () => ({ cancelled: true }),
    another: () => run(ground, options, issuer),
    person: (name) => person(ground, accounts, name),
    stop: () => stop(server, shared === undefined ? ground : undefined),
  }
  server.on('request', (request, response) => void answer(test, request, response))
  return test
}

export const knownToClients = {
  scopes: new Set(scopes.scopes.map(({ code }) => code)),
  ial: new Set(['1.1', '1.3', '2.1', '2.3', '3']),
  aal: new Set(['1', '2.1', '2.2', '3']),
}

/** The pages at the issuer: as soon as one is opened, `act` says what the person does on it. */
async function answer(test: TestIssuer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', test.issuer).pathname
  if (isProviderPath(path)) return await test.provider.handler(request, response)
  if (test.page && /\/(consent|proofing)$/.test(path)) return test.page(request, response)
  try {
    const signIn = await test.provider.interactions.details(request, response)
    test.seen.signIn = signIn
    const to = await test.provider.interactions.finish(request, response, await test.act(signIn))
    response.writeHead(303, { location: to }).end()
  } catch (error) {
    response.writeHead(500).end(error instanceof Error ? error.message : '')
  }
}

async function person(
  ground: TestGround,
  accounts: ReturnType<typeof createAccounts>,
  name = 'สมหญิง',
): Promise<string> {
  const client = await ground.pool.connect()
  const { id } = await accounts.create(client, { language: 'th' })
  await accounts.saveProfile(client, id, {
    givenName: { th: name, en: 'Somying' },
    familyName: { th: 'ใจดี', en: 'Jaidee' },
    birthDate: '1990-01-02',
    source: 'TH/GOV/DOPA',
    fetchedAt: ground.clock(),
  })
  client.release()
  return id
}

async function stop(server: Server, ground: TestGround | undefined): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await ground?.database.drop()
}

/** The person signs in with `aal`, and agrees to all that a client asks. */
export function signsIn(test: TestIssuer, account: string, aal = '2.2') {
  return async (signIn: SignIn): Promise<SignInResult> => {
    if (signIn.prompt === 'proofing') return { proofing: true }
    if (signIn.prompt === 'login') return { login: { account, aal, amr: ['hwk', 'user', 'mfa'] } }
    const consent = { account, client: signIn.client.id, scopes: signIn.scopes, claims: signIn.claims }
    return { consent: { grant: await test.provider.agree({ ...consent, shown: [], refused: [] }) } }
  }
}

export { scopes, testLevels }
