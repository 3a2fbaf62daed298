import type { Pool, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { DraftContent } from '../application/application.ts'
import type { Copied, CountedFiles, Draft, DraftSummary, HandedIn, Moved, NewFile } from '../draft/draft.ts'

export interface DraftRow {
  readonly id: string
  readonly service: string
  readonly version: number
  readonly account_id: string
  readonly party_hash: Buffer | null
  readonly content_sealed: Buffer
  readonly revision: number
  readonly created_at: Date
  readonly changed_at: Date
  readonly removed_at: Date | null
  readonly case_id: string | null
  readonly submitted_at: Date | null
}

/** What is saved of a row; `revision`: the one that was read. */
export type ContentRow = Pick<DraftRow, 'id' | 'version' | 'content_sealed' | 'revision' | 'changed_at'>

/** What lies sealed in a row. */
export interface SealedContent {
  readonly content: DraftContent
  readonly moved?: Moved
  readonly copied?: Copied
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** Whether a text can be the id of a draft; anything else must not reach a query. */
export function isDraftId(id: string): boolean {
  return uuid.test(id)
}

/** In the order of the ids. */
export async function findRows(
  client: Pool | PoolClient,
  ids: readonly string[],
): Promise<(DraftRow | undefined)[]> {
  const { rows } = await client.query<DraftRow>({
    name: 'services drafts',
    text: 'select * from services.draft where id = any((select $1::uuid[])::uuid[])',
    values: [ids],
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => byId.get(id))
}

/** Until the end of the transaction nobody else changes it. */
export async function lockRow(client: PoolClient, id: string): Promise<DraftRow | undefined> {
  const { rows } = await client.query<DraftRow>('select * from services.draft where id = $1 for update', [id])
  return rows[0]
}

export async function insertRow(client: Pool | PoolClient, row: DraftRow): Promise<void> {
  await client.query(
    `insert into services.draft
       (id, service, version, account_id, party_hash, content_sealed, revision, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      row.id,
      row.service,
      row.version,
      row.account_id,
      row.party_hash,
      row.content_sealed,
      row.revision,
      row.created_at,
      row.changed_at,
    ],
  )
}

export async function updateContent(client: PoolClient, row: DraftRow): Promise<void> {
  await client.query(
    'update services.draft set version = $2, content_sealed = $3, revision = $4, changed_at = $5 where id = $1',
    [row.id, row.version, row.content_sealed, row.revision, row.changed_at],
  )
}

/**
 * Keeps what was filled in where the draft is open and as it was read, and lets go of files that it does not name; in one
 * statement, so that nothing is held open meanwhile. Of two at once the second waits here, and then finds it changed.
 */
export async function saveContent(
  client: Pool | PoolClient,
  saving: ContentRow,
  named: readonly string[],
): Promise<boolean> {
  const { id, version, content_sealed, revision, changed_at } = saving
  const { rows } = await client.query({
    name: 'services save draft',
    text: `with saved as (
        update services.draft set version = $2, content_sealed = $3, revision = revision + 1, changed_at = $5
        where id = $1 and revision = $4 and case_id is null and removed_at is null returning id
      ), gone as (
        delete from services.draft_file using saved
        where draft_id = saved.id and draft_file.id::text <> all($6::text[])
      ) select from saved`,
    values: [id, version, content_sealed, revision, changed_at, named],
  })
  return rows.length === 1
}

/** Gives the ids of those that were as they were read; of two at once the second waits here, and then finds it done. */
export async function markSubmitted(
  client: PoolClient,
  all: readonly HandedIn[],
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>({
    name: 'services.submit-drafts',
    text: `update services.draft set case_id = given.case_id, submitted_at = given.at
      from unnest($1::uuid[], $2::integer[], $3::uuid[], $4::timestamptz[]) as given (id, revision, case_id, at)
      where draft.id = given.id and draft.revision = given.revision and draft.case_id is null and removed_at is null
      returning draft.id`,
    values: [
      all.map(({ draft }) => draft.id),
      all.map(({ draft }) => draft.revision),
      all.map((one) => one.case),
      all.map(({ at }) => new Date(at)),
    ],
  })
  return new Set(rows.map(({ id }) => id))
}

/** The draft of a row, opened. */
export function draftOf(sealer: Sealer, row: DraftRow): Draft {
  const opened = sealer.open(row.content_sealed, Buffer.from(`services.draft.content_sealed ${row.id}`))
  const { content, moved, copied } = JSON.parse(opened.toString('utf8')) as SealedContent
  return {
    ...summaryOf(row),
    account: row.account_id,
    isForParty: row.party_hash !== null,
    content,
    ...(moved === undefined ? {} : { moved }),
    ...(copied === undefined ? {} : { copied }),
  }
}

export function summaryOf(row: Omit<DraftRow, 'content_sealed' | 'account_id' | 'party_hash'>): DraftSummary {
  const { removed_at: removed, case_id: of, submitted_at: at } = row
  return {
    id: row.id,
    service: row.service,
    version: row.version,
    revision: row.revision,
    createdAt: row.created_at.getTime(),
    changedAt: row.changed_at.getTime(),
    ...(removed === null ? {} : { removedAt: removed.getTime() }),
    ...(of === null || at === null ? {} : { submitted: { case: of, at: at.getTime() } }),
  }
}

export async function insertFile(
  client: PoolClient,
  sealer: Sealer,
  { answer, content, draft, at }: NewFile & { readonly draft: string; readonly at: number },
): Promise<void> {
  const sealed = sealer.seal(content, filePlace(answer.id))
  await client.query(
    'insert into services.draft_file (id, draft_id, content_sealed, created_at) values ($1, $2, $3, $4)',
    [answer.id, draft, sealed, new Date(at)],
  )
}

/** Erases what the owner of a draft has removed, but the last so many. */
export async function eraseRemoved(
  client: Pool | PoolClient,
  { account_id, party_hash }: Pick<DraftRow, 'account_id' | 'party_hash'>,
  but: number,
): Promise<void> {
  const whose = party_hash === null ? 'party_hash is null and account_id = $1' : 'party_hash = $1'
  await client.query(
    `delete from services.draft where id in (
       select id from services.draft where ${whose} and removed_at is not null order by removed_at desc offset $2)`,
    [party_hash ?? account_id, but],
  )
}

/** Of the files of all drafts that the owner of one has and did not hand in, as they lie sealed. */
export async function bytesOfOwner(client: PoolClient, draft: string): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    `with own as (
       select other.id from services.draft one join services.draft other
         on other.account_id = one.account_id and other.party_hash is null
       where one.id = $1 and one.party_hash is null and other.case_id is null
       union all
       select other.id from services.draft one join services.draft other on other.party_hash = one.party_hash
       where one.id = $1 and other.case_id is null
     ) select coalesce(sum(octet_length(content_sealed)), 0) as bytes
       from own join services.draft_file on draft_id = own.id`,
    [draft],
  )
  return Number(rows[0]?.bytes ?? 0)
}

/** Of all files of a draft, as they lie sealed, and of those that count. */
export async function bytesOfFiles(
  client: PoolClient,
  draft: string,
  { since, kept }: CountedFiles,
): Promise<{ readonly all: number; readonly counted: number }> {
  const { rows } = await client.query<{ all: string; counted: string }>(
    `select coalesce(sum(octet_length(content_sealed)), 0) as all,
       coalesce(sum(octet_length(content_sealed)) filter (where created_at < $2 or id::text = any($3)), 0) as counted
     from services.draft_file where draft_id = $1`,
    [draft, new Date(since), kept],
  )
  return { all: Number(rows[0]?.all ?? 0), counted: Number(rows[0]?.counted ?? 0) }
}

/** Those that count no more. */
export async function deleteFiles(
  client: PoolClient,
  draft: string,
  { since, kept }: CountedFiles,
): Promise<void> {
  await client.query(
    'delete from services.draft_file where draft_id = $1 and created_at >= $2 and id::text <> all($3)',
    [draft, new Date(since), kept],
  )
}

export async function findFile(
  client: Pool | PoolClient,
  sealer: Sealer,
  draft: string,
  id: string,
): Promise<Buffer | undefined> {
  if (!uuid.test(id)) return undefined
  const { rows } = await client.query<{ content_sealed: Buffer }>(
    'select content_sealed from services.draft_file where id = $1 and draft_id = $2',
    [id, draft],
  )
  return rows[0] && sealer.open(rows[0].content_sealed, filePlace(id))
}

function filePlace(id: string): Buffer {
  return Buffer.from(`services.draft_file.content_sealed ${id}`)
}
