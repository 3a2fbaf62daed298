import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Benchmark, type BenchmarkOptions, type BenchmarkResult, median, metric } from './benchmark.ts'
import type { LoadFigures, LoadOrder } from './exchange/load.ts'
import { requestText } from './exchange/messages.ts'
import { findNginx, startNginxRelay } from './exchange/nginx.ts'
import { startSapanPair } from './exchange/sapan.ts'
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

interface Target {
  readonly name: 'sapan' | 'peer'
  readonly order: Omit<LoadOrder, 'seconds' | 'connections'>
}

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  findNginx()
  const folder = mkdtempSync(join(tmpdir(), 'sapan-bench-'))
  const processes = new Processes()
  try {
    const providerPort = await freePort()
    processes.start({
      name: 'provider',
      command: process.execPath,
      args: [file('provider.ts'), String(providerPort)],
    })
    const nginx = await startNginxRelay(processes, folder, providerPort)
    options.progress(`nginx ${nginx.version} relays at port ${nginx.port}`)
    const pair = await startSapanPair(processes, folder, providerPort, options.progress)
    options.progress(`Sapan's consumer gateway listens at port ${pair.port}`)
    const peer: Target = { name: 'peer', order: { port: nginx.port, request: requestText('/records', {}) } }
    const sapan: Target = {
      name: 'sapan',
      order: { port: pair.port, request: requestText(pair.path, pair.headers) },
    }
    await until('the provider', 10, async () => (await measure(peer, 1, 0.2)).answers > 0)
    const rounds = await takeTurns([peer, sapan], options)
    return { ...summary(rounds), conditions: conditions(options, nginx.version) }
  } finally {
    await processes.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The figures of all rounds, by the number of connections. */
type Rounds = Readonly<Record<Target['name'], LoadFigures[]>>

async function takeTurns(
  targets: readonly Target[],
  options: BenchmarkOptions,
): Promise<Map<number, Rounds>> {
  const taken = new Map(
    options.connections.map((count): [number, Rounds] => [count, { sapan: [], peer: [] }]),
  )
  for (const target of targets) {
    options.progress(`warming up ${target.name} for ${options.warmUpSeconds} s`)
    await measure(target, Math.max(...options.connections), options.warmUpSeconds)
  }
  for (let round = 1; round <= options.rounds; round++)
    for (const [connections, rounds] of taken)
      for (const target of targets) {
        const figures = await measure(target, connections, options.seconds)
        options.progress(roundLine(round, target, connections, figures))
        rounds[target.name].push(figures)
      }
  return taken
}

function roundLine(round: number, { name }: Target, connections: number, figures: LoadFigures): string {
  const { perSecond, p50, p99 } = figures
  return `round ${round}, ${connections} connections, ${name}: ${Math.round(perSecond)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`
}

/** One round by a load generator of its own. Throws when anything but 200 was answered: that would not be the same work. */
async function measure(target: Target, connections: number, seconds: number): Promise<LoadFigures> {
  const order: LoadOrder = { ...target.order, connections, seconds }
  const { stdout } = await promisify(execFile)(process.execPath, [file('load.ts'), JSON.stringify(order)])
  const figures = JSON.parse(stdout) as LoadFigures
  const others = Object.keys(figures.statuses).filter((status) => status !== '200')
  if (others.length > 0 || figures.broken > 0)
    throw new Error(
      `${target.name} answered ${JSON.stringify(figures.statuses)}, ${figures.broken} connections broke`,
    )
  return figures
}

function summary(taken: ReadonlyMap<number, Rounds>): Omit<BenchmarkResult, 'conditions'> {
  const metrics = [...taken].flatMap(([connections, rounds]) => {
    const of = (name: Target['name'], what: 'perSecond' | 'p50' | 'p99'): number =>
      median(rounds[name].map((figures) => figures[what]))
    const both = (what: 'perSecond' | 'p50' | 'p99', unit: string) =>
      metric(of('sapan', what), of('peer', what), unit)
    return [
      [`exchange 1 KB, ${connections} connections`, both('perSecond', 'exchanges/s')],
      [`latency p50, ${connections} connections`, both('p50', 'ms')],
      [`latency p99, ${connections} connections`, both('p99', 'ms')],
    ]
  })
  return { benchmark: 'exchange', peer: 'nginx', metrics: Object.fromEntries(metrics) }
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

function file(name: string): string {
  return fileURLToPath(new URL(`exchange/${name}`, import.meta.url))
}
