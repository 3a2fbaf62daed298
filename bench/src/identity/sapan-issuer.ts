// Sapan's issuer, a process of its own: the rooms of Digital ID as a house puts them together, over PostgreSQL.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRooms, identityAssets, isProviderPath, type Rooms, signInRoutes } from '@sapan/identity'
import { createCookies, createSite, renderPage, type SiteFrame } from '@sapan/ui'
import { groundOf } from './ground.ts'
import type { IssuerOrder } from './issuer-order.ts'
import { accountOf } from './people.ts'
import { answerTold } from './told-page.ts'

const order = JSON.parse(process.argv[2] ?? '') as IssuerOrder
const ground = await groundOf(order)
const { issuer } = ground
const rooms = createRooms(ground, {
  notices: { send: async () => {} },
  relyingParty: { id: 'localhost', name: 'Sapan', origins: [issuer] },
  hashCost: { memory: 19_456, passes: 2, parallelism: 1 },
  words: { member: none, service: none, operation: none, purpose: none, field: none },
  operator: 'TH/GOV/DGA',
  agencies: [],
})
const pages = order.pages === 'own' ? ownPages(rooms) : toldPages(rooms)

createServer((request, response) => {
  const path = request.url?.split('?')[0] ?? '/'
  if (isProviderPath(path)) void rooms.provider.handler(request, response)
  else pages(request, response)
}).listen(order.port, '127.0.0.1')
process.on('SIGTERM', () => process.exit())

function none(): undefined {}

type Pages = (request: IncomingMessage, response: ServerResponse) => void

function ownPages(rooms: Rooms): Pages {
  const { interactions } = rooms.provider
  const cookies = createCookies(issuer, 'sapan-identity')
  // Everybody comes from one address here.
  const admission = { admit: async () => {} }
  const site = createSite<undefined, never>({
    origin: issuer,
    cookiePrefix: 'sapan-identity',
    cookieSecret: Buffer.from(order.hashKey, 'base64url'),
    frame,
    routes: signInRoutes({ ...ground, ...rooms, admission, interactions, cookies }),
    admit: () => ({ kind: 'in', who: undefined }),
    assets: identityAssets(),
    log: ground.log,
  })
  return site.handler
}

function toldPages({ provider: { interactions } }: Rooms): Pages {
  const page = {
    details: interactions.details,
    finish: (request: IncomingMessage, response: ServerResponse, person: number) =>
      interactions.finish(request, response, {
        login: { account: accountOf(person), aal: '2.2', amr: ['hwk', 'user', 'mfa'] },
      }),
  }
  return (request, response) => void answerTold(page, request, response)
}

function frame({ language, title, languages, scripts, body }: Parameters<SiteFrame<undefined>>[0]): string {
  return renderPage({
    language,
    title,
    languages,
    home: '/',
    line: { th: 'เข้าใช้', en: 'Sign in' },
    scripts,
    body,
  })
}
