import { NotPossibleHere } from '../benchmark.ts'
import type { Processes } from '../processes.ts'

export interface SapanPair {
  /** The consumer gateway's edge. */
  readonly port: number
  /** The exchange path of the benchmark's one service. */
  readonly path: string
  /** What the caller adds to its requests. */
  readonly headers: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, string>>
  /** Stops what is not one of `processes`: the database. */
  stop(): Promise<void>
}

/** Center, two gateways and their databases, each gateway a process of its own, in front of the provider at `providerPort`. */
export async function startSapanPair(
  _processes: Processes,
  _folder: string,
  _providerPort: number,
  _progress: (line: string) => void,
): Promise<SapanPair> {
  throw new NotPossibleHere('the gateways cannot be started yet')
}
