import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { NotPossibleHere } from '../benchmark.ts'
import { freePort } from '../ports.ts'
import type { Processes } from '../processes.ts'
import { keycloakRealm, realmName } from './keycloak-realm.ts'
import { firstAnswer, type Running } from './parties.ts'

export const keycloakVersion = '26.7.3'
const digest = '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f'
const repository = 'https://repo1.maven.org/maven2/org/keycloak/keycloak-quarkus-dist'

/** A heap as its sizing guide has it for one small server; by default it would take half of the machine's memory at once. */
const heap = '-Xms256m -Xmx1g'

const people = 200
const password = 'as good as any other'

export interface KeycloakPlace {
  readonly processes: Processes
  readonly folder: string
  readonly systemKey: string
}

export interface KeycloakDatabase {
  /** `postgres://user:password@host:port/database` */
  readonly url: string
}

/**
 * Keycloak in production mode over PostgreSQL, with a realm of two hundred people. Throws `NotPossibleHere` where it or
 * Java can't be had.
 */
export async function startKeycloak(
  { processes, folder, systemKey }: KeycloakPlace,
  database: KeycloakDatabase,
  progress: (line: string) => void,
): Promise<Running> {
  const home = await installed(progress)
  const realm = join(folder, 'realm.json')
  const client = { id: 'bench', secret: 'a secret that only this run knows of' }
  writeFileSync(realm, JSON.stringify(keycloakRealm({ client, systemKey }, people, password)))
  const program = join(home, 'bin', 'kc.sh')
  const place = databaseOptions(database)
  progress('keycloak: the realm is imported')
  await run(program, ['import', '--optimized', `--file=${realm}`, ...place])
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const begun = performance.now()
  const { pid = 0 } = processes.start({
    name: 'keycloak',
    command: program,
    args: [
      ...['start', '--optimized', '--http-enabled=true', '--http-host=127.0.0.1', `--http-port=${port}`],
      ...[`--hostname=${origin}`, '--cache=local', '--log-level=warn', ...place],
    ],
    env: environment(),
    log: join(folder, 'keycloak.log'),
  })
  const base = `/realms/${realmName}`
  await firstAnswer('keycloak', `${origin}${base}/.well-known/openid-configuration`)
  const startSeconds = (performance.now() - begun) / 1000
  const paths = `${base}/protocol/openid-connect`
  const party = {
    name: 'keycloak',
    origin,
    issuer: `${origin}${base}`,
    systemKey,
    authorize: `${paths}/auth`,
    token: `${paths}/token`,
    userinfo: `${paths}/userinfo`,
    introspect: `${paths}/token/introspect`,
    client,
    login: { kind: 'password', people, password },
  } as const
  return { party, pid, startSeconds }
}

function databaseOptions({ url }: KeycloakDatabase): string[] {
  const { host, pathname, username, password: secret } = new URL(url)
  return [
    `--db-url=jdbc:postgresql://${host}${pathname}`,
    `--db-username=${username}`,
    `--db-password=${secret}`,
  ]
}

/** Where Keycloak lies, ready for PostgreSQL; fetched and built at the first use, into the user's cache. */
async function installed(progress: (line: string) => void): Promise<string> {
  for (const tool of ['java', 'unzip'])
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
      throw new NotPossibleHere(`Keycloak needs ${tool} (Debian, Ubuntu: openjdk-17-jre-headless, unzip)`)
  const { SAPAN_CONFORMANCE_TOOLS, XDG_CACHE_HOME } = process.env
  const tools =
    SAPAN_CONFORMANCE_TOOLS ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'sapan-conformance')
  const home = join(tools, `keycloak-${keycloakVersion}`)
  if (existsSync(join(home, 'built-for-postgres'))) return home
  mkdirSync(tools, { recursive: true })
  const zip = join(tools, `keycloak-${keycloakVersion}.zip`)
  if (!existsSync(zip)) await download(zip, progress)
  if ((await digestOf(zip)) !== digest) throw new NotPossibleHere(`${zip} is not the file that was released`)
  progress('keycloak: unpacked and built for PostgreSQL, once')
  await run('unzip', ['-q', '-o', zip, '-d', tools])
  await run(join(home, 'bin', 'kc.sh'), ['build', '--db=postgres'])
  writeFileSync(join(home, 'built-for-postgres'), '')
  return home
}

async function download(to: string, progress: (line: string) => void): Promise<void> {
  const url = `${repository}/${keycloakVersion}/keycloak-quarkus-dist-${keycloakVersion}.zip`
  progress(`keycloak: fetching ${url}`)
  const answer = await fetch(url).catch(() => undefined)
  if (!answer?.ok) throw new NotPossibleHere(`${url} can't be fetched from here`)
  writeFileSync(`${to}.part`, new Uint8Array(await answer.arrayBuffer()))
  renameSync(`${to}.part`, to)
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function run(command: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(command, [...args], { env: environment() })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${command} ${args[0]}: ${stderr.slice(-2000)}${stdout.slice(-2000)}`)
  }
}

function environment(): Record<string, string> {
  const { PATH = '', HOME = '', JAVA_HOME } = process.env
  return { PATH, HOME, JAVA_OPTS_KC_HEAP: heap, ...(JAVA_HOME === undefined ? {} : { JAVA_HOME }) }
}
