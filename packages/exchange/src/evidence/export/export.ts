import type { Pending } from '../status.ts'

export interface ExportResult {
  /** An ASiC-E container (ETSI EN 319 162-1). */
  readonly file: Uint8Array
  /** What the proof still misses; also said in the file. Empty when it is complete. */
  readonly pending: readonly Pending[]
  readonly exchange: string
  readonly member: string
  readonly side: 'consumer' | 'provider'
}

export async function exportExchange(_a: object, _b: object, _c: object): Promise<ExportResult> {
  throw new Error('not built')
}
