import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ToolMissing } from '../../check.ts'
import { toolsFolder } from '../../documents/peers/tools.ts'
import { type DoorIdentity, openDoor } from './door.ts'
import { Suite } from './suite.ts'

/** What `install-oidf.sh` laid down. */
export interface Installed {
  readonly jar: string
  /** Folder of the jars of the database's stand-in. */
  readonly database: string
  readonly java: string
}

const standIn = fileURLToPath(new URL('../../../identity/oidf/MongoStandIn.java', import.meta.url))
const leastJava = 21

/** The suite of `SAPAN_OIDF_SUITE`, or where it is installed by itself. Throws `ToolMissing` where it is not. */
export function installed(): Installed {
  const jar = process.env.SAPAN_OIDF_SUITE ?? join(toolsFolder, 'oidf', 'fapi-test-suite.jar')
  const database = join(dirname(jar), 'mongo')
  if (!existsSync(jar) || !existsSync(database))
    throw new ToolMissing('the OpenID Foundation’s suite is missing (conformance/identity/install-oidf.sh)')
  const home = process.env.JAVA_HOME
  const java = readIf(join(dirname(jar), 'java')) ?? (home === undefined ? 'java' : join(home, 'bin', 'java'))
  if (versionOf(java) < leastJava) throw new ToolMissing(`Java ${leastJava} or later is missing (JAVA_HOME)`)
  return { jar, database, java }
}

function readIf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

function versionOf(java: string): number {
  try {
    return Number(/^\S+ (\d+)/.exec(execFileSync(java, ['--version'], { encoding: 'utf8' }))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** The suite's own version and the commit from which it was built, as far as they are known. */
export function suiteVersion(): string {
  try {
    return readIf(join(dirname(installed().jar), 'version')) ?? 'of an unknown version'
  } catch {
    return 'not installed'
  }
}

export interface RunningSuite {
  readonly suite: Suite
  close(): Promise<void>
}

/** Starts the suite and its database, in memory, behind a door with TLS; some minutes on a small machine. */
export async function startSuite(folder: string, identity: DoorIdentity): Promise<RunningSuite> {
  const { jar, database, java } = installed()
  const [door, databasePort] = [await openDoor(identity), 27_000 + Math.floor(Math.random() * 2_000)]
  const log = openSync(join(folder, 'suite.log'), 'w')
  const begin = (...args: string[]) => spawn(java, args, { stdio: ['ignore', log, log] })
  const children = [begin('-Xmx1g', '-cp', join(database, '*'), standIn, String(databasePort))]
  const close = async () => {
    for (const child of children) child.kill()
    await door.close()
  }
  process.once('exit', () => children.forEach((child) => void child.kill()))
  await wait(5_000)
  const settings = settingsOf(door.origin, door.behind, databasePort)
  const server = begin('-Xmx2g', '-Djdk.tls.maxHandshakeMessageSize=65536', '-jar', jar, ...settings)
  children.push(server)
  try {
    return { suite: await untilReady(new Suite(door.origin), server), close }
  } catch (error) {
    await close()
    throw error
  }
}

function settingsOf(origin: string, port: number, databasePort: number): string[] {
  return [
    '--server.address=127.0.0.1',
    `--server.port=${port}`,
    '--fintechlabs.devmode=true',
    `--fintechlabs.base_url=${origin}`,
    `--fintechlabs.base_mtls_url=${origin}`,
    `--spring.mongodb.uri=mongodb://127.0.0.1:${databasePort}/test_suite`,
    '--openid.mongodb.targetFeatureCompatibilityVersion=',
  ]
}

async function untilReady(suite: Suite, server: ChildProcess): Promise<Suite> {
  for (let second = 0; second < 300 && server.exitCode === null; second++) {
    try {
      await suite.ask('GET', 'runner/running')
      return suite
    } catch {
      await wait(1_000)
    }
  }
  throw new ToolMissing('the OpenID Foundation’s suite did not start')
}
