import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLogger, migrate } from '@sapan/kernel'
import { createCookies, createSite, renderPage, type SiteRoute } from '@sapan/ui'
import { exportJWK, generateKeyPair } from 'jose'
import { h } from 'preact'
import {
  createRelyingParty,
  faceClientSettings,
  type RelyingParty,
  type RelyingPartyOptions,
  relyingPartyMigrations,
} from '../../src/relying-party/index.ts'
import type { Need, Visitor } from '../../src/visitor.ts'
import type { TestIssuer } from '../provider/issuer.ts'

/** A face over HTTP, whose visitors sign in at a real issuer. */
export interface TestFace {
  readonly origin: string
  readonly relyingParty: RelyingParty
  readonly logged: string[]
  stop(): Promise<void>
}

/** Since when visitors of a path must have proved themselves. */
export const asked = new Map<string, number>()

const pages: SiteRoute<Visitor | undefined, Need>[] = [
  page('/open', undefined),
  page('/me', {}),
  page('/strong', { aal: '3' }),
  page('/fresh', { freshSeconds: 60 }),
  page('/confirm/asked', { freshSeconds: 0, provedSince: async ({ target }) => asked.get(target) ?? 0 }),
  page('/desk', { duties: ['tasks'] }),
  page('/proofed', { ial: '2.3' }),
  {
    method: 'POST',
    path: '/fresh',
    needs: { freshSeconds: 60 },
    handle: ({ form }) => ({ kind: 'file', contentType: 'text/plain', body: `done ${form.get('amount')}` }),
  },
]

/** Says who came in, and has the key of its forms. */
function page(path: string, needs: Need | undefined): SiteRoute<Visitor | undefined, Need> {
  return {
    method: 'GET',
    path,
    ...(needs && { needs }),
    handle: ({ who, formKey }) => ({
      kind: 'page',
      title: path,
      body: h('main', null, JSON.stringify(who ?? 'nobody'), formKey),
    }),
  }
}

export async function startFace(
  issuer: TestIssuer,
  options: Partial<RelyingPartyOptions> = {},
  more: readonly SiteRoute<Visitor, Need>[] = [],
): Promise<TestFace> {
  const { ground } = issuer
  await migrate(ground.pool, 'portal', relyingPartyMigrations)
  const server = createServer((request, response) => site.handler(request, response))
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const keys = await generateKeyPair('ES256', { extractable: true })
  const id = `face-${(server.address() as AddressInfo).port}`
  const key = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }
  await issuer.clients.register(
    faceClientSettings({ id, names: { th: 'หน้า', en: 'Face' }, origin, key }),
    'file',
  )
  const logged: string[] = []
  const log = createLogger({ name: 'face', destination: { write: (line: string) => void logged.push(line) } })
  const relyingParty = createRelyingParty({
    ...ground,
    log,
    schema: 'portal',
    origin,
    cookies: createCookies(origin, 'sapan-portal'),
    issuer: issuer.issuer,
    clientId: id,
    clientKey: { key: keys.privateKey, kid: 'one' },
    nameOf: async () => ({ th: 'สมหญิง ใจดี', en: 'Somying Jaidee' }),
    sessionState: ({ account, session }) => issuer.provider.sessionStateAs(account, session),
    endSession: async ({ account, session }) => {
      const all = await issuer.provider.sessionsOf(account)
      const found = all.find(({ sids }) => sids.includes(session))
      if (found) await issuer.provider.revokeSession(account, found.id)
    },
    ...options,
  })
  const site = createSite<Visitor | undefined, Need>({
    origin,
    cookiePrefix: 'sapan-portal',
    cookieSecret: Buffer.alloc(32, 3),
    frame: ({ language, title, languages, body }) =>
      renderPage({ language, title, languages, home: '/', body }),
    routes: [...pages, ...relyingParty.routes, ...more],
    admit: relyingParty.admit,
    formTargets: relyingParty.formTargets,
    log,
  })
  return { origin, relyingParty, logged, stop: () => stop(server, site) }
}

async function stop(server: Server, site: { close(): Promise<void> }): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await site.close()
}
