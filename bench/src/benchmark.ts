/** One measured thing, ours and the peer's, from the same run. */
export interface Metric {
  readonly sapan: number
  /** Null where the peer does no such thing. */
  readonly peer: number | null
  /** `sapan / peer`. */
  readonly ratio: number | null
  readonly unit: string
}

export interface BenchmarkResult {
  readonly benchmark: string
  readonly peer: string
  readonly metrics: Readonly<Record<string, Metric>>
  /** What a reader needs to judge the figures: machine, versions, load. */
  readonly conditions: Readonly<Record<string, string | number>>
}

export interface BenchmarkOptions {
  readonly rounds: number
  readonly seconds: number
  readonly warmUpSeconds: number
  /** Each number of connections is measured by itself. */
  readonly connections: readonly number[]
  /** Also what takes longer than the others together. */
  readonly long: boolean
  /** Of the crowd among whom people sign in. */
  readonly people: number
  /** Shorter where something takes long: for who only wants to see that it runs. */
  readonly quick: boolean
  /** Of the last day: filings a second, and for how many minutes they come. */
  readonly rate: number
  readonly minutes: number
  /** Of a register that is large. */
  readonly cases: number
  /** Of evidence that is large. */
  readonly rows: number
  /** Parts of a benchmark that has several; all where there are none. */
  readonly only: readonly string[]
  /** A line about what is happening, for the person who waits. */
  readonly progress: (line: string) => void
}

export interface Benchmark {
  readonly name: string
  readonly about: string
  /** How it is run where nothing else is asked for, if not as the others: so that all of it ends within some minutes. */
  readonly usual?: Partial<Pick<BenchmarkOptions, 'rounds' | 'seconds' | 'warmUpSeconds'>>
  run(options: BenchmarkOptions): Promise<BenchmarkResult>
}

/** The benchmark cannot run on this machine; the message says what to install. */
export class NotPossibleHere extends Error {
  override name = 'NotPossibleHere'
}

export function metric(sapan: number, peer: number, unit: string): Metric {
  return { sapan: rounded(sapan), peer: rounded(peer), ratio: rounded(sapan / peer), unit }
}

/** The middle value; the mean of the two middle ones where the count is even. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** What the peer does not do at all. */
export function metricAlone(sapan: number, unit: string): Metric {
  return { sapan: rounded(sapan), peer: null, ratio: null, unit }
}

function rounded(value: number): number {
  return Number(value.toPrecision(value >= 1000 ? 5 : 3))
}
