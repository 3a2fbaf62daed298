import type { Database } from '@sapan/kernel'
import { tileWidth } from '@sapan/trust'
import { type Position, statementCode } from '../stored.ts'
import { recordCodeSql } from './entries.ts'
import { linkOrdinal } from './statements.ts'

/**
 * Cuts an epoch of a log to `size` entries, where a checkpoint was signed: what came after has no signature, and its
 * records go into the next epoch. Gives the position of the last entry that stays, if one does.
 */
export async function cutEpoch(
  database: Database,
  member: string,
  epoch: number,
  size: number,
): Promise<Position | undefined> {
  if (size === 0) await deleteLink(database, member, epoch)
  await database.query('delete from evidence.batch where member = $1 and epoch = $2 and first >= $3', [
    member,
    epoch,
    size,
  ])
  await cutTiles(database, member, epoch, size)
  const { rows } = await database.query<{ txid: string; ordinal: number }>(
    `select txid, ordinal from evidence.batch where member = $1 and epoch = $2 order by first desc limit 1`,
    [member, epoch],
  )
  const last = rows[0]
  return last && { txid: Number(last.txid), ordinal: last.ordinal }
}

/** An epoch that nothing was signed of leaves no link behind. */
async function deleteLink(database: Database, member: string, epoch: number): Promise<void> {
  await database.query(
    `delete from evidence.statement s using evidence.batch b
     where b.member = $1 and b.epoch = $2 and b.first = 0 and s.member = $1 and s.ordinal = $3
       and uuid_send(s.id) = substr(b.entries, 1, 16)`,
    [member, epoch, linkOrdinal],
  )
}

async function cutTiles(database: Database, member: string, epoch: number, size: number): Promise<void> {
  let hashes = size
  for (let level = 0; level < 8; level++) {
    const full = Math.floor(hashes / tileWidth)
    const rest = hashes % tileWidth
    await database.query(
      `delete from evidence.tile where member = $1 and epoch = $2 and level = $3 and index >= $4`,
      [member, epoch, level, rest > 0 ? full + 1 : full],
    )
    await database.query(
      `update evidence.tile set hashes = substr(hashes, 1, $5)
       where member = $1 and epoch = $2 and level = $3 and index = $4 and length(hashes) > $5`,
      [member, epoch, level, full, rest * 32],
    )
    hashes = full
  }
}

/**
 * Lets positions grow again after the database came to a server whose transaction counter is behind: raises the
 * offset above everything that is there, and moves up what was recorded since. Nothing may be recorded meanwhile.
 */
export async function raisePositions(database: Database): Promise<void> {
  await database.query('lock table evidence.record, evidence.statement in access exclusive mode')
  const { rows } = await database.query<{ offset: string; greatest: string }>(
    `select evidence.ordering_offset() as offset, greatest(
       (select max(txid) from evidence.record), (select max(txid) from evidence.statement),
       (select max(txid) from evidence.log)) as greatest`,
  )
  const before = Number(rows[0]?.offset)
  const after = Number(rows[0]?.greatest)
  await moveStrays(database, after - before)
  await setOrderingOffset(database, after)
}

/** Sets what is added to the transaction number in every position. */
export async function setOrderingOffset(database: Database, offset: number): Promise<void> {
  await database.query(
    `create or replace function evidence.ordering_offset() returns bigint language sql stable parallel safe
       as 'select ${offset}::bigint';
     alter table evidence.record alter column txid set default (${offset} + txid_current());
     alter table evidence.statement alter column txid set default (${offset} + txid_current())`,
  )
}

/** Records and statements that lie before the end of their log, yet are not in it. */
async function moveStrays(database: Database, distance: number): Promise<void> {
  const strays = [
    { table: 'record', id: `uuid_send(r.exchange) || int2send(${recordCodeSql})` },
    { table: 'statement', id: `uuid_send(r.id) || int2send(${statementCode}::int2)` },
  ]
  for (const { table, id } of strays) {
    // A link has no position of its own: it began its epoch.
    await database.query(
      `with entry as (
         select b.member, substr(b.entries, 1 + 30 * i, 18) as id
         from evidence.batch b, generate_series(0, length(b.entries) / 30 - 1) i)
       update evidence.${table} r set txid = r.txid + $1 from evidence.log l
       where l.member = r.member and (r.txid, r.ordinal) <= (l.txid, l.ordinal) and r.ordinal >= 0
         and not exists (select from entry e where e.member = r.member and e.id = ${id})`,
      [distance],
    )
  }
}
