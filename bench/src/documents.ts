import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type AuthorityFiles,
  createDocumentAuthority,
  Dss,
  layAuthority,
  onCore,
  Pipe,
  Pyhanko,
} from '@sapan/conformance/documents'
import {
  type Benchmark,
  type BenchmarkOptions,
  type BenchmarkResult,
  type Metric,
  median,
  metric,
  metricAlone,
  NotPossibleHere,
} from './benchmark.ts'
import type { WorkerAnswer, WorkerOrder } from './documents/orders.ts'

/**
 * Documents of one page built and signed to B-LTA, signed against pyHanko, checked against EU DSS: every one of them in one
 * process bound to the same core, in turn.
 */
export const documents: Benchmark = {
  name: 'documents',
  about: 'documents built, signed (against pyHanko) and checked (against EU DSS), on one core',
  run,
}

/** The core that whoever is measured has to itself. */
const core = 0

async function run(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const folder = mkdtempSync(join(tmpdir(), 'sapan-bench-'))
  const parties = await start(folder)
  try {
    const prepared = join(folder, 'prepared.pdf')
    await parties.sapan.do({ task: 'build', out: prepared })
    const tasks = tasksOf(parties, folder, prepared)
    const rates = await takeTurns(tasks, options)
    const metrics: Record<string, Metric> = {
      'build a page and sign it to B-LTA': metricAlone(rate(rates, 'issue'), 'documents/s'),
      'sign to B-LTA': metric(rate(rates, 'sign'), rate(rates, 'sign, pyHanko'), 'documents/s'),
      'check a B-LTA file': metric(rate(rates, 'check'), rate(rates, 'check, EU DSS'), 'files/s'),
      'size of a page with data, B-LTA': metric(
        size(folder, 'ours.pdf'),
        size(folder, 'theirs.pdf'),
        'bytes',
      ),
      ...(options.long ? await memory(parties.sapan, options) : {}),
    }
    return {
      benchmark: 'documents',
      peer: 'pyHanko, EU DSS',
      metrics,
      conditions: conditions(options, prepared),
    }
  } finally {
    for (const party of Object.values(parties)) if ('close' in party) party.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Parties {
  readonly sapan: Worker
  readonly pyhanko: Pyhanko
  readonly dss: Dss
  readonly files: AuthorityFiles
}

class Worker {
  readonly #pipe: Pipe

  constructor(files: AuthorityFiles) {
    const file = fileURLToPath(new URL('documents/worker.ts', import.meta.url))
    const args = ['--expose-gc', '--import', 'tsx', file, JSON.stringify(files)]
    this.#pipe = new Pipe(...onCore(core, process.execPath, args))
  }

  do(order: WorkerOrder): Promise<WorkerAnswer> {
    return this.#pipe.ask<WorkerAnswer>(JSON.stringify(order))
  }

  close(): void {
    this.#pipe.close()
  }
}

async function start(folder: string): Promise<Parties> {
  if (spawnSync('taskset', ['-V']).error)
    throw new NotPossibleHere('taskset binds the parties to one core; it is in util-linux')
  const files = layAuthority(await createDocumentAuthority('ecdsa'), join(folder, 'authority'))
  try {
    const parties = { sapan: new Worker(files), pyhanko: new Pyhanko(core), dss: new Dss(core), files }
    // Offline: what is checked is all in the file.
    await parties.dss.trust(files.anchors)
    return parties
  } catch (error) {
    if (error instanceof Error && error.name === 'ToolMissing') throw new NotPossibleHere(error.message)
    throw error
  }
}

/** What is measured: documents per second of processor time, over about so many seconds. */
type Tasks = Readonly<Record<string, (seconds: number) => Promise<number>>>

function tasksOf({ sapan, pyhanko, dss, files }: Parties, folder: string, prepared: string): Tasks {
  const ours = join(folder, 'ours.pdf')
  const perSecond = async (order: WorkerOrder): Promise<number> => {
    const { count, seconds } = await sapan.do(order)
    return count / seconds
  }
  const theirs = { sign: prepared, out: join(folder, 'theirs.pdf'), level: 'B-LTA', ...files.signer }
  const signing = { ...theirs, tsa: files.tsa, anchors: files.anchors, crls: files.crls }
  let speed = 1
  return {
    issue: (seconds) => perSecond({ task: 'issue', seconds }),
    sign: (seconds) => perSecond({ task: 'sign', seconds, file: prepared, out: ours }),
    'sign, pyHanko': async (seconds) => {
      const times = Math.max(1, Math.ceil(speed * seconds))
      speed = times / (await pyhanko.sign({ ...signing, times })).seconds
      return speed
    },
    check: (seconds) => perSecond({ task: 'check', seconds, file: ours }),
    'check, EU DSS': (seconds) => dss.speed(seconds, ours),
  }
}

async function takeTurns(tasks: Tasks, options: BenchmarkOptions): Promise<ReadonlyMap<string, number[]>> {
  const rates = new Map<string, number[]>()
  for (const [name, measure] of Object.entries(tasks)) {
    options.progress(`warming up for ${options.warmUpSeconds} s: ${name}`)
    await measure(options.warmUpSeconds)
  }
  for (let round = 1; round <= options.rounds; round++)
    for (const [name, measure] of Object.entries(tasks)) {
      const taken = await measure(options.seconds)
      options.progress(`round ${round}, ${name}: ${taken.toFixed(1)}/s`)
      rates.set(name, [...(rates.get(name) ?? []), taken])
    }
  return rates
}

const rate = (rates: ReadonlyMap<string, number[]>, name: string): number => median(rates.get(name) ?? [])

const size = (folder: string, name: string): number => statSync(join(folder, name)).size

/** Resident memory after the first tenth of many documents, and after all of them. */
async function memory(sapan: Worker, options: BenchmarkOptions): Promise<Record<string, Metric>> {
  const [some, all] = [2_000, 20_000]
  options.progress(`${all} documents for memory`)
  const early = await sapan.do({ task: 'issue-many', count: some })
  const late = await sapan.do({ task: 'issue-many', count: all - some })
  const mebibytes = (answer: WorkerAnswer): number => answer.memory / 2 ** 20
  return {
    [`memory after ${some} documents`]: metricAlone(mebibytes(early), 'MiB'),
    [`memory after ${all} documents`]: metricAlone(mebibytes(late), 'MiB'),
  }
}

function conditions(options: BenchmarkOptions, prepared: string): BenchmarkResult['conditions'] {
  return {
    document: `certificate-letter, one page, data as JSON and XML inside; ${statSync(prepared).size} bytes before it is signed`,
    keys: 'ECDSA P-256 with SHA-256; signer, issuer, root; time-stamp authority in the same process; lists of revocations',
    rate: 'per second of processor time, each party bound to one core',
    rounds: `${options.rounds} of ${options.seconds} s each, in turn, after ${options.warmUpSeconds} s of warm-up; medians`,
    machine: `one core of ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`,
    node: process.versions.node,
    peers: 'pyHanko 0.38.0 (CPython), EU DSS 6.4 (Java 17), default settings',
  }
}
