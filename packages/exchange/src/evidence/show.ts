import type { Pool } from '@sapan/kernel'
import { readTimestamp, type Sealer } from '@sapan/trust'
import type { SignedMessage } from '../signature/message.ts'
import { type Contents, headOrNothing } from './contents.ts'
import type { KeyOfEpoch } from './epoch-keys.ts'
import { type ExchangeView, type RecordView, readFields, summarise } from './list.ts'
import { locate } from './locate.ts'
import { readOpenings } from './openings.ts'
import { type ErasureStatement, readStatement } from './statement.ts'
import { readCosignatures, readCoveringCheckpoint, readFirstWitnessed } from './store/checkpoints.ts'
import { sideKeyText } from './store/exchanges.ts'
import { readCoveringStamp } from './store/stamps.ts'
import { readStatements } from './store/statements.ts'
import type { StoredRecord } from './stored.ts'
import { isRefused, vouchedIn } from './vouched.ts'

export interface ShowOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly contents: Contents
  readonly keyOf: KeyOfEpoch
}

/** See `Evidence.show`. */
export async function showExchange(
  options: ShowOptions,
  records: readonly [StoredRecord, ...StoredRecord[]],
): Promise<ExchangeView> {
  const summary = summarise(records)
  if (!summary) throw new Error('an exchange without records')
  const erasure = await readErasure(options, records[0])
  const views = records.map((record) => showRecord(options, record, erasure))
  const shown = await Promise.all(views)
  const openings = await readOpenings(options, [records[0]])
  return {
    ...summary,
    ...vouchedIn(await requestHead(options, records), isRefused(summary)),
    records: shown,
    openings: openings.get(sideKeyText(records[0])) ?? [],
  }
}

/** What the request's signature covers: read for who vouched for what, and told to nobody here. */
async function requestHead(
  { contents }: ShowOptions,
  records: readonly StoredRecord[],
): Promise<SignedMessage | null> {
  const request = records.find(({ kind }) => kind === 'request')
  if (!request?.content) return null
  return await headOrNothing(contents, { ...request, content: request.content })
}

/** The erasure of one side of an exchange; undefined where it was not erased. */
export async function readErasure(
  { pool, keyOf }: ShowOptions,
  { member, exchange, side }: StoredRecord,
): Promise<(ErasureStatement & { id: string }) | undefined> {
  for (const { id, note } of await readStatements(pool, member, exchange)) {
    const statement = readStatement(note, member, keyOf)
    if (statement?.type === 'erasure' && statement.exchange === exchange && statement.side === side) {
      return { ...statement, id }
    }
  }
  return undefined
}

async function showRecord(
  options: ShowOptions,
  record: StoredRecord,
  erasure: ErasureStatement | undefined,
): Promise<RecordView> {
  return {
    kind: record.kind,
    at: new Date(record.at).toISOString(),
    status: record.status,
    problem: record.problem,
    fields: readFields(record.fields),
    subjects: record.subjects.length / 32,
    withheldUntil: record.withheldUntil === null ? null : new Date(record.withheldUntil).toISOString(),
    grant: record.grant,
    directoryVersion: record.directoryVersion,
    certificate: record.certificate,
    bodyBytes: record.bodyBytes,
    body: options.contents.bodyOf(record),
    archived: record.segment !== null && record.content !== null,
    erased: erasure && record.content === null ? { at: erasure.at, law: erasure.law } : null,
    log: await showPlace(options.pool, record),
  }
}

async function showPlace(pool: Pool, record: StoredRecord): Promise<RecordView['log']> {
  const { member } = record
  const place = await locate(pool, record)
  if (!place) return { epoch: 0, index: null, checkpoint: null, witnesses: [], stampedAt: null }
  const { epoch, index } = place
  const [checkpoint, witnessed, stamp] = await Promise.all([
    readCoveringCheckpoint(pool, member, epoch, index + 1),
    readFirstWitnessed(pool, member, epoch, index + 1),
    readCoveringStamp(pool, member, epoch, index + 1),
  ])
  const cosignatures = witnessed === undefined ? [] : await readCosignatures(pool, member, epoch, witnessed)
  return {
    epoch,
    index,
    checkpoint: checkpoint?.size ?? null,
    witnesses: cosignatures.map(({ witness }) => witness),
    stampedAt: stamp ? new Date(readTimestamp(stamp.token).at).toISOString() : null,
  }
}
