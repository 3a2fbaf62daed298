import type { Postgres } from 'sapan/postgres'
import type { BenchmarkOptions } from '../benchmark.ts'
import type { Processes } from '../processes.ts'

/** What the parts of the benchmark share: the embedded PostgreSQL, the processes, a folder of this run. */
export interface Place {
  readonly folder: string
  readonly processes: Processes
  readonly postgres: Postgres
  readonly options: BenchmarkOptions
}
