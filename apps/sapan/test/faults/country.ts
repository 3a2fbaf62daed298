import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { initialiseCenter, joinGateway } from '@sapan/exchange'
import { KeyFolder } from '@sapan/trust'
import { freePorts } from '../../../../packages/kernel/test/ports.ts'
import { type AdminClient, adminClient } from '../../src/clients/admin.ts'
import { writeCenterFile } from '../../src/config/center.ts'
import { writeGatewayFile } from '../../src/config/gateway.ts'
import { type Postgres, startPostgres } from '../../src/postgres/index.ts'
import { letIn } from '../postgres/homes.ts'

const program = fileURLToPath(new URL('../../bin/sapan.mjs', import.meta.url))

/** A process of a test that is killed and started again. */
export class Restartable {
  readonly #config: string
  readonly #command: string
  readonly #databaseUrl: string
  readonly #ready: () => Promise<boolean>
  #child: ChildProcess | undefined
  #said = ''

  constructor(parts: {
    command: string
    config: string
    databaseUrl: string
    ready: () => Promise<boolean>
  }) {
    this.#command = parts.command
    this.#config = parts.config
    this.#databaseUrl = parts.databaseUrl
    this.#ready = parts.ready
  }

  /** Starts the process and waits until it answers. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [program, this.#command, '--config', this.#config], {
      env: { ...process.env, DATABASE_URL: this.#databaseUrl, LANG: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr?.on('data', (piece: Buffer) => {
      this.#said = (this.#said + piece.toString()).slice(-4000)
    })
    this.#child = child
    const deadline = Date.now() + 60_000
    while (!(await this.#ready().catch(() => false))) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`sapan ${this.#command} did not come up:\n${this.#said}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Ends it at once (`SIGKILL`) or in order, and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
}

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

export interface FaultCountry {
  readonly rd: FaultAgency
  readonly dopa: FaultAgency
  /** How often the register carried out each state-changing call, by its key. */
  readonly carriedOut: Map<string, number>
  /** Messages in the order in which the register took them, each once, and how often each was handed on. */
  readonly taken: { readonly order: TakenMessage[]; readonly times: Map<string, number> }
  stop(): Promise<void>
}

export interface TakenMessage {
  readonly message: string
  readonly key: string
  readonly n: number
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
  },
}

/**
 * Center, two agencies and a register, each gateway a process of its own with its own PostgreSQL, fsync on. All of it
 * lies in `folder`.
 */
export async function startFaultCountry(folder: string): Promise<FaultCountry> {
  const home = await mkdtemp(join(folder, 'sapan-faults-'))
  await letIn(home)
  const ports = await freePorts(8)
  const [centerPort, dopaPort, rdPort] = await freePorts(3)
  const carriedOut = new Map<string, number>()
  const taken: FaultCountry['taken'] = { order: [], times: new Map() }
  const register = await startRegister(carriedOut, taken)
  const database = (of: string, port = 0) => startPostgres({ directory: join(home, of, 'postgres'), port })
  const databases = await Promise.all([
    database('center', centerPort),
    database('DOPA', dopaPort),
    database('RD', rdPort),
  ])
  const [centerPostgres, dopaPostgres, rdPostgres] = databases
  const { center, operator } = await startCenter(join(home, 'center'), ports.slice(0, 2), centerPostgres)
  const [dopa, rd] = await Promise.all([
    joinAgency({ home, code: 'DOPA', ports: ports.slice(2, 5), operator, postgres: dopaPostgres }),
    joinAgency({ home, code: 'RD', ports: ports.slice(5, 8), operator, postgres: rdPostgres }),
  ])
  await openTheRegister(await dopa.admin(), register.url)
  return {
    rd,
    dopa,
    carriedOut,
    taken,
    stop: async () => {
      await Promise.all([rd.gateway.end('SIGTERM'), dopa.gateway.end('SIGTERM')])
      await center.end('SIGTERM')
      await Promise.all(databases.map((postgres) => postgres.stop()))
      await register.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function startCenter(
  folder: string,
  [publicPort, adminPort]: readonly number[],
  postgres: Postgres,
): Promise<{ center: Restartable; operator: AdminClient }> {
  const admin = `127.0.0.1:${adminPort}`
  const keys = join(folder, 'keys')
  await initialiseCenter({ keys: new KeyFolder(keys), instance: 'TH', now: Date.now() })
  await writeCenterFile(join(folder, 'center.yaml'), {
    instance: 'TH',
    publicUrl: `https://127.0.0.1:${publicPort}`,
    listen: { public: `127.0.0.1:${publicPort}`, admin },
    database: { url: await postgres.ensureDatabase('center') },
  })
  const center = new Restartable({
    command: 'center',
    config: join(folder, 'center.yaml'),
    databaseUrl: postgres.url('center'),
    ready: () => healthy(`http://${admin}`),
  })
  await center.start()
  return { center, operator: await adminClient(`http://${admin}`, keys) }
}

/** DOPA's service, and the grant to RD. */
async function openTheRegister(provider: AdminClient, url: string): Promise<void> {
  const subsystem = 'TH/GOV/DOPA/main'
  await provider.json('POST', '/v1/services', { subsystem, openapi, url, timeoutMs: 5_000 })
  await provider.json('POST', '/v1/grants', {
    consumer: client,
    service,
    operations: {
      getPerson: { fields: ['nationalId'], query: [] },
      changePerson: { fields: ['nationalId'], query: [] },
      tellMove: { fields: [], query: [] },
    },
    purpose: 'tax-assessment',
    law: { act: { th: 'ประมวลรัษฎากร', en: 'Revenue Code' }, section: 'ม. 19' },
    expires: '2099-01-01T00:00:00Z',
  })
}

async function joinAgency(parts: {
  home: string
  code: string
  ports: readonly number[]
  operator: AdminClient
  postgres: Postgres
}): Promise<FaultAgency> {
  const { home, code, operator, postgres } = parts
  const [edge = 0, peer = 0, admin = 0] = parts.ports
  const member = `TH/GOV/${code}`
  const id = `${member}/gateway-1`
  await operator.json('POST', '/v1/members', { class: 'GOV', code, name: { th: code, en: code } })
  await operator.json('POST', '/v1/subsystems', { id: `${member}/main`, name: { th: 'main', en: 'main' } })
  const made = await operator.json('POST', '/v1/tokens', { gateway: id, members: [member] })
  const { token } = made as { token: string }
  const folder = join(home, code)
  const keys = new KeyFolder(join(folder, 'keys'))
  const peerAddress = `https://127.0.0.1:${peer}`
  const joined = await joinGateway({ token, keys, peerAddress, clock: Date.now })
  await writeGatewayFile(join(folder, 'gateway.yaml'), {
    id,
    center: { url: joined.center, rootFingerprint: joined.rootFingerprint },
    peerAddress,
    edgeOrigin: `http://127.0.0.1:${edge}`,
    withoutCredential: [`${member}/main`],
    directory: { pollSeconds: 0.25 },
    queue: { firstRetry: 0.2, longestRetry: 2, lease: 5 },
    listen: { edge: `127.0.0.1:${edge}`, peer: `127.0.0.1:${peer}`, admin: `127.0.0.1:${admin}` },
    database: { url: await postgres.ensureDatabase('gateway') },
    logLevel: 'error',
  })
  const gateway = new Restartable({
    command: 'gateway',
    config: join(folder, 'gateway.yaml'),
    databaseUrl: postgres.url('gateway'),
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

async function healthy(admin: string): Promise<boolean> {
  return (await fetch(`${admin}/health`, { signal: AbortSignal.timeout(2_000) })).ok
}

/** What a system does that keeps the ids that it has done. */
function take({ order, times }: FaultCountry['taken'], message: string, body: Buffer): void {
  const before = times.get(message) ?? 0
  times.set(message, before + 1)
  const { key, n } = JSON.parse(body.toString()) as { key: string; n: number }
  if (before === 0) order.push({ message, key, n })
}

interface FaultRegister {
  readonly url: string
  close(): Promise<void>
}

/** A register that counts what it carried out, so that a doubled change is seen. */
async function startRegister(
  carriedOut: Map<string, number>,
  taken: FaultCountry['taken'],
): Promise<FaultRegister> {
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const message = request.headers['sapan-message']
      if (typeof message === 'string') {
        take(taken, message, Buffer.concat(pieces))
        // Some are done and not answered for: they come again.
        response.writeHead(Math.random() < 0.1 ? 503 : 204).end()
        return
      }
      const key = request.headers['idempotency-key']
      if (request.method === 'POST' && typeof key === 'string')
        carriedOut.set(key, (carriedOut.get(key) ?? 0) + 1)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ nationalId: request.url?.split('/').pop(), secret: 'not for everyone' }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
