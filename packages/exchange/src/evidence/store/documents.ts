import type { Database } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { rowIsIntact, sealRow } from '../row-seal.ts'

/** Something signed that exports need beside the records. */
export interface StoredDocument {
  readonly kind: 'directory' | 'grant'
  /** A directory's version, a grant's hash. */
  readonly key: string
  /** Compact JWS. */
  readonly content: string
}

export async function insertDocument(
  database: Database,
  sealer: Sealer,
  { kind, key, content }: StoredDocument,
): Promise<void> {
  await database.query(
    `insert into evidence.document (kind, key, content, mac) values ($1, $2, $3, $4) on conflict do nothing`,
    [kind, key, content, sealRow(sealer, 'document', [kind, key, content])],
  )
}

export function documentIsIntact(
  sealer: Sealer,
  { kind, key, content }: Record<keyof StoredDocument, string>,
  mac: Buffer,
): boolean {
  return rowIsIntact(sealer, 'document', [kind, key, content], mac)
}

export async function readDocument(
  database: Database,
  kind: StoredDocument['kind'],
  key: string,
): Promise<string | undefined> {
  const { rows } = await database.query<{ content: string }>(
    'select content from evidence.document where kind = $1 and key = $2',
    [kind, key],
  )
  return rows[0]?.content
}

/** The newest directory version that is kept. */
export async function readNewestDirectory(database: Database): Promise<string | undefined> {
  const { rows } = await database.query<{ content: string }>(
    `select content from evidence.document where kind = 'directory' order by key::bigint desc limit 1`,
  )
  return rows[0]?.content
}
