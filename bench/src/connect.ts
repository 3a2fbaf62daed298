import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { toolsFolder } from '@sapan/conformance/documents'
import {
  type Benchmark,
  type BenchmarkOptions,
  type BenchmarkResult,
  type Metric,
  median,
  metric,
  NotPossibleHere,
} from './benchmark.ts'
import { mapping, ownerOf, searched, writeBoats } from './connect/boats.ts'
import { type Target, takeTurns } from './exchange/rounds.ts'
import { freePort } from './ports.ts'
import { Processes, until } from './processes.ts'
import { residentMemory } from './processor.ts'

/** A large CSV file as a service: from the file to the first answer, memory, and look-ups, against what offers one too. */
export const connect: Benchmark = {
  name: 'connect',
  about: 'a CSV of a million rows served by sapan connect, against sqlite-utils and datasette',
  usual: { rounds: 3, seconds: 5 },
  run,
}

const CONNECTIONS = 16
const sapan = fileURLToPath(new URL('../../apps/sapan/bin/sapan.mjs', import.meta.url))
const venv = join(toolsFolder, 'connect', 'venv/bin')

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  if (!existsSync(join(venv, 'datasette')))
    throw new NotPossibleHere('datasette is missing (conformance/connect/install.sh)')
  const rows = options.quick ? 50_000 : Math.min(options.rows, 1_000_000)
  const metrics: Record<string, Metric> = {}
  const bytes: number[] = []
  for (const encoding of ['utf-8', 'windows-874'] as const) {
    const folder = mkdtempSync(join(tmpdir(), 'sapan-bench-'))
    try {
      const file = join(folder, 'boats.csv')
      writeBoats(file, rows, encoding)
      bytes.push(statSync(file).size)
      Object.assign(metrics, await measured(folder, rows, encoding, options))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return {
    benchmark: 'connect',
    peer: 'sqlite-utils and datasette',
    metrics,
    conditions: {
      file: `${rows} rows of six columns, ${bytes.join(' and ')} bytes; one column is searched by, two rows for each value`,
      'to the first answer': 'ours: start, reading and index; the peer: import into SQLite, index, start',
      memory: 'resident, of the process that answers; peak of the import is not counted',
      'look-ups': `${CONNECTIONS} at a time, ${options.rounds} rounds of ${options.seconds} s each, in turn; medians`,
      machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0]?.toFixed(1)}`,
      node: process.versions.node,
    },
  }
}

async function measured(
  folder: string,
  rows: number,
  encoding: 'utf-8' | 'windows-874',
  options: BenchmarkOptions,
): Promise<Record<string, Metric>> {
  const processes = new Processes()
  try {
    const ours = await startOurs(processes, folder, rows, encoding)
    options.progress(`${encoding}: sapan answers after ${ours.seconds.toFixed(1)} s`)
    const theirs = await startTheirs(processes, folder, rows, encoding)
    options.progress(`${encoding}: the peer answers after ${theirs.seconds.toFixed(1)} s`)
    const memory = [ours, theirs].map(({ target }) => residentMemory(target.pids[0] ?? 0))
    const taken = await takeTurns([ours.target, theirs.target], options, { connections: CONNECTIONS })
    const rate = (name: Target['name']) => median(taken[name].map(({ perSecond }) => perSecond))
    const p99 = (name: Target['name']) => median(taken[name].map((one) => one.p99))
    return {
      [`${encoding}: to the first answer`]: metric(ours.seconds, theirs.seconds, 's'),
      [`${encoding}: memory`]: metric(memory[0] ?? 0, memory[1] ?? 0, 'MiB'),
      [`${encoding}: look-ups`]: metric(rate('sapan'), rate('peer'), '/s'),
      [`${encoding}: look-ups, p99`]: metric(p99('sapan'), p99('peer'), 'ms'),
    }
  } finally {
    await processes.stop()
  }
}

interface Started {
  readonly target: Target
  readonly seconds: number
}

async function startOurs(
  processes: Processes,
  folder: string,
  rows: number,
  encoding: string,
): Promise<Started> {
  const port = await freePort()
  writeFileSync(join(folder, 'boats.yaml'), mapping('boats.csv', encoding))
  const start = performance.now()
  const args = [sapan, 'connect', 'run', join(folder, 'boats.yaml'), '--port', `${port}`]
  const child = processes.start({
    name: 'sapan',
    command: process.execPath,
    args,
    log: join(folder, 'ours.log'),
  })
  return await answering(
    'sapan',
    start,
    port,
    `/by-f0/${ownerOf(rows - 1)}`,
    child.pid,
    ({ records }) => records,
  )
}

async function startTheirs(
  processes: Processes,
  folder: string,
  rows: number,
  encoding: string,
): Promise<Started> {
  const port = await freePort()
  const database = join(folder, 'boats.db')
  const start = performance.now()
  const tell = async (...args: string[]) => await promisify(execFile)(join(venv, 'sqlite-utils'), args)
  const letters = encoding === 'utf-8' ? [] : ['--encoding', 'cp874']
  await tell('insert', database, 'boats', join(folder, 'boats.csv'), '--csv', ...letters)
  await tell('create-index', database, 'boats', searched)
  const child = processes.start({
    name: 'datasette',
    command: join(venv, 'datasette'),
    args: ['serve', database, '--port', `${port}`, '--setting', 'default_cache_ttl', '0'],
    log: join(folder, 'theirs.log'),
  })
  const query = new URLSearchParams({ [`${searched}__exact`]: ownerOf(rows - 1), _shape: 'array' })
  return await answering('peer', start, port, `/boats/boats.json?${query}`, child.pid, (rows) => rows)
}

/** Waits until two rows are answered. */
async function answering(
  name: Target['name'],
  start: number,
  port: number,
  path: string,
  pid: number | undefined,
  // biome-ignore lint/suspicious/noExplicitAny: what others answer
  rowsOf: (answer: any) => unknown,
): Promise<Started> {
  await until(name, 300, async () => {
    const rows = rowsOf(await (await fetch(`http://127.0.0.1:${port}${path}`)).json())
    if (!Array.isArray(rows) || rows.length !== 2) throw new Error(`${name} answers otherwise`)
    return true
  })
  const seconds = (performance.now() - start) / 1000
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
  return { seconds, target: { name, order: { port, request }, pids: pid === undefined ? [] : [pid] } }
}
