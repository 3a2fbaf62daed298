import type { MappedField } from './mapping/mapping.ts'

/** One row as it is answered: values by the names of fields. */
export type Row = Readonly<Record<string, string | number>>

/** Where a connector's rows come from. What it cannot give it throws as a problem. */
export interface Source {
  /** The rows whose field is exactly so; at most `limit`. */
  find(field: MappedField, value: string, limit: number): Promise<readonly Row[]>
  /** What there is to see before it is served. */
  look(): Promise<Look>
  /** Takes in what changed meanwhile. */
  refresh(): Promise<void>
  close(): Promise<void>
}

export interface Look {
  /** How many rows there are, as far as the source knows; a database estimates. */
  readonly rows?: number
  readonly columns: readonly string[]
  /** Said where nothing could be asked: a service whose description has no example of what is searched by. */
  readonly untried?: true
  /** Up to `SAMPLE` rows. */
  readonly sample: readonly Row[]
  /** Names of searched fields whose column no index leads with. */
  readonly unindexed: readonly string[]
  /** Said where who signs in to the database may also write that table. */
  readonly writable?: true
}

/** How many rows are looked at for what is in them. */
export const SAMPLE = 1000
