import { type Clock, inTransaction, type Pool, type PoolClient, Problem } from '@sapan/kernel'
import { appendToTiles, leafHash, type Sealer, type Signer, vkey } from '@sapan/trust'
import { exchangeProblems } from '../problems.ts'
import type { PublishedEpoch } from './begun-elsewhere.ts'
import { writeStatementEntry } from './entry.ts'
import { logEntry, statementDigest } from './leaf.ts'
import { logOrigin } from './origin.ts'
import { type LinkStatement, signStatement } from './statement.ts'
import { insertBatch } from './store/batches.ts'
import { readCosignatures, readLastCheckpoint } from './store/checkpoints.ts'
import { uncountDaily } from './store/daily-counts.ts'
import { readNextPosition } from './store/entries.ts'
import { cutEpoch, raisePositions } from './store/epochs.ts'
import { insertForeignEpoch } from './store/foreign-epochs.ts'
import { type LogHead, readLogHead, saveLogHead } from './store/log-heads.ts'
import { forgetRestored } from './store/restored.ts'
import { insertStatement, linkOrdinal } from './store/statements.ts'
import { saveTiles, tileReader } from './store/tiles.ts'
import { cutUsage } from './store/usage.ts'

/** A new epoch of a member's log. The directory must publish its key before witnesses know it. */
export interface Recovery {
  readonly member: string
  readonly epoch: number
  readonly origin: string
  readonly vkey: string
  /** The epoch before, and how far it is known to have come. */
  readonly previous: {
    readonly epoch: number
    readonly size: number
    readonly witnessedSize: number | null
  }
}

export interface RecoveringOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly clock: Clock
  readonly signer: Signer
  readonly holder: string
  readonly lease: number
  /** In which days are counted. */
  readonly timeZone: string
}

/** What is known of the epoch that ends. */
export interface LastKnown {
  readonly reason: string
  /** The latest checkpoint that a witness holds, with its cosignature, where one would tell. */
  readonly checkpoint: string | null
  readonly witnessedSize: number | null
  /** Epochs that were begun elsewhere, which the new one comes after. */
  readonly elsewhere: readonly PublishedEpoch[]
}

/**
 * Ends a member's epoch at its last signed checkpoint and begins the next, whose first entry links to it. Everything
 * that has no signature yet goes into the new epoch. The lease passes to this process.
 */
export async function recoverLog(
  options: RecoveringOptions,
  member: string,
  known: LastKnown,
): Promise<Recovery> {
  const { pool, sealer, signer, timeZone } = options
  return await inTransaction(pool, async (client) => {
    const found = await readLogHead(client, sealer, member, true)
    if (!found) throw new Problem(exchangeProblems['member-unknown'])
    if ((await readNextPosition(client)) <= found.head.txid) await raisePositions(client)
    const { epoch: ended } = found.head
    const last = await readLastCheckpoint(client, member, ended)
    const size = last?.size ?? 0
    const counted = await endOf(client, member, ended)
    const position = (await cutEpoch(client, member, ended, size)) ?? (await endOf(client, member, ended - 1))
    await cutUsage(client, member, position)
    await uncountDaily(client, { member, after: position, upTo: counted }, timeZone)
    const cosignatures = last ? await readCosignatures(client, member, ended, size) : []
    const own = last ? last.note + cosignatures.map(({ line }) => line).join('') : null
    for (const { epoch, vkey } of known.elsewhere)
      await insertForeignEpoch(client, sealer, { member, epoch, vkey })
    const previous = endBefore(known, { epoch: ended, size, checkpoint: own })
    const epoch = previous.epoch + 1
    const link: LinkStatement = {
      type: 'link',
      member,
      at: new Date(options.clock()).toISOString(),
      epoch,
      reason: known.reason,
      previous,
    }
    await beginEpoch(
      options,
      client,
      { ...found.head, ...position, epoch, term: found.head.term + 1 },
      link,
      found.now,
    )
    await forgetRestored(client, member)
    const origin = logOrigin(member, epoch)
    const { checkpoint: _, ...ends } = previous
    return { member, epoch, origin, vkey: vkey(origin, signer.publicKey), previous: ends }
  })
}

/** Where the new epoch goes on from: the end of the log here, or of what was begun elsewhere, of which nothing is here. */
function endBefore(
  { elsewhere, checkpoint, witnessedSize }: LastKnown,
  here: { epoch: number; size: number; checkpoint: string | null },
): LinkStatement['previous'] {
  const last = elsewhere.at(-1)
  const end = last ? { epoch: last.epoch, size: 0, checkpoint: null } : here
  return { ...end, checkpoint: checkpoint ?? end.checkpoint, witnessedSize }
}

async function beginEpoch(
  { sealer, signer, clock, holder, lease }: RecoveringOptions,
  client: PoolClient,
  head: LogHead,
  link: LinkStatement,
  now: number,
): Promise<void> {
  const { member, epoch, txid, ordinal } = head
  const statement = signStatement(link, epoch, signer, clock())
  const position = await insertStatement(client, member, statement, linkOrdinal)
  const digest = statementDigest(statement.id, statement.note)
  const tiles = await appendToTiles(
    0,
    [leafHash(logEntry(digest, position))],
    tileReader(client, member, epoch),
  )
  await saveTiles(client, member, epoch, tiles)
  // The link comes first though others wait longer: the batch keeps where the epoch goes on from.
  const entries = writeStatementEntry(statement.id, position)
  await insertBatch(client, member, { epoch, first: 0, entries, txid, ordinal })
  const times = { unwitnessedSince: now, unstampedSince: now, leaseUntil: now + lease }
  await saveLogHead(client, sealer, { ...head, ...times, size: 1, holder })
}

/** Where the epochs up to one ended; nothing was sequenced where there is none. */
async function endOf(
  client: PoolClient,
  member: string,
  epoch: number,
): Promise<{ txid: number; ordinal: number }> {
  const { rows } = await client.query<{ txid: string; ordinal: number }>(
    `select txid, ordinal from evidence.batch where member = $1 and epoch <= $2
     order by epoch desc, first desc limit 1`,
    [member, epoch],
  )
  return { txid: Number(rows[0]?.txid ?? 0), ordinal: rows[0]?.ordinal ?? 0 }
}
