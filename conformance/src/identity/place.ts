import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ToolMissing } from '../check.ts'

export const program = fileURLToPath(new URL('../../../apps/sapan/bin/sapan.mjs', import.meta.url))

/** A country with an issuer that runs. */
export interface Place {
  readonly home: string
  readonly issuer: string
  readonly portal: string
  /** The edge of a gateway, by its short name. */
  edge(code: string): string
}

interface Endpoints {
  readonly identity: string
  readonly portal: string
  readonly gateways: Readonly<Record<string, { readonly edge: string } | undefined>>
}

let found: Promise<Place> | undefined

/** The country of `SAPAN_HOME`, or else of `./.sapan`, or else one of its own, which ends with this process. */
export function place(): Promise<Place> {
  found ??= find()
  return found
}

async function find(): Promise<Place> {
  const home = resolve(process.env.SAPAN_HOME ?? '.sapan')
  const running = await at(home)
  if (running) return running
  if (process.env.SAPAN_HOME !== undefined)
    throw new ToolMissing(`no country with an issuer runs in ${home}: sapan up`)
  return await own()
}

async function at(home: string): Promise<Place | undefined> {
  try {
    const endpoints: Endpoints = JSON.parse(readFileSync(join(home, 'endpoints.json'), 'utf8'))
    const issuer = endpoints.identity
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`)
    if (!answer.ok) return undefined
    return { home, issuer, portal: endpoints.portal, edge: (code) => edgeOf(endpoints, code) }
  } catch {
    return undefined
  }
}

function edgeOf({ gateways }: Endpoints, code: string): string {
  const gateway = gateways[code]
  if (gateway === undefined) throw new ToolMissing(`the country has no gateway ${code}`)
  return gateway.edge
}

const longestStart = 600

/** Starts a country in a folder of its own: some minutes. */
async function own(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'sapan-conformance-country-'))
  const home = join(folder, 'home')
  const log = openSync(join(folder, 'up.log'), 'w')
  const child = spawn(process.execPath, ['--import', 'tsx', program, 'up'], {
    env: { ...process.env, SAPAN_HOME: home },
    stdio: ['ignore', log, log],
  })
  child.unref()
  process.once('exit', () => child.kill())
  for (let second = 0; second < longestStart && child.exitCode === null; second++) {
    await wait(1000)
    const running = await at(home)
    if (running) return running
  }
  child.kill()
  const said = readFileSync(join(folder, 'up.log'), 'utf8').trim().split('\n').slice(-3).join(' / ')
  rmSync(folder, { recursive: true, force: true })
  throw new ToolMissing(`a country did not start: ${said}`)
}
