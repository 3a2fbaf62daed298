import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, createPool, type Logger, type Pool, systemClock } from '@sapan/kernel'
import { type Authority, KeyFolder } from '@sapan/trust'
import { Value } from 'typebox/value'
import { freePort } from '../../../kernel/test/ports.ts'
import { loadAuthorities } from '../../src/center/authority-files.ts'
import {
  type Center,
  createCenter,
  createGateway,
  type Gateway,
  type GatewayMembership,
  GatewaySettings,
  initialiseCenter,
  joinGateway,
  openMembership,
  type SubjectTokenIssuer,
} from '../../src/index.ts'
import { centerDatabase, gatewayDatabase } from '../databases.ts'
import { close } from './closing.ts'

export interface TestGateway {
  readonly member: string
  readonly edge: string
  /** The edge over mutual TLS. */
  readonly edgeTls: string
  /** Where the directory says that other gateways reach it. */
  readonly peer: string
  /** Where it really listens for them: behind whoever stands between. */
  readonly peerListens: string
  readonly admin: string
  readonly adminToken: string
  readonly keys: KeyFolder
  readonly membership: GatewayMembership
  readonly gateway: Gateway
  readonly databaseUrl: string
  readonly pool: Pool
  readonly spillDirectory: string
  readonly settings: GatewaySettings
  /** Ends it and starts it again on what it has on disk. */
  restart(): Promise<void>
  /** Another process of the same gateway on the same database; where it listens. */
  twin(): Promise<{ edge: string; peer: string; stop(): Promise<void> }>
  /** The operator's API: JSON in, JSON out; throws where it refuses. */
  operator(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

export interface TestCountry {
  readonly center: Center
  readonly centerPool: Pool
  /** The center's issuer, to issue what the center would not, and the certificates above. */
  readonly issuer: Authority
  readonly root: Buffer
  /** Lets nobody reach the center, and lets them again. */
  leave(): Promise<void>
  comeBack(): Promise<void>
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
  /** Codes of further members of the same class that it hosts, each with the same subsystems. */
  readonly hosting?: readonly string[]
  /** It is a member already, and moves to this gateway of its own. */
  readonly moving?: boolean
  /** It is a member already, and joins with nothing of what it had. */
  readonly again?: boolean
  readonly settings?: Record<string, unknown>
  readonly clock?: () => number
  /** Where its log goes; nowhere else. */
  readonly log?: Logger
  /** Where its database is reached, if not straight. */
  readonly throughDatabase?: (url: string) => Promise<string>
  /** Its listener for gateways is at another place than the directory says. */
  readonly behindMiddleman?: boolean
}

const text = (name: string) => ({ th: name, en: name })
const log = createLogger({ name: 'test', level: process.env.SAPAN_TEST_LOG ?? 'silent' })

/** A center on a real database and a real TLS listener, to which gateways join as they do in life. */
export async function startCountry(
  options: { subjectTokens?: SubjectTokenIssuer[]; validitySeconds?: number } = {},
): Promise<TestCountry> {
  const home = await mkdtemp(join(tmpdir(), 'sapan-country-'))
  const database = await centerDatabase()
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
      ...(options.validitySeconds === undefined ? {} : { validitySeconds: options.validitySeconds }),
      subjectTokens: options.subjectTokens ?? [],
    },
  })
  await center.start()
  const server = https.createServer(center.tls(), center.publicHandler)
  await listen(server, port)
  const admin = createServer(center.adminHandler)
  const adminUrl = await listen(admin, 0)
  const operator = operatorOf(adminUrl, center.adminToken)
  const stops: (() => Promise<void>)[] = []
  const { root, issuers } = await loadAuthorities(keys)
  const [issuer] = issuers
  if (!issuer) throw new Error('the center has no issuer')
  return {
    center,
    centerPool: database.pool,
    issuer,
    root,
    leave: () => close(server),
    comeBack: async () => {
      await listen(server, port)
    },
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

export type Operator = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>

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
  const members = []
  for (const one of [code, ...(choices.hosting ?? [])]) {
    if (choices.moving || choices.again) members.push(`TH/${memberClass}/${one}`)
    else members.push(await addMember(operator, memberClass, one, choices.subsystems))
  }
  const id = `${member}/gateway-1`
  const { token } = await operator('POST', '/v1/tokens', {
    gateway: id,
    members,
    ...(choices.moving ? { moving: true } : {}),
  })
  const keys = new KeyFolder(join(home, code))
  const peer = `https://127.0.0.1:${await freePort()}`
  await joinGateway({ token: String(token), keys, peerAddress: peer, clock: systemClock })
  const database = await gatewayDatabase()
  const pool = choices.throughDatabase
    ? createPool(await choices.throughDatabase(database.url))
    : createPool(database.url)
  const edgePort = await freePort()
  const settings = Value.Default(GatewaySettings, {
    id,
    center: { url: centerUrl, rootFingerprint },
    peerAddress: peer,
    edgeOrigin: `http://127.0.0.1:${edgePort}`,
    withoutCredential: members.flatMap((own) =>
      (choices.subsystems ?? ['main']).map((subsystem) => `${own}/${subsystem}`),
    ),
    directory: { pollSeconds: 0.5 },
    ...choices.settings,
  }) as GatewaySettings
  const spillDirectory = await mkdtemp(join(home, 'spill-'))
  const ports = {
    edge: edgePort,
    edgeTls: await freePort(),
    peer: choices.behindMiddleman ? await freePort() : Number(new URL(peer).port),
    admin: await freePort(),
  }
  const start = (at: typeof ports) =>
    startGateway({
      ...{ settings, keys, pool, spillDirectory, ports: at },
      clock: choices.clock ?? systemClock,
      log: choices.log ?? log,
    })
  let running = await start(ports)
  const twins: (() => Promise<void>)[] = []
  const adminToken = (await keys.loadOrCreateSecret('admin.token')).toString('hex')
  let stopped = false
  return {
    member,
    edge: settings.edgeOrigin,
    edgeTls: `https://127.0.0.1:${ports.edgeTls}`,
    peer,
    peerListens: `https://127.0.0.1:${ports.peer}`,
    admin: `http://127.0.0.1:${ports.admin}`,
    adminToken,
    keys,
    get membership() {
      return running.membership
    },
    get gateway() {
      return running.gateway
    },
    databaseUrl: database.url,
    pool: database.pool,
    spillDirectory,
    settings,
    operator: operatorOf(`http://127.0.0.1:${ports.admin}`, adminToken),
    restart: async () => {
      await running.stop()
      running = await start(ports)
    },
    twin: async () => {
      const at = { edge: await freePort(), edgeTls: 0, peer: await freePort(), admin: 0 }
      const twin = await start(at)
      twins.push(twin.stop)
      const edge = `http://127.0.0.1:${at.edge}`
      return { edge, peer: `https://127.0.0.1:${at.peer}`, stop: twin.stop }
    },
    stop: async () => {
      if (stopped) return
      stopped = true
      for (const stop of [running.stop, ...twins]) await stop()
      await pool.end().catch(() => {})
      await database.drop()
    },
  }
}

/** Registers a member with its subsystems at the center; its id. */
export async function addMember(
  operator: Operator,
  memberClass: string,
  code: string,
  subsystems: readonly string[] = ['main'],
): Promise<string> {
  const member = `TH/${memberClass}/${code}`
  await operator('POST', '/v1/members', { class: memberClass, code, name: text(code) })
  for (const subsystem of subsystems) {
    await operator('POST', '/v1/subsystems', { id: `${member}/${subsystem}`, name: text(subsystem) })
  }
  return member
}

async function startGateway(parts: {
  settings: GatewaySettings
  keys: KeyFolder
  pool: Pool
  spillDirectory: string
  clock: () => number
  log: Logger
  ports: { edge: number; edgeTls: number; peer: number; admin: number }
}) {
  const { settings, keys, pool, spillDirectory, clock, log, ports } = parts
  const membership = await openMembership({ keys, clock: systemClock, log })
  const gateway = await createGateway({
    pool,
    keys,
    clock,
    log,
    settings,
    membership,
    spillDirectory,
    mayTell: (purpose) => purpose !== 'audit',
  })
  await gateway.start()
  const servers = [
    [gateway.edgeServer(), ports.edge],
    [gateway.edgeTlsServer(), ports.edgeTls],
    [gateway.peerServer(), ports.peer],
    [gateway.adminServer(), ports.admin],
  ] as const
  for (const [server, port] of servers) await listen(server, port)
  let stopped = false
  return {
    membership,
    gateway,
    stop: async () => {
      if (stopped) return
      stopped = true
      await Promise.all(servers.map(([server]) => close(server)))
      await gateway.stop()
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
