/** A database server as a connector needs it: it reads one table, and can do nothing else. */
export interface TableServer {
  /** The table or view of that name in the server's catalogue; undefined where there is none that may be read. */
  tableOf(name: string): Promise<Table | undefined>
  /** Cells of the table's rows as text, in the order of `columns`; at most `limit` rows. A value that no cell can have fits none. */
  rows(query: RowsQuery): Promise<readonly (readonly (string | null)[])[]>
  /** What an error of the server means. */
  meaningOf(error: unknown): Meaning
  close(): Promise<void>
}

/** A table with its names as they stand in SQL: only the catalogue gives these, never a mapping or a caller. */
export interface Table {
  readonly quoted: string
  /** An estimate; views have none. */
  readonly rows?: number
  readonly columns: readonly TableColumn[]
  /** Said where who signs in may also write it: a connector needs only to read. */
  readonly writable?: true
}

export interface TableColumn {
  readonly name: string
  readonly quoted: string
  /** Its type, or its character set and collation (MySQL), where a search needs them; written as its server's file says. */
  readonly type?: string
  /** Whether an index leads with it; undefined where that cannot be seen, as of views. */
  readonly indexed?: boolean
}

export interface RowsQuery {
  readonly table: Table
  readonly columns: readonly TableColumn[]
  readonly where?: { readonly column: TableColumn; readonly value: string }
  readonly limit: number
}

/** Why a server did not answer: it took longer than `LONGEST_MS`, cannot be reached, is not who it should be, or lets this not be read. */
export type Meaning = 'slow' | 'down' | 'untrusted' | 'unusable'

/** The longest that a query may take. */
export const LONGEST_MS = 5000
/** The longest that a large database's catalogue may take, which is asked once, before anything is served. */
export const CATALOGUE_MS = 30_000
/** Connections of one connector. */
export const CONNECTIONS = 5
/** The most letters of a cell; longer ones are refused, not cut. */
export const LONGEST_CELL = 65_536
