import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { BenchmarkOptions } from '../benchmark.ts'
import { processorSeconds } from '../processor.ts'
import type { LoadFigures, LoadOrder } from './load.ts'

/** One of the two that are measured. */
export interface Target {
  readonly name: 'sapan' | 'peer'
  readonly order: Omit<LoadOrder, 'seconds' | 'connections'>
  /** Its processes; what is below them counts with them. */
  readonly pids: readonly number[]
}

export interface Taken extends LoadFigures {
  /** Microseconds of processor time for each exchange. */
  readonly processor: number
}

/** The figures of all rounds. */
export type Rounds = Readonly<Record<Target['name'], Taken[]>>

/** What the generator does before it counts, in seconds. */
const lead = 1

/** One round by a load generator of its own. Throws when anything but 200 was answered: that would not be the same work. */
export async function measure(
  target: Target,
  order: Pick<LoadOrder, 'connections' | 'seconds' | 'rate'>,
): Promise<Taken> {
  const before = processor(target)
  const figures = await generate({ ...target.order, ...order })
  const others = Object.keys(figures.statuses).filter((status) => status !== '200')
  if (others.length > 0 || figures.broken > 0)
    throw new Error(
      `${target.name} answered ${JSON.stringify(figures.statuses)}, ${figures.broken} connections broke`,
    )
  const all = Math.max(1, figures.perSecond * (order.seconds + lead))
  return { ...figures, processor: ((processor(target) - before) * 1e6) / all }
}

/** Rounds of all targets in turn, so that what changes on the machine meets each of them. */
export async function takeTurns(
  targets: readonly Target[],
  { rounds, seconds, progress }: BenchmarkOptions,
  order: Pick<LoadOrder, 'connections' | 'rate'>,
): Promise<Rounds> {
  const taken: Rounds = { sapan: [], peer: [] }
  for (let round = 1; round <= rounds; round++)
    for (const target of targets) {
      const figures = await measure(target, { ...order, seconds })
      progress(roundLine(round, target, order, figures))
      taken[target.name].push(figures)
    }
  return taken
}

function roundLine(
  round: number,
  { name }: Target,
  { connections, rate }: Pick<LoadOrder, 'connections' | 'rate'>,
  { perSecond, p50, p99, processor }: Taken,
): string {
  const asked = rate === undefined ? '' : ` at ${Math.round(rate)}/s`
  return (
    `round ${round}, ${connections} connections${asked}, ${name}: ${Math.round(perSecond)}/s, ` +
    `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${Math.round(processor)} µs of processor`
  )
}

function processor({ pids }: Target): number {
  return pids.reduce((total, pid) => total + processorSeconds(pid), 0)
}

async function generate(order: LoadOrder): Promise<LoadFigures> {
  const file = fileURLToPath(new URL('load.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [file, JSON.stringify(order)])
  return JSON.parse(stdout) as LoadFigures
}
