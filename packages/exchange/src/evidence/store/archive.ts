import type { Database } from '@sapan/kernel'
import type { Kept } from '../contents.ts'
import type { EvidenceKind, RecordKey } from '../record.ts'
import { leastUuid } from './exchanges.ts'

/** A record whose content is to be archived, with the bytes of that. */
export interface Candidate extends RecordKey {
  readonly bytes: number
}

/** A segment as the database knows it. */
export interface Segment {
  readonly id: string
  readonly bytes: number
  readonly digest: Buffer
  /** Milliseconds since 1970. */
  readonly madeAt: number
}

/** What lies in the archive, and up to when contents were looked at; milliseconds since 1970. */
export interface ArchiveTotals {
  readonly segments: number
  readonly bytes: number
  readonly records: number
  readonly reached: number | null
}

/** One gateway at a time puts contents into the archive: the session that holds the lock. */
export async function tryArchiveLock(client: Database): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('sapan evidence archive', 0)) as mine`,
  )
  return rows[0]?.mine === true
}

/** False where the session does not answer. */
export async function unlockArchive(client: Database): Promise<boolean> {
  return await client.query(`select pg_advisory_unlock(hashtextextended('sapan evidence archive', 0))`).then(
    () => true,
    () => false,
  )
}

/** The exchange up to which contents were looked at. */
export async function readReached(database: Database): Promise<string | undefined> {
  const { rows } = await database.query<{ reached: string }>('select reached from evidence.archiving')
  return rows[0]?.reached
}

export async function saveReached(database: Database, reached: string): Promise<void> {
  await database.query(
    `insert into evidence.archiving (reached) values ($1)
     on conflict (only_row) do update set reached = excluded.reached`,
    [reached],
  )
}

/** Contents of old exchanges have come to the database: they are looked at from the beginning. */
export async function lookFromTheBeginning(database: Database): Promise<void> {
  await database.query('update evidence.archiving set reached = $1', [leastUuid(0)])
}

/** Records from one exchange on and before another whose content lies in the database, the oldest first. */
export async function findCandidates(
  database: Database,
  from: string,
  until: string,
  limit: number,
): Promise<Candidate[]> {
  const { rows } = await database.query<Candidate>(
    `select member, exchange, side, kind, octet_length(content) as bytes from evidence.record
     where exchange >= $1 and exchange < $2 and content is not null and segment is null
     order by exchange, kind, side, member limit $3`,
    [from, until, limit],
  )
  return rows
}

/** What the records keep; those that were erased meanwhile are missing. */
export async function readKeptOf(
  database: Database,
  keys: readonly RecordKey[],
): Promise<(RecordKey & Kept)[]> {
  const { rows } = await database.query<RecordKey & Kept>(
    `select r.member, r.exchange, r.side, r.kind, r.digest, r.content, r.segment
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as k (exchange, kind, side, member)
     join evidence.record r using (exchange, kind, side, member)
     where r.content is not null and r.segment is null
     order by r.exchange, r.kind, r.side, r.member`,
    columnsOf(keys),
  )
  return rows
}

/** Says that a segment is being written, before its first byte is. */
export async function insertSegment(
  database: Database,
  { id, bytes, digest, madeAt }: Segment,
): Promise<void> {
  await database.query(
    `insert into evidence.segment (id, state, bytes, digest, made_at) values ($1, 'writing', $2, $3, $4)`,
    [id, bytes, digest, madeAt],
  )
}

/**
 * In one transaction: the contents lie in the segment from now on. What was erased meanwhile stays so. False where the segment
 * was given up by another.
 */
export async function nameSegment(
  client: Database,
  id: string,
  pieces: readonly { readonly key: RecordKey; readonly pointer: Buffer }[],
): Promise<boolean> {
  const { rowCount: isWriting } = await client.query(
    `select from evidence.segment where id = $1 and state = 'writing' for update`,
    [id],
  )
  if (isWriting !== 1) return false
  const { rowCount } = await client.query(
    `update evidence.record r set content = k.pointer, segment = $6
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[]) as k (exchange, kind, side, member, pointer)
     where r.exchange = k.exchange and r.kind = k.kind and r.side = k.side and r.member = k.member
       and r.content is not null and r.segment is null`,
    [...columnsOf(pieces.map(({ key }) => key)), pieces.map(({ pointer }) => pointer), id],
  )
  await client.query(`update evidence.segment set state = 'kept', records = $2 where id = $1`, [id, rowCount])
  return true
}

/** Segments of which nobody knows whether they were written: whoever wrote them is gone. */
export async function listUnfinished(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `select id from evidence.segment where state = 'writing'`,
  )
  return rows.map(({ id }) => id)
}

/** Notes which segments no record names any more, and gives those that none has named since a time. */
export async function listUnused(database: Database, now: number, since: number): Promise<string[]> {
  await database.query(
    `update evidence.segment s set unused_since = $1
     where s.state = 'kept' and s.unused_since is null
       and not exists (select from evidence.record r where r.segment = s.id)`,
    [now],
  )
  const { rows } = await database.query<{ id: string }>(
    'select id from evidence.segment where unused_since < $1',
    [since],
  )
  return rows.map(({ id }) => id)
}

export async function deleteSegment(database: Database, id: string): Promise<void> {
  await database.query('delete from evidence.segment where id = $1', [id])
}

/** The length of a segment; undefined where the database does not know it. */
export async function readSegmentBytes(database: Database, id: string): Promise<number | undefined> {
  const { rows } = await database.query<{ bytes: string }>(
    'select bytes from evidence.segment where id = $1',
    [id],
  )
  return rows[0] && Number(rows[0].bytes)
}

export async function readTotals(database: Database): Promise<ArchiveTotals> {
  const { rows } = await database.query<{ segments: string; bytes: string; records: string }>(
    `select count(*) as segments, coalesce(sum(bytes), 0) as bytes, coalesce(sum(records), 0) as records
     from evidence.segment where state = 'kept'`,
  )
  const reached = await readReached(database)
  return {
    segments: Number(rows[0]?.segments),
    bytes: Number(rows[0]?.bytes),
    records: Number(rows[0]?.records),
    reached: reached === undefined ? null : Number.parseInt(reached.replaceAll('-', '').slice(0, 12), 16),
  }
}

function columnsOf(keys: readonly RecordKey[]): [string[], EvidenceKind[], string[], string[]] {
  return [
    keys.map(({ exchange }) => exchange),
    keys.map(({ kind }) => kind),
    keys.map(({ side }) => side),
    keys.map(({ member }) => member),
  ]
}
