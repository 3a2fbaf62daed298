import { createHash } from 'node:crypto'
import { type Database, type PoolClient, type Text, uuidv7 } from '@sapan/kernel'
import type { BoxDocument, NewDocument } from '../documentbox.ts'
import type { DocumentBoxOptions } from '../ground.ts'

export interface DocumentRow {
  readonly id: string
  readonly owner: string
  readonly party: string | null
  readonly issuer: string
  readonly kind: string
  readonly title: Text
  readonly number: string
  readonly reference: string | null
  readonly issued_at: Date
  readonly valid_till: Date | null
  readonly ended_at: Date | null
  readonly ended_why: 'replaced' | 'revoked' | null
  readonly ended_by: string | null
  readonly bytes: number
  readonly sha256: string
}

export const documentColumns = `id, owner, party, issuer, kind, title, number, reference, issued_at, valid_till, ended_at,
  ended_why, ended_by, bytes, sha256`

export function documentOf(row: DocumentRow): BoxDocument {
  const ended = row.ended_at !== null &&
    row.ended_why !== null && {
      ended: {
        at: row.ended_at.getTime(),
        why: row.ended_why,
        ...(row.ended_by !== null && { by: row.ended_by }),
      },
    }
  return {
    id: row.id,
    issuer: row.issuer,
    kind: row.kind,
    title: row.title,
    number: row.number,
    ...(row.reference !== null && { reference: row.reference }),
    issuedAt: row.issued_at.getTime(),
    ...(row.valid_till !== null && { validTill: row.valid_till.getTime() }),
    ...ended,
    bytes: row.bytes,
    sha256: row.sha256,
  }
}

const contentPlace = (id: string) => Buffer.from(`content.content ${id}`)

/** Puts a document in once for its key, in the caller's transaction. */
export async function putDocument(
  { clock, sealer }: DocumentBoxOptions,
  client: PoolClient,
  document: NewDocument,
): Promise<BoxDocument> {
  const at = clock()
  const id = uuidv7(at)
  const { rows } = await client.query<DocumentRow>(
    `insert into documentbox.document
       (id, owner, party, issuer, kind, title, number, media_type, reference, key, issued_at, valid_till, bytes, sha256)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (key) do nothing returning ${documentColumns}`,
    [
      id,
      document.owner,
      document.party ?? null,
      document.issuer,
      document.kind,
      JSON.stringify(document.title),
      document.number,
      document.mediaType,
      document.reference ?? null,
      document.key,
      new Date(at),
      document.validTill === undefined ? null : new Date(document.validTill),
      document.content.length,
      createHash('sha256').update(document.content).digest('hex'),
    ],
  )
  const [made] = rows
  if (made === undefined) return documentOf(await byKey(client, document.key))
  await client.query('insert into documentbox.content (document, content_sealed) values ($1, $2)', [
    id,
    sealer.seal(document.content, contentPlace(id)),
  ])
  return documentOf(made)
}

async function byKey(db: Database, key: string): Promise<DocumentRow> {
  const { rows } = await db.query<DocumentRow>(
    `select ${documentColumns} from documentbox.document where key = $1`,
    [key],
  )
  if (rows[0] === undefined) throw new Error('a document that is there was not found')
  return rows[0]
}

export async function readContent(
  { pool, sealer }: DocumentBoxOptions,
  id: string,
): Promise<Uint8Array | undefined> {
  const { rows } = await pool.query<{ content_sealed: Buffer }>(
    'select content_sealed from documentbox.content where document = $1',
    [id],
  )
  return rows[0] && sealer.open(rows[0].content_sealed, contentPlace(id))
}
