import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from 'sapan/postgres'
import type { Benchmark, BenchmarkOptions, BenchmarkResult, Metric } from './benchmark.ts'
import { crowdRounds } from './identity/crowd-rounds.ts'
import { keycloakVersion } from './identity/keycloak.ts'
import { pageRounds } from './identity/page-rounds.ts'
import { providerRounds } from './identity/provider-rounds.ts'
import { buildTown, drawKeys, type Workplace } from './identity/workplace.ts'
import { Processes } from './processes.ts'

/**
 * The issuer over durable PostgreSQL against oidc-provider in memory and against Keycloak; the portal's pages; and sign-ins
 * among a million people.
 */
export const identity: Benchmark = {
  name: 'identity',
  about: 'sign-ins and tokens against oidc-provider in memory and Keycloak; pages; a million people',
  usual: { rounds: 3, seconds: 3, warmUpSeconds: 10 },
  run,
}

const parts = ['provider', 'keycloak', 'pages', 'crowd'] as const
type Part = (typeof parts)[number]

/** People in the database of all rounds but those of the crowd. */
const few = 10_000

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const folder = mkdtempSync(join(tmpdir(), 'sapan-bench-'))
  const processes = new Processes()
  const postgres = await startPostgres({ directory: join(folder, 'postgres') })
  try {
    const place: Workplace = { folder, processes, postgres, options, keys: drawKeys() }
    const metrics = await runParts(place, (part) => options.only.length === 0 || options.only.includes(part))
    return {
      benchmark: 'identity',
      peer: 'oidc-provider, Keycloak',
      metrics,
      conditions: conditions(options),
    }
  } finally {
    await processes.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runParts(place: Workplace, has: (part: Part) => boolean): Promise<Record<string, Metric>> {
  const connections = place.options.connections[0] ?? 32
  const town = has('provider') || has('keycloak') || has('crowd') ? await buildTown(place, few) : undefined
  const pages = has('pages') ? await pageRounds(place) : {}
  const asked = town && (has('provider') || has('keycloak'))
  const tokens = asked ? await providerRounds(place, town, connections, has('keycloak')) : {}
  const crowd = town && has('crowd') ? await crowdRounds(place, town) : {}
  return { ...tokens, ...pages, ...crowd }
}

function conditions(options: BenchmarkOptions): BenchmarkResult['conditions'] {
  return {
    load: `whole sign-ins by browsers that were never there, ${options.connections[0] ?? 32} at a time`,
    rounds: `${options.rounds} of ${options.seconds} s each, in turn, after ${options.warmUpSeconds} s of warm-up; medians`,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`,
    node: process.versions.node,
    'oidc-provider': oidcProviderVersion(),
    keycloak: keycloakVersion,
    postgresql: '18, embedded, fsync on; the same server for Keycloak',
  }
}

function oidcProviderVersion(): string {
  const main = createRequire(import.meta.url).resolve('oidc-provider')
  const file = readFileSync(join(main, '..', '..', 'package.json'), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}
