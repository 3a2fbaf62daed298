import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type BenchmarkOptions, median } from '../benchmark.ts'
import { processorSeconds } from '../processor.ts'
import type { LoadFigures, LoadOrder, Task } from './orders.ts'
import type { PageOrder } from './page-load.ts'
import type { Running } from './parties.ts'

export interface Taken extends LoadFigures {
  /** Milliseconds of processor time for each: of the provider, and of the database that stands behind it. */
  readonly processor: number
}

/** Everything that a series of rounds needs to know. */
export interface Measuring {
  readonly options: BenchmarkOptions
  readonly connections: number
  /** The postmaster's process. */
  readonly database: number
}

/** Seconds in which a load generator warms up itself. */
const lead = 1

/** One round. Throws where anything does not go through. */
export async function take(
  { options, connections, database }: Measuring,
  { party, pid }: Running,
  task: Task,
  seconds = options.seconds,
): Promise<Taken> {
  const order: LoadOrder = { party, task, connections, seconds, leadSeconds: lead }
  const before = { provider: processorSeconds(pid), database: processorSeconds(database) }
  const figures = await generate(new URL('load.ts', import.meta.url), order)
  // What the generator did before it counted has been worked for, too.
  const all = Math.max(1, (figures.count * (seconds + lead)) / seconds)
  const provider = ((processorSeconds(pid) - before.provider) * 1000) / all
  const behind = ((processorSeconds(database) - before.database) * 1000) / all
  const processor = `${provider.toFixed(2)} + ${behind.toFixed(2)} ms of processor`
  options.progress(`${party.name}, ${task}: ${roundLine(figures)}, ${processor}`)
  return { ...figures, processor: provider + behind }
}

export async function takePages(order: PageOrder): Promise<LoadFigures> {
  return await generate(new URL('page-load.ts', import.meta.url), order)
}

export function roundLine({ perSecond, p50, p99 }: LoadFigures): string {
  return `${perSecond.toFixed(1)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`
}

export function medianOf<F extends LoadFigures>(rounds: readonly F[], what: keyof F): number {
  return median(rounds.map((figures) => Number(figures[what])))
}

/** What a generator of load, a process of its own, prints as JSON. */
export async function generate<Figures = LoadFigures>(file: URL, order: object): Promise<Figures> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(file), JSON.stringify(order)],
    {
      maxBuffer: 2 ** 28,
    },
  )
  return JSON.parse(stdout) as Figures
}
