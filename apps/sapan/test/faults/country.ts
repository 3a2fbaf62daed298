import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { initialiseCenter, joinGateway } from '@sapan/exchange'
import { KeyFolder } from '@sapan/trust'
import { parse, stringify } from 'yaml'
import { freePorts } from '../../../../packages/kernel/test/ports.ts'
import { type AdminClient, adminClient } from '../../src/clients/admin.ts'
import { writeCenterFile } from '../../src/config/center.ts'
import { writeGatewayFile } from '../../src/config/gateway.ts'
import { writeEndpoints } from '../../src/home/endpoints.ts'
import { type Postgres, startPostgres } from '../../src/postgres/index.ts'
import { letIn } from '../postgres/homes.ts'
import { type OwnSystem, startOwnSystem } from './own-system.ts'
import { type FaultRegister, startRegister } from './register.ts'
import { Restartable } from './restartable.ts'

const program = fileURLToPath(new URL('../../bin/sapan.mjs', import.meta.url))

/** An agency in the fault tier: a gateway process of its own on a PostgreSQL of its own. */
export interface FaultAgency {
  readonly member: string
  /** With its configuration and keys. */
  readonly home: string
  readonly edge: string
  readonly gateway: Restartable
  readonly postgres: Postgres
  readonly admin: () => Promise<AdminClient>
}

/** One of the country's centers: a process of its own over the database of all. */
export interface FaultCenter {
  readonly url: string
  readonly process: Restartable
  readonly operator: AdminClient
}

export interface FaultCountry {
  readonly rd: FaultAgency
  readonly dopa: FaultAgency
  readonly center: { readonly process: Restartable; readonly postgres: Postgres }
  /** The first one, and another where two were asked for. */
  readonly centers: readonly FaultCenter[]
  /** DOPA's own system. */
  readonly register: FaultRegister
  /** RD's, which is told and handed things by its gateway. */
  readonly ownSystem: OwnSystem
  /** DOPA's gateway takes a member in, which offers the same register to RD; its id. */
  host(code: string): Promise<string>
  /** A gateway of its own, on a PostgreSQL of its own, that waits for a member to move there. */
  joinForMove(code: string): Promise<FaultAgency>
  stop(): Promise<void>
}

export const service = 'TH/GOV/DOPA/main/person-v1'
export const client = 'TH/GOV/RD/main'

const text = (th: string, en: string) => ({ 'x-sapan-text': { th, en } })
const answer = {
  '200': {
    description: 'ok',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            nationalId: { type: 'string', ...text('เลข', 'Number'), 'x-sapan-term': 'person:nationalId' },
            secret: { type: 'string', ...text('ลับ', 'Secret') },
          },
        },
      },
    },
  },
}
const leaf = (name: string) => ({ type: 'string', ...text(name, name) })
const events = {
  type: 'object',
  properties: {
    next: leaf('next'),
    events: {
      type: 'array',
      ...text('ข่าว', 'Events'),
      items: {
        type: 'object',
        properties: {
          ...{ number: leaf('number'), message: leaf('message'), at: leaf('at') },
          event: {
            type: 'object',
            ...text('การย้าย', 'The move'),
            properties: { nationalId: leaf('nationalId'), postcode: leaf('postcode') },
          },
        },
      },
    },
  },
}
const openapi = {
  openapi: '3.1.0',
  info: { title: 'Fault register', version: 'v1', 'x-sapan-code': 'person', ...text('ทะเบียน', 'Register') },
  paths: {
    '/persons/{id}': {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string' }, ...text('เลข', 'Number') },
      ],
      get: {
        operationId: 'getPerson',
        ...text('อ่าน', 'Read'),
        'x-sapan-subject': [{ in: 'path', name: 'id' }],
        responses: answer,
      },
      post: {
        operationId: 'changePerson',
        ...text('แก้', 'Change'),
        parameters: [
          { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' }, ...text('คีย์กันซ้ำ', 'Key') },
        ],
        'x-sapan-subject': [{ in: 'path', name: 'id' }],
        responses: answer,
      },
    },
    '/moves': {
      post: {
        operationId: 'tellMove',
        ...text('แจ้งย้าย', 'Tell of a move'),
        'x-sapan-queue': true,
        'x-sapan-subject': [{ in: 'request', pointer: '/nationalId' }],
        responses: { '202': { description: 'kept' } },
      },
    },
    '/moves/published': {
      get: {
        operationId: 'readMoves',
        ...text('อ่านข่าวการย้าย', 'Read of moves'),
        'x-sapan-topic': true,
        'x-sapan-subject': [{ in: 'answer', pointer: '/events/*/event/nationalId' }],
        parameters: ['after', 'limit'].map((name) => ({
          name,
          in: 'query',
          schema: { type: 'string' },
          ...text(name, name),
        })),
        responses: { '200': { description: 'ok', content: { 'application/json': { schema: events } } } },
      },
    },
  },
}

/**
 * Center, two agencies and a register, each a process of its own, center and gateways with a PostgreSQL of their own,
 * fsync on. All of it lies in `folder`. Two centers share keys and database.
 */
export async function startFaultCountry(
  folder: string,
  { centers: count = 1 }: { centers?: 1 | 2 } = {},
): Promise<FaultCountry> {
  const home = await mkdtemp(join(folder, 'sapan-faults-'))
  await letIn(home)
  const ports = await freePorts(10)
  const [centerPort, dopaPort, rdPort, registerPort = 0] = await freePorts(4)
  const register = await startRegister(home, registerPort)
  const ownSystem = await startOwnSystem()
  const database = (of: string, port = 0) => startPostgres({ directory: join(home, of, 'postgres'), port })
  const databases = await Promise.all([
    database('center', centerPort),
    database('DOPA', dopaPort),
    database('RD', rdPort),
  ])
  const [centerPostgres, dopaPostgres, rdPostgres] = databases
  const places = count === 1 ? [ports.slice(0, 2)] : [ports.slice(0, 2), ports.slice(8, 10)]
  const centers = await startCenters(home, places, centerPostgres)
  const [{ operator, process: center }] = centers
  const alsoAt = centers.slice(1).map(({ url }) => url)
  const [dopa, rd] = await Promise.all([
    joinAgency({ home, code: 'DOPA', ports: ports.slice(2, 5), operator, alsoAt, postgres: dopaPostgres }),
    joinAgency({
      home,
      code: 'RD',
      ports: ports.slice(5, 8),
      operator,
      alsoAt,
      postgres: rdPostgres,
      tells: ownSystem.url,
    }),
  ])
  await openTheRegister(await dopa.admin(), dopa.member, register.url)
  const moved: FaultAgency[] = []
  return {
    rd,
    dopa,
    center: { process: center, postgres: centerPostgres },
    centers,
    register,
    ownSystem,
    host: async (code) => {
      const member = await addMember(operator, code)
      const order = { gateway: `${dopa.member}/gateway-1`, members: [member], hosting: true }
      const { token } = (await operator.json('POST', '/v1/tokens', order)) as { token: string }
      const admin = await dopa.admin()
      await admin.json('POST', '/v1/members', { token })
      await openTheRegister(admin, member, register.url)
      return member
    },
    joinForMove: async (code) => {
      const [databasePort, ...own] = await freePorts(4)
      const parts = { home, code, ports: own, operator, alsoAt }
      moved.push(await joinAgency({ ...parts, postgres: await database(code, databasePort), moving: true }))
      return moved[moved.length - 1] as FaultAgency
    },
    stop: async () => {
      for (const { gateway, postgres } of moved) {
        await gateway.end('SIGTERM')
        await postgres.stop()
      }
      await Promise.all([rd.gateway.end('SIGTERM'), dopa.gateway.end('SIGTERM')])
      await Promise.all(centers.map(({ process }) => process.end('SIGTERM')))
      await Promise.all(databases.map((postgres) => postgres.stop()))
      await register.process.end('SIGTERM')
      await ownSystem.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function startCenters(
  home: string,
  places: readonly (readonly number[])[],
  postgres: Postgres,
): Promise<[FaultCenter, ...FaultCenter[]]> {
  const [first = [], ...others] = places
  const urlOf = ([publicPort]: readonly number[]) => `https://127.0.0.1:${publicPort}`
  const addresses = { publicUrl: urlOf(first), alsoAt: others.map(urlOf) }
  const folder = join(home, 'center')
  await initialiseCenter({ keys: new KeyFolder(join(folder, 'keys')), instance: 'TH', now: Date.now() })
  const database = { url: await postgres.ensureDatabase('center') }
  const started: [FaultCenter] = [
    await startCenter(folder, first, { ...addresses, url: urlOf(first), database }),
  ]
  for (const [n, place] of others.entries()) {
    const beside = join(home, `center-${n + 2}`)
    await cp(join(folder, 'keys'), join(beside, 'keys'), { recursive: true })
    started.push(await startCenter(beside, place, { ...addresses, url: urlOf(place), database }))
  }
  return started
}

async function startCenter(
  folder: string,
  [publicPort, adminPort]: readonly number[],
  of: { publicUrl: string; alsoAt: readonly string[]; url: string; database: { url: string } },
): Promise<FaultCenter> {
  const { publicUrl, alsoAt, url, database } = of
  const admin = `127.0.0.1:${adminPort}`
  await writeCenterFile(join(folder, 'center.yaml'), {
    instance: 'TH',
    publicUrl,
    alsoAt,
    listen: { public: `127.0.0.1:${publicPort}`, admin },
    database,
  })
  const center = new Restartable({
    name: `the center ${url}`,
    args: [program, 'center', '--config', join(folder, 'center.yaml')],
    env: { DATABASE_URL: database.url },
    ready: () => healthy(`http://${admin}`),
  })
  await center.start()
  return { url, process: center, operator: await adminClient(`http://${admin}`, join(folder, 'keys')) }
}

/** The register as a member's service, and the grant to RD. */
async function openTheRegister(provider: AdminClient, member: string, url: string): Promise<void> {
  const subsystem = `${member}/main`
  await provider.json('POST', '/v1/services', { subsystem, openapi, url, timeoutMs: 5_000 })
  await provider.json('POST', '/v1/grants', {
    consumer: client,
    service: `${subsystem}/person-v1`,
    operations: {
      getPerson: { fields: ['nationalId'], query: [] },
      changePerson: { fields: ['nationalId'], query: [] },
      tellMove: { fields: [], query: [] },
      readMoves: {
        fields: ['next', 'events.number', 'events.message', 'events.event.postcode'],
        query: ['after'],
      },
    },
    purpose: 'tax-assessment',
    law: { act: { th: 'ประมวลรัษฎากร', en: 'Revenue Code' }, section: 'ม. 19' },
    expires: '2099-01-01T00:00:00Z',
  })
}

async function addMember(operator: AdminClient, code: string): Promise<string> {
  const member = `TH/GOV/${code}`
  await operator.json('POST', '/v1/members', { class: 'GOV', code, name: { th: code, en: code } })
  await operator.json('POST', '/v1/subsystems', { id: `${member}/main`, name: { th: 'main', en: 'main' } })
  return member
}

async function joinAgency(parts: {
  home: string
  code: string
  ports: readonly number[]
  operator: AdminClient
  /** Addresses of further centers. */
  alsoAt: readonly string[]
  postgres: Postgres
  /** Its own system, which its gateway tells and hands things. */
  tells?: string
  /** Its member is there already, at another gateway. */
  moving?: boolean
}): Promise<FaultAgency> {
  const { home, code, operator, alsoAt, postgres, tells, moving = false } = parts
  const [edge = 0, peer = 0, admin = 0] = parts.ports
  const member = moving ? `TH/GOV/${code}` : await addMember(operator, code)
  const id = `${member}/gateway-1`
  const order = { gateway: id, members: [member], ...(moving ? { moving } : {}) }
  const made = await operator.json('POST', '/v1/tokens', order)
  const { token } = made as { token: string }
  const folder = join(home, code)
  const keys = new KeyFolder(join(folder, 'keys'))
  const peerAddress = `https://127.0.0.1:${peer}`
  const joined = await joinGateway({ token, keys, peerAddress, clock: Date.now })
  await writeGatewayFile(join(folder, 'gateway.yaml'), {
    id,
    center: { url: joined.center, alsoAt, rootFingerprint: joined.rootFingerprint },
    peerAddress,
    edgeOrigin: `http://127.0.0.1:${edge}`,
    withoutCredential: [`${member}/main`],
    directory: { pollSeconds: 0.25 },
    queue: { firstRetry: 0.2, longestRetry: 2, lease: 5, ...(tells === undefined ? {} : telling(tells)) },
    listen: { edge: `127.0.0.1:${edge}`, peer: `127.0.0.1:${peer}`, admin: `127.0.0.1:${admin}` },
    database: { url: await postgres.ensureDatabase('gateway') },
    logLevel: 'error',
  })
  const origins = { edge: `http://127.0.0.1:${edge}`, peer: peerAddress, admin: `http://127.0.0.1:${admin}` }
  await writeEndpoints(folder, {
    ...{ center: joined.center, centerAdmin: '', centerKeys: '', rootFingerprint: joined.rootFingerprint },
    gateways: { [code]: { id, members: [member], ...origins, keys: join(folder, 'keys') } },
  })
  const gateway = new Restartable({
    name: `the gateway of ${code}`,
    args: [program, 'gateway', '--config', join(folder, 'gateway.yaml')],
    env: { DATABASE_URL: postgres.url('gateway') },
    ready: () => healthy(`http://127.0.0.1:${admin}`),
  })
  await gateway.start()
  return {
    member,
    home: folder,
    edge: `http://127.0.0.1:${edge}`,
    gateway,
    postgres,
    admin: () => adminClient(`http://127.0.0.1:${admin}`, join(folder, 'keys')),
  }
}

/** A second process of the agency's gateway, on the same folder of keys and the same database. */
export async function startSecondProcess({
  home,
  postgres,
}: FaultAgency): Promise<Pick<FaultAgency, 'edge' | 'gateway' | 'admin'>> {
  const [edge, peer, admin] = await freePorts(3)
  const settings = parse(await readFile(join(home, 'gateway.yaml'), 'utf8'))
  const listen = { edge: `127.0.0.1:${edge}`, peer: `127.0.0.1:${peer}`, admin: `127.0.0.1:${admin}` }
  const config = join(home, 'gateway-beside.yaml')
  await writeFile(config, stringify({ ...settings, listen }), { mode: 0o600 })
  const gateway = new Restartable({
    name: 'the second process',
    args: [program, 'gateway', '--config', config],
    env: { DATABASE_URL: postgres.url('gateway') },
    ready: () => healthy(`http://127.0.0.1:${admin}`),
  })
  await gateway.start()
  const keys = join(home, 'keys')
  return {
    edge: `http://127.0.0.1:${edge}`,
    gateway,
    admin: () => adminClient(`http://127.0.0.1:${admin}`, keys),
  }
}

/** Told what became of messages, and handed the events of a topic. */
function telling(url: string) {
  const topic = { client, service, operation: 'readMoves', url: `${url}/events`, seconds: 1 }
  return { callbacks: [{ subsystem: client, url: `${url}/messages` }], follow: [topic] }
}

async function healthy(admin: string): Promise<boolean> {
  return (await fetch(`${admin}/health`, { signal: AbortSignal.timeout(2_000) })).ok
}
