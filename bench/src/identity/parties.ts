import { fileURLToPath } from 'node:url'
import { freePort } from '../ports.ts'
import type { Processes } from '../processes.ts'
import { until } from '../processes.ts'
import type { BareOrder, IssuerOrder } from './issuer-order.ts'
import type { Login, Party } from './orders.ts'
import type { BenchClient } from './population.ts'
import { systemKeys } from './system.ts'

/** A provider that runs. */
export interface Running {
  readonly party: Party
  readonly pid: number
  /** From the start of its process to its first answer. */
  readonly startSeconds: number
}

/** Paths of oidc-provider; Sapan's lie below `/oidc`. */
const bare = { authorize: '/auth', token: '/token', userinfo: '/me', introspect: '/token/introspection' }
const sapan = {
  authorize: '/oidc/authorize',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  introspect: '/oidc/introspect',
}

/** Starts Sapan's issuer over a database. */
export async function startSapan(
  processes: Processes,
  place: Omit<IssuerOrder, 'port' | 'pages'>,
  client: BenchClient,
  login: Login & { readonly kind: 'told' | 'passkey' },
  systemKey: string,
  log: string,
): Promise<Running> {
  const port = await freePort()
  const order: IssuerOrder = { ...place, port, pages: login.kind === 'told' ? 'told' : 'own' }
  const origin = `http://localhost:${port}`
  const party = { name: 'sapan', origin, issuer: origin, ...sapan, client, systemKey, login }
  return await startNode(processes, 'sapan-issuer', order, party, log)
}

/** Starts oidc-provider with its in-memory adapter. */
export async function startBare(
  processes: Processes,
  login: Login,
  systemKey: string,
  log: string,
): Promise<Running> {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const client = { id: 'bench', secret: 'a secret that only this run knows of' }
  const order: BareOrder = { port, client, systemKeys: systemKeys(systemKey) }
  const party = { name: 'oidc-provider', origin, issuer: origin, ...bare, client, systemKey, login }
  return await startNode(processes, 'bare-provider', order, party, log)
}

async function startNode(
  processes: Processes,
  name: string,
  order: object,
  party: Party,
  log: string,
): Promise<Running> {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const { PATH = '', HOME = '', NODE_OPTIONS = '' } = process.env
  const begun = performance.now()
  const { pid = 0 } = processes.start({
    name,
    command: process.execPath,
    args: [file, JSON.stringify(order)],
    env: { PATH, HOME, NODE_OPTIONS, NODE_ENV: 'production' },
    log,
  })
  await firstAnswer(name, `${party.origin}/.well-known/openid-configuration`)
  return { party, pid, startSeconds: (performance.now() - begun) / 1000 }
}

/** Waits until the provider describes itself. */
export async function firstAnswer(name: string, url: string): Promise<void> {
  await until(name, 180, async () => (await fetch(url)).status === 200)
}
