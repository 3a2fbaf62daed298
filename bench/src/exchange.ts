import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Benchmark,
  type BenchmarkOptions,
  type BenchmarkResult,
  type Metric,
  median,
  metric,
  metricAlone,
} from './benchmark.ts'
import { measureCommits } from './exchange/commits.ts'
import { requestText } from './exchange/messages.ts'
import { findNginx, startNginxRelay } from './exchange/nginx.ts'
import { measure, type Rounds, type Taken, type Target, takeTurns } from './exchange/rounds.ts'
import { type SapanPair, startSapanPair } from './exchange/sapan.ts'
import { profileSteps } from './exchange/steps.ts'
import { wearIn } from './exchange/wear-in.ts'
import { freePort } from './ports.ts'
import { Processes, until } from './processes.ts'

/**
 * Two gateways with everything on (mutual TLS, signatures, grants, field filter, evidence on PostgreSQL with fsync) against
 * nginx that only relays over mutual TLS: the same caller, the same provider, the same cores, rounds taken in turn.
 */
export const exchange: Benchmark = {
  name: 'exchange',
  about: "an exchange between two gateways against nginx's two-hop mutual TLS relay",
  run,
}

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  findNginx()
  const folder = mkdtempSync(join(tmpdir(), 'sapan-bench-'))
  const processes = new Processes()
  const isAsked = (part: string) => options.only.length === 0 || options.only.includes(part)
  try {
    const providerPort = await freePort()
    const args = [fileURLToPath(new URL('exchange/provider.ts', import.meta.url)), String(providerPort)]
    processes.start({ name: 'provider', command: process.execPath, args })
    const nginx = await startNginxRelay(processes, folder, providerPort)
    options.progress(`nginx ${nginx.version} relays at port ${nginx.port}`)
    const metrics: Record<string, Metric> = {}
    if (isAsked('rates')) {
      const pair = await startSapanPair(processes, folder, providerPort, options.progress)
      options.progress(`Sapan's consumer gateway listens at port ${pair.port}; its databases are worn in`)
      for (const { database } of [pair.consumer, pair.provider]) await wearIn(database)
      Object.assign(metrics, await takeRates(pair, nginx, options))
    }
    if (isAsked('steps')) Object.assign(metrics, await profileSteps(folder, providerPort, options))
    return { benchmark: 'exchange', peer: 'nginx', metrics, conditions: conditions(options, nginx.version) }
  } finally {
    await processes.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function takeRates(
  pair: SapanPair,
  nginx: { readonly port: number; readonly pids: readonly number[] },
  options: BenchmarkOptions,
): Promise<Record<string, Metric>> {
  const peer: Target = {
    name: 'peer',
    order: { port: nginx.port, request: requestText('/records', {}) },
    pids: nginx.pids,
  }
  const sapan: Target = {
    name: 'sapan',
    order: { port: pair.port, request: requestText(pair.path, pair.headers) },
    pids: [pair.consumer.pid, pair.provider.pid],
  }
  await until(
    'the provider',
    10,
    async () => (await measure(peer, { connections: 1, seconds: 0.2 })).answers > 0,
  )
  for (const target of [peer, sapan]) {
    options.progress(`warming up ${target.name} for ${options.warmUpSeconds} s`)
    await measure(target, { connections: Math.max(...options.connections), seconds: options.warmUpSeconds })
  }
  const metrics: Record<string, Metric> = {}
  const full = new Map<number, Rounds>()
  for (const connections of options.connections) {
    const rounds = await takeTurns([peer, sapan], options, { connections })
    full.set(connections, rounds)
    Object.assign(metrics, ratesOf(connections, rounds))
  }
  const [[connections, rounds] = []] = full
  if (connections === undefined || rounds === undefined) return metrics
  const rate = of(rounds, 'sapan', 'perSecond') / 2
  const half = await takeTurns([peer, sapan], options, { connections, rate })
  const commit = await measureCommits(pair.consumer.database)
  const at = `at half of Sapan's rate, ${connections} connections`
  metrics[`latency p50 ${at}`] = both(half, 'p50', 'ms')
  metrics[`latency p99 ${at}`] = both(half, 'p99', 'ms')
  metrics['one commit p50'] = metricAlone(commit.p50, 'ms')
  metrics['one commit p99'] = metricAlone(commit.p99, 'ms')
  return metrics
}

function ratesOf(connections: number, rounds: Rounds): Record<string, Metric> {
  return {
    [`exchange 1 KB, ${connections} connections`]: both(rounds, 'perSecond', 'exchanges/s'),
    [`latency p50, ${connections} connections`]: both(rounds, 'p50', 'ms'),
    [`latency p99, ${connections} connections`]: both(rounds, 'p99', 'ms'),
    [`processor time, ${connections} connections`]: both(rounds, 'processor', 'µs'),
  }
}

type Figure = 'perSecond' | 'p50' | 'p99' | 'processor'

function of(rounds: Rounds, name: Target['name'], what: Figure): number {
  return median(rounds[name].map((figures: Taken) => figures[what]))
}

function both(rounds: Rounds, what: Figure, unit: string): Metric {
  return metric(of(rounds, 'sapan', what), of(rounds, 'peer', what), unit)
}

function conditions(options: BenchmarkOptions, nginx: string): BenchmarkResult['conditions'] {
  return {
    load: `POST 1 KB, answer 1 KB JSON, ${options.connections.join(' and ')} connections`,
    rounds: `${options.rounds} of ${options.seconds} s each, in turn, after ${options.warmUpSeconds} s of warm-up; medians`,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`,
    nginx,
    node: process.versions.node,
    openssl: process.versions.openssl,
    postgresql: '18, embedded, fsync on, one per gateway',
  }
}
