import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outsideBack, type SignInAddition } from '@sapan/identity'
import { createLogger } from '@sapan/kernel'
import { createPortal } from '@sapan/portal'
import { createSandboxThaid } from '@sapan/sandbox'
import type { SiteMethod } from '@sapan/ui'
import { testDatabase } from '../../../../packages/kernel/test/database.ts'
import { freePorts } from '../../../../packages/kernel/test/ports.ts'
import type { IdentityFile } from '../../src/config/identity.ts'
import { openDemonstration } from '../../src/documents/demonstration.ts'
import { openDesk } from '../../src/identity/desk.ts'
import { openGround } from '../../src/identity/ground.ts'
import { type House, openHouse } from '../../src/identity/house.ts'
import { openIssuer } from '../../src/identity/issuer.ts'
import { portalSite } from '../../src/identity/portal-site.ts'
import { problemPages } from '../../src/run/pages.ts'
import { type Newcomer, openNewcomer } from './people.ts'
import { hostedAgencies, servicesOptions } from './services.ts'

export type FaceName = 'issuer' | 'portal' | 'desk'

export interface FaceRoute {
  readonly face: FaceName
  readonly method: SiteMethod
  readonly path: string
}

/** Issuer, portal and desk of one operator in this process, each at a port of its own, as an operator composes them. */
export interface OpenHouse {
  readonly house: House
  readonly origins: Readonly<Record<FaceName, string>>
  /** Every route that the three faces registered, but their files. */
  readonly routes: readonly FaceRoute[]
  /** Lines of the log. */
  readonly logged: string[]
  /** A person, who is then signed in by `/play`. */
  newcomer(agency: string): Promise<Newcomer>
  stop(): Promise<void>
}

export async function openFaces(): Promise<OpenHouse> {
  const [identity = 0, portal = 0, desk = 0] = await freePorts(3)
  const origins = {
    issuer: `http://localhost:${identity}`,
    portal: `http://localhost:${portal}`,
    desk: `http://localhost:${desk}`,
  }
  const home = await mkdtemp(join(tmpdir(), 'hostile-'))
  const database = await testDatabase()
  const edge = await neighbours(origins)
  const logged: string[] = []
  const log = createLogger({
    ...{ name: 'test', level: 'trace' },
    destination: { write: (line: string) => void logged.push(line) },
  })
  const ground = await openGround(fileOf(origins, edge.address, home), { databaseUrl: database.url, log })
  const [documents, services] = await Promise.all([documentsOf(home, origins.issuer), servicesOptions()])
  const house = await openHouse(ground, { documents, services })
  const people: string[] = []
  const { routes, listening } = watchedRoutes()
  const faces = [
    await listening('issuer', () => openIssuer(house, { addition: playing(house, people) })),
    await listening('portal', async () =>
      createPortal({ anchors: [], docs: problemPages, log, site: await portalSite(house) }),
    ),
    await listening('desk', () => openDesk(house)),
  ]
  const servers: Server[] = []
  for (const [at, face] of faces.entries()) {
    const server = createServer(face.handler)
    await new Promise<void>((resolve) => server.listen([identity, portal, desk][at], 'localhost', resolve))
    servers.push(server)
  }
  return {
    house,
    origins,
    routes,
    logged,
    newcomer: async (agency) => {
      const person = await openNewcomer(house, agency)
      people.push(person.account)
      return person
    },
    stop: async () => {
      for (const server of servers) server.closeAllConnections()
      for (const server of servers) await new Promise((resolve) => server.close(resolve))
      for (const face of faces) await face.close()
      await house.close()
      await edge.stop()
      await database.drop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** What Fastify tells on its channel, as far as it is looked at. */
interface Hooked {
  addHook(name: 'onRoute', hook: (route: { method: string | string[]; url: string }) => void): void
}

/** Sees the routes where they arise, in Fastify, so that none can be left out by forgetting to list it. */
function watchedRoutes() {
  const routes: FaceRoute[] = []
  const listening = async <Face>(face: FaceName, make: () => Promise<Face>): Promise<Face> => {
    const seen = (message: unknown) => {
      const { fastify } = message as { fastify: Hooked }
      fastify.addHook('onRoute', ({ method, url }) => {
        // Fastify makes a HEAD of each GET; what takes several is a protocol's, which is told in `programs.ts`.
        if (method === 'HEAD' || typeof method !== 'string' || url.startsWith('/assets/')) return
        if (!isSiteMethod(method)) throw new Error(`nothing attacks ${method} ${url}`)
        routes.push({ face, method, path: url })
      })
    }
    subscribe('fastify.initialization', seen)
    try {
      return await make()
    } finally {
      unsubscribe('fastify.initialization', seen)
    }
  }
  return { routes, listening }
}

const isSiteMethod = (method: string): method is SiteMethod =>
  ['GET', 'POST', 'PUT', 'DELETE'].includes(method)

/** Signs in as whoever came last, as the demonstration does by one press. */
function playing({ ground }: House, people: readonly string[]): SignInAddition {
  const prove = async () => {
    const account = people.at(-1) ?? ''
    return { account, aal: '2.2', amr: ['user'], authenticators: [], at: ground.clock() }
  }
  return { section: () => null, forms: [{ path: '/play', prove }] }
}

function fileOf(origins: Readonly<Record<FaceName, string>>, edge: string, home: string): IdentityFile {
  return {
    ...origins,
    listen: { identity: 'localhost:0', desk: 'localhost:0' },
    behindProxy: false,
    operator: 'TH/GOV/DGA',
    gateway: { edge, subsystem: 'TH/GOV/DGA/identity' },
    agencies: hostedAgencies.map((member) => ({ member, edge })),
    watched: [],
    contact: { email: 'help@sapan.example', dataProtection: 'dpo@sapan.example' },
    mail: { smtp: 'smtp://127.0.0.1:9?security=plain', from: 'Sapan <no-reply@sapan.example>' },
    providers: [{ id: 'thaid', issuer: edge, clientId: outside.id, clientSecret: outside.secret }],
    keys: join(home, 'keys'),
    database: { url: 'postgres://unused' },
    logLevel: 'warn',
  }
}

async function documentsOf(home: string, at: string) {
  const { issuer, seal, revocation, timestamper, rootList, statusOf } = await openDemonstration(home)
  return {
    authority: { issuer, addresses: { ocsp: [`${at}/ocsp`], crl: [`${at}/crl`] } },
    timestamper,
    seal: { key: seal, revocation },
    agencySeals: new Map(),
    statusOf,
    lists: async () => [await rootList()],
  }
}

/** A gateway behind which no register knows anybody, and in front of which an outside provider stands. */
async function neighbours(origins: Readonly<Record<FaceName, string>>): Promise<Neighbours> {
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (!/^\/(r1|sapan|listClients)\b/.test(path)) return thaid(request, response)
    const known = { '/listClients': { member: [] }, '/sapan/v1/operators': { operators: [] } }
    const found = Object.entries(known).find(([name]) => path === name)?.[1]
    request.resume()
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json', 'sapan-exchange': 'x' })
    response.end(JSON.stringify(found ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const thaid = createSandboxThaid({
    issuer: address,
    people: [],
    clients: [
      {
        ...outside,
        redirectUris: [`${origins.portal}/me/proofing/outside/back`, `${origins.issuer}${outsideBack}`],
      },
    ],
  })
  return {
    address,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Neighbours {
  readonly address: string
  stop(): Promise<void>
}

const outside = { id: 'sapan', secret: 'x'.repeat(43) }
