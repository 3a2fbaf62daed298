import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import https from 'node:https'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, systemClock } from '@sapan/kernel'
import { KeyFolder } from '@sapan/trust'
import { Value } from 'typebox/value'
import { testDatabase } from '../../../kernel/test/database.ts'
import {
  type Center,
  createCenter,
  createGateway,
  type Gateway,
  GatewaySettings,
  initialiseCenter,
  joinGateway,
  openMembership,
} from '../../src/index.ts'

export interface TestGateway {
  readonly member: string
  readonly edge: string
  readonly peer: string
  readonly admin: string
  readonly adminToken: string
  readonly keys: KeyFolder
  readonly gateway: Gateway
  readonly databaseUrl: string
  /** The operator's API: JSON in, JSON out; throws where it refuses. */
  operator(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

export interface TestCountry {
  readonly center: Center
  readonly centerUrl: string
  readonly rootFingerprint: string
  /** The center's operator. */
  operator(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  join(code: string, options?: JoinChoices): Promise<TestGateway>
  stop(): Promise<void>
}

export interface JoinChoices {
  readonly memberClass?: string
  readonly subsystems?: readonly string[]
  readonly settings?: Record<string, unknown>
  readonly clock?: () => number
}

const text = (name: string) => ({ th: name, en: name })
const log = createLogger({ name: 'test', level: process.env.SAPAN_TEST_LOG ?? 'silent' })

/** A center on a real database and a real TLS listener, to which gateways join as they do in life. */
export async function startCountry(
  options: { subjectTokens?: { issuer: string; jwk: object }[] } = {},
): Promise<TestCountry> {
  const home = await mkdtemp(join(tmpdir(), 'sapan-country-'))
  const database = await testDatabase()
  const keys = new KeyFolder(join(home, 'center'))
  const { rootFingerprint } = await initialiseCenter({ keys, instance: 'TH', now: Date.now() })
  const port = await freePort()
  const centerUrl = `https://127.0.0.1:${port}`
  const center = await createCenter({
    pool: database.pool,
    keys,
    clock: systemClock,
    log,
    config: {
      instance: 'TH',
      publicUrl: centerUrl,
      subjectTokens: (options.subjectTokens ?? []).map(({ issuer, jwk }) => ({ issuer, jwk: { ...jwk } })),
    },
  })
  await center.start()
  const server = https.createServer(center.tls(), center.publicHandler)
  await listen(server, port)
  const admin = createServer(center.adminHandler)
  const adminUrl = await listen(admin, 0)
  const operator = operatorOf(adminUrl, center.adminToken)
  const stops: (() => Promise<void>)[] = []
  return {
    center,
    centerUrl,
    rootFingerprint,
    operator,
    join: async (code, choices = {}) => {
      const joined = await joinTestGateway({ home, code, choices, operator, centerUrl, rootFingerprint })
      stops.push(joined.stop)
      return joined
    },
    stop: async () => {
      for (const stop of stops.reverse()) await stop()
      await Promise.all([close(server), close(admin)])
      await center.stop()
      await database.drop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

type Operator = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>

async function joinTestGateway(parts: {
  home: string
  code: string
  choices: JoinChoices
  operator: Operator
  centerUrl: string
  rootFingerprint: string
}): Promise<TestGateway> {
  const { home, code, choices, operator, centerUrl, rootFingerprint } = parts
  const memberClass = choices.memberClass ?? 'GOV'
  const member = `TH/${memberClass}/${code}`
  await operator('POST', '/v1/members', { class: memberClass, code, name: text(code) })
  for (const subsystem of choices.subsystems ?? ['main']) {
    await operator('POST', '/v1/subsystems', { id: `${member}/${subsystem}`, name: text(subsystem) })
  }
  const id = `${member}/gateway-1`
  const { token } = await operator('POST', '/v1/tokens', { gateway: id, members: [member] })
  const [edgePort, peerPort] = [await freePort(), await freePort()]
  const keys = new KeyFolder(join(home, code))
  await joinGateway({
    token: String(token),
    keys,
    peerAddress: `https://127.0.0.1:${peerPort}`,
    clock: systemClock,
  })
  const database = await testDatabase()
  const settings = Value.Default(GatewaySettings, {
    id,
    members: [member],
    center: { url: centerUrl, rootFingerprint },
    peerAddress: `https://127.0.0.1:${peerPort}`,
    edgeOrigin: `http://127.0.0.1:${edgePort}`,
    withoutCredential: (choices.subsystems ?? ['main']).map((subsystem) => `${member}/${subsystem}`),
    directory: { pollSeconds: 0.5 },
    ...choices.settings,
  }) as GatewaySettings
  const clock = choices.clock ?? systemClock
  const gateway = await createGateway({
    pool: database.pool,
    keys,
    clock,
    log,
    settings,
    membership: await openMembership({ keys, clock: systemClock, log }),
    spillDirectory: await mkdtemp(join(home, 'spill-')),
  })
  await gateway.start()
  const servers = [gateway.edgeServer(), gateway.peerServer(), gateway.adminServer()] as const
  const edge = await listen(servers[0], edgePort)
  await listen(servers[1], peerPort)
  const admin = await listen(servers[2], 0)
  const adminToken = (await keys.loadOrCreateSecret('admin.token')).toString('hex')
  let stopped = false
  return {
    member,
    edge,
    peer: settings.peerAddress,
    admin,
    adminToken,
    keys,
    gateway,
    databaseUrl: database.url,
    operator: operatorOf(admin, adminToken),
    stop: async () => {
      if (stopped) return
      stopped = true
      await Promise.all(servers.map(close))
      await gateway.stop()
      await database.drop()
    },
  }
}

function operatorOf(url: string, token: string): Operator {
  return async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`)
    return answer === '' ? {} : JSON.parse(answer)
  }
}

async function listen(server: Server | https.Server, port: number): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function close(server: Server | https.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** A port that nobody listens at now. */
export async function freePort(): Promise<number> {
  const server = createSocketServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
