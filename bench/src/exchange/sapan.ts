import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '../ports.ts'
import { type Processes, until } from '../processes.ts'
import { callerBody } from './messages.ts'

export interface SapanPair {
  /** The consumer gateway's edge. */
  readonly port: number
  /** The exchange path of the benchmark's one service. */
  readonly path: string
  /** What the caller adds to its requests. */
  readonly headers: Readonly<Record<string, string>>
  /** The two gateways, each with its database below it. */
  readonly consumer: RunningGateway
  readonly provider: RunningGateway
}

export interface RunningGateway {
  readonly port: number
  readonly pid: number
  /** With its configuration and keys. */
  readonly home: string
  /** Where its embedded PostgreSQL lies. */
  readonly database: string
}

const program = fileURLToPath(new URL('../../../apps/sapan/bin/sapan.mjs', import.meta.url))
const path = '/r1/BENCH/GOV/GIVE/register/records-v1/records'
const headers = { 'x-road-client': 'BENCH/GOV/ASK/app' }

/**
 * Center, two gateways and their embedded databases (fsync on), each a process of its own, set up with the commands that an
 * operator types, in front of the provider at `providerPort`. All settings are the defaults.
 */
export async function startSapanPair(
  processes: Processes,
  folder: string,
  providerPort: number,
  progress: (line: string) => void,
  nodeOptions: readonly string[] = [],
): Promise<SapanPair> {
  // The database runs as another user where we are root, and must get through.
  chmodSync(folder, 0o755)
  const home = join(folder, 'sapan')
  await startCenter(processes, home)
  progress('the center runs; two gateways join')
  const consumer = await startGateway(processes, home, ['ASK', 'app'], nodeOptions)
  const provider = await startGateway(processes, home, ['GIVE', 'register'], nodeOptions)
  const { port } = consumer
  const give = join(home, 'GIVE')
  const url = `http://127.0.0.1:${providerPort}`
  await sapan(
    give,
    'service',
    'add',
    file('records-v1.yaml'),
    '--subsystem',
    'BENCH/GOV/GIVE/register',
    '--url',
    url,
  )
  await sapan(give, 'grant', 'add', file('grant.yaml'))
  let last = ''
  await until('an exchange', 60, async () => {
    const { status, text } = await post(port)
    last = `${status} ${text}`
    return status === 200
  }).catch((error: Error) => {
    throw new Error(`${error.message}; the last answer was ${last}`)
  })
  return { port, path, headers, consumer, provider }
}

/** Ends the consumer's gateway and starts it again; tells how long that took up to its first exchange. */
export async function restartGateway(
  processes: Processes,
  gateway: RunningGateway,
): Promise<{ readonly gateway: RunningGateway; readonly seconds: number }> {
  process.kill(gateway.pid, 'SIGTERM')
  await until('the end of the gateway', 30, async () => !isThere(gateway.pid))
  const code = basename(gateway.home)
  const begun = performance.now()
  const pid = start(processes, code, gateway.home, [
    'gateway',
    '--config',
    join(gateway.home, 'gateway.yaml'),
  ])
  await until('an exchange', 60, async () => (await post(gateway.port)).status === 200)
  return { gateway: { ...gateway, pid }, seconds: (performance.now() - begun) / 1000 }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function startCenter(processes: Processes, home: string): Promise<void> {
  const center = join(home, 'center')
  mkdirSync(center, { recursive: true })
  const [port, admin] = [await freePort(), await freePort()]
  const url = `https://127.0.0.1:${port}`
  const place = `127.0.0.1:${admin}`
  await sapan(center, 'center', 'init', '--instance', 'BENCH', '--url', url, '--admin', place)
  start(processes, 'center', home, ['center', '--config', join(center, 'center.yaml')])
  const endpoints = { center: url, centerAdmin: `http://${place}`, rootFingerprint: '', gateways: {} }
  writeFileSync(join(home, 'endpoints.json'), JSON.stringify(endpoints))
  await until('the center', 60, async () => (await sapan(home, 'member', 'list')) !== undefined)
}

/** Registers a member with one subsystem, joins its gateway and starts it. */
async function startGateway(
  processes: Processes,
  home: string,
  [code, subsystem]: readonly [code: string, subsystem: string],
  nodeOptions: readonly string[],
): Promise<RunningGateway> {
  const member = `BENCH/GOV/${code}`
  const names = ['--name-th', code, '--name-en', code]
  await sapan(home, 'member', 'add', member, ...names)
  await sapan(home, 'member', 'subsystem', `${member}/${subsystem}`, ...names)
  const { token } = (await sapan(home, 'member', 'token', `${member}/gateway-1`)) as { token: string }
  const own = join(home, code)
  mkdirSync(own, { recursive: true })
  const [edge, peer, admin] = [await freePort(), await freePort(), await freePort()]
  const doors = ['--edge', `127.0.0.1:${edge}`, '--admin', `127.0.0.1:${admin}`]
  await sapan(own, 'gateway', 'join', '--token', token, '--peer', `https://127.0.0.1:${peer}`, ...doors)
  const config = join(own, 'gateway.yaml')
  const text = readFileSync(config, 'utf8')
  writeFileSync(config, text.replace('withoutCredential: []', `withoutCredential: [${member}/${subsystem}]`))
  const pid = start(processes, code, own, ['gateway', '--config', config], nodeOptions)
  await until(`the gateway ${code}`, 60, async () => (await sapan(own, 'service', 'list')) !== undefined)
  return { port: edge, pid, home: own, database: join(own, 'postgres') }
}

function start(
  processes: Processes,
  name: string,
  home: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): number {
  const log = join(home, `${name}.log`)
  const all = [...nodeOptions, program, ...args]
  return processes.start({ name, command: process.execPath, args: all, env: environment(home), log }).pid ?? 0
}

/** One command as an operator types it; its JSON answer. */
export async function sapan(home: string, ...args: readonly string[]): Promise<unknown> {
  const all = [program, ...args, '--home', home, '--json']
  try {
    const { stdout } = await promisify(execFile)(process.execPath, all, { env: environment(home) })
    return JSON.parse(stdout)
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`sapan ${args.join(' ')}: ${stderr}${stdout}`)
  }
}

/** Only what a process needs, so that a caller's settings don't reach it; NODE_OPTIONS may profile it. */
function environment(home: string): Record<string, string> {
  const { PATH = '', HOME = '', NODE_OPTIONS = '' } = process.env
  return { PATH, HOME, NODE_OPTIONS, SAPAN_HOME: home, LANG: 'C' }
}

function post(port: number): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(callerBody))
    const all = { ...headers, 'content-type': 'application/json', 'content-length': length }
    const sent = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers: all, agent: false },
      (answer) => {
        let text = ''
        answer.on('data', (piece: Buffer) => {
          text += piece.toString()
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
      },
    )
    sent.on('error', reject)
    sent.end(callerBody)
  })
}

function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
