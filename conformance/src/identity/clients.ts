import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { exportJWK, generateKeyPair } from 'jose'
import { inFolder } from '../tool.ts'
import { type Listener, listen } from './listener.ts'
import { type Place, place, program } from './place.ts'

/** A key of a client, for its assertions and request objects. */
export interface ClientKey {
  readonly kid: string
  readonly key: CryptoKey
  readonly jwk: Readonly<Record<string, unknown>>
  /** As a file may hold it, for clients in other languages. */
  readonly privateJwk: Readonly<Record<string, unknown>>
}

/** What is registered for the claims: clients of two agencies, by a file as an administrator writes it. */
export interface Registered extends Place {
  readonly listener: Listener
  readonly key: ClientKey
  readonly otherKey: ClientKey
  /** Of the client `id`, as the file of clients gives it. */
  client(kind: ClientKind): { readonly id: string; readonly secret?: string }
  readonly redirectUri: string
  readonly otherRedirectUri: string
}

export type ClientKind = keyof ReturnType<typeof settingsOf>

const run = promisify(execFile)

let done: Promise<Registered> | undefined

/** Registers the clients, once for all claims of this run. Throws `ToolMissing` where no country runs. */
export function registered(): Promise<Registered> {
  done ??= register()
  return done
}

async function register(): Promise<Registered> {
  const here = await place()
  const listener = await listen()
  const [key, otherKey] = await Promise.all([clientKey('one'), clientKey('two')])
  listener.serve('/jwks', { keys: [key.jwk] })
  const name = randomBytes(4).toString('hex')
  const settings = settingsOf(listener.origin, key, otherKey)
  const clients = Object.entries(settings).map(([kind, one]) => ({ ...common, ...one, id: idOf(kind, name) }))
  const answers = await bring(here, JSON.stringify({ clients }))
  return {
    ...here,
    listener,
    key,
    otherKey,
    redirectUri: `${listener.origin}/back`,
    otherRedirectUri: `${listener.origin}/back/other`,
    client: (kind) => {
      const id = idOf(kind, name)
      const secret = answers.find((one) => one.id === id)?.secret
      return secret === undefined ? { id } : { id, secret }
    },
  }
}

function idOf(kind: string, name: string): string {
  return `conformance-${kind.toLowerCase()}-${name}`
}

/** `sapan identity clients`, as an operator does it, beside the processes that run. */
async function bring({ home }: Place, text: string): Promise<{ id: string; secret?: string }[]> {
  return await inFolder({ 'clients.yaml': text }, async (folder) => {
    const config = join(home, 'identity', 'identity.yaml')
    const order = ['identity', 'clients', join(folder, 'clients.yaml'), '--config', config, '--json']
    const env = { ...process.env, DATABASE_URL: databaseOf(home) }
    const { stdout } = await run(process.execPath, ['--import', 'tsx', program, ...order], { env })
    const { clients }: { clients: { id: string; secret?: string }[] } = JSON.parse(stdout)
    return clients
  })
}

/** The database of `sapan up`, which is open already. */
function databaseOf(home: string): string {
  const read = (name: string) => readFileSync(join(home, 'postgres', name), 'utf8').trim()
  return `postgres://sapan:${read('password')}@127.0.0.1:${read('port')}/identity`
}

const common = {
  member: 'TH/GOV/RD',
  names: { th: 'ระบบทดสอบความสอดคล้อง', en: 'Conformance' },
  purpose: { th: 'ทดสอบความสอดคล้อง', en: 'To test conformance' },
  scopes: ['openid', 'profile', 'birthdate', 'national_id', 'email', 'address'],
  refresh: true,
} as const

/** By the part that each plays. */
function settingsOf(origin: string, { jwk }: ClientKey, other: ClientKey) {
  const web = {
    redirectUris: [`${origin}/back`, `${origin}/back/other`],
    postLogoutRedirectUris: [`${origin}/over`],
    backchannelLogoutUri: `${origin}/logout`,
  }
  const byKey = { authentication: 'private_key_jwt', jwks: { keys: [jwk] } }
  const fapi = { ...web, ...byKey, profile: 'fapi2', bound: 'dpop' }
  return {
    basic: { ...web, profile: 'basic', authentication: 'client_secret_basic' },
    otherAgency: {
      ...web,
      member: 'TH/GOV/DBD',
      profile: 'basic',
      authentication: 'client_secret_basic',
    },
    app: { ...web, profile: 'basic', authentication: 'none' },
    program: { ...web, profile: 'basic', authentication: 'none', scopes: ['openid', 'applications'] },
    keyed: { ...web, ...byKey, profile: 'basic', exchange: true },
    fapi: { ...fapi, exchange: true },
    fapiOther: { ...fapi, jwks: { keys: [other.jwk] } },
    strong: { ...web, profile: 'basic', authentication: 'client_secret_basic', least: { ial: '2.3' } },
    asking: { ...byKey, redirectUris: [], profile: 'basic', consents: true },
    ciba: {
      ...byKey,
      jwks: undefined,
      jwksUri: `${origin}/jwks`,
      redirectUris: [],
      profile: 'basic',
      ciba: { mode: 'poll' },
    },
  }
}

async function clientKey(kid: string): Promise<ClientKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const named = { kid, alg: 'ES256', use: 'sig' }
  const [jwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)])
  return { kid, key: privateKey, jwk: { ...jwk, ...named }, privateJwk: { ...privateJwk, ...named } }
}

/** The same clients for a program in another language. */
export function describeTo(file: string, at: Registered): void {
  const kinds: readonly ClientKind[] = ['basic', 'app', 'keyed', 'fapi', 'ciba']
  const clients = Object.fromEntries(kinds.map((kind) => [kind, at.client(kind)]))
  const { issuer, portal, redirectUri, key } = at
  writeFileSync(file, JSON.stringify({ issuer, portal, redirectUri, clients, key: key.privateJwk }))
}
