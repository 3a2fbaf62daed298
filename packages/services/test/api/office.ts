import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Need, Visitor } from '@sapan/identity'
import { createSite, renderPage, type SiteRoute } from '@sapan/ui'
import { servicesApiRoutes } from '../../src/api/routes.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { places } from '../form/made.ts'
import { boatOffice, people } from '../submission/office.ts'

export const mali = people.mali.account
export const somchai = people.somchai.account

export interface Sent {
  readonly method?: string
  /** As JSON; a text or a form as it is. */
  readonly body?: unknown
  /** Whose token it is. */
  readonly as?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** The API of an office on a site of its own. A token is somebody's account, with the level that `setLevel` says. */
export async function openApiOffice(over: Partial<ServiceDefinition> = {}) {
  const office = await boatOffice(over)
  let ial = '2.1'
  let looks = 0
  const server = createServer((request, response) => site.handler(request, response))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ground = { ...office.ground, portal: origin }
  const site = createSite<Visitor | undefined, Need>({
    origin,
    cookiePrefix: 'test',
    cookieSecret: Buffer.alloc(32, 7),
    frame: ({ language, title, body, languages }) =>
      renderPage({ language, title, body, languages, home: '/' }),
    routes: servicesApiRoutes({
      ...{ ground, drafts: office.drafts, places, issuer: 'https://id.example' },
      meets: (has, needs) => has.ial >= needs.ial && has.aal >= needs.aal,
      acrOf: (level) => `urn:test:${level.ial}:${level.aal}`,
      authenticate: async ({ authorization }) => {
        looks++
        if (authorization === undefined) return 'token-missing'
        const [, account, word] = /^Bearer (\S{36})(\S*)$/.exec(authorization) ?? []
        if (account === undefined) return 'token-invalid'
        if (word === '-poor') return 'scope-missing'
        const level = { ial, aal: '2.1' }
        const session = { session: 'session', authenticatedAt: office.at, client: word ?? '' }
        return { account, name: '', level, ...session }
      },
    }) as SiteRoute<Visitor | undefined, Need>[],
    admit: () => ({ kind: 'in', who: undefined }),
    log: office.ground.log,
  })
  return {
    office,
    origin,
    /** How often it was looked at whose token it is. */
    looks: () => looks,
    setLevel: (level: string) => {
      ial = level
    },
    call: (path: string, sent?: Sent) => call(origin, path, sent),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await site.close()
      await office[Symbol.asyncDispose]()
    },
  }
}

export type ApiOffice = Awaited<ReturnType<typeof openApiOffice>>

async function call(origin: string, path: string, { method, body, as, headers = {} }: Sent = {}) {
  const isForm = body instanceof FormData
  const response = await fetch(origin + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  const type = response.headers.get('content-type') ?? ''
  return {
    status: response.status,
    type,
    bytes,
    header: (name: string) => response.headers.get(name) ?? '',
    etag: response.headers.get('etag') ?? '',
    value: /json/.test(type) && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined,
  }
}

/** Whatever draft it is. */
export const any = { 'if-match': '*' }
