import type { Database } from '../transaction.ts'
import {
  attachedIndexes,
  attachedTables,
  constraints,
  foreignKeys,
  indexes,
  ownedSequences,
  triggers,
  views,
} from './after.ts'
import { extensions, functions, schemas, sequences, tables, types } from './before.ts'
import { findUnsupported } from './unsupported.ts'

/** A table whose rows are its own: not one that only gathers its partitions. */
export interface TableColumns {
  /** As SQL names it: `evidence.record`. */
  readonly name: string
  /** Those that are stored, as SQL names them. */
  readonly columns: readonly string[]
}

/** Everything in a database but its rows, as the statements that make it again. */
export interface DatabaseStructure {
  /** Before rows can come: schemas, functions, tables. */
  readonly before: readonly string[]
  readonly tables: readonly TableColumns[]
  readonly sequences: readonly string[]
  /** What is quicker made, or only possible, when the rows are there: keys, indexes, triggers. */
  readonly after: readonly string[]
}

/**
 * Reads what a database is made of from its catalog, in a transaction. Two databases with the same answer are made alike. Throws where
 * something is in it that no statement here would make again: it is never left out unsaid.
 */
export async function readStructure(client: Database): Promise<DatabaseStructure> {
  // Names outside pg_catalog are then written with their schema, whatever the path of the one who asks.
  await client.query(`set local search_path to ''`)
  const unsupported = await findUnsupported(client)
  if (unsupported.length > 0) throw new Error(`cannot be made again: ${unsupported.join(', ')}`)
  const made = await tables(client)
  const before = [await schemas(client), await extensions(client), await types(client)]
  const after = [
    ownedSequences,
    attachedTables,
    constraints,
    indexes,
    attachedIndexes,
    foreignKeys,
    views,
    triggers,
  ]
  return {
    before: [
      ...before.flat(),
      ...(await functions(client)),
      ...(await sequences(client)),
      ...made.flatMap(({ statements }) => statements),
    ],
    tables: made.filter(({ holdsRows }) => holdsRows).map(({ name, columns }) => ({ name, columns })),
    sequences: await sequenceNames(client),
    after: (await inOrder(after, client)).flat(),
  }
}

async function inOrder(
  reads: readonly ((client: Database) => Promise<string[]>)[],
  client: Database,
): Promise<string[][]> {
  const all: string[][] = []
  for (const read of reads) all.push(await read(client))
  return all
}

async function sequenceNames(client: Database): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences order by 1`,
  )
  return rows.map(({ name }) => name)
}
