import { isUtf8 } from 'node:buffer'
import { type Clock, type Pool, Problem } from '@sapan/kernel'
import type { Sealer, Signer } from '@sapan/trust'
import { exchangeProblems } from '../problems.ts'
import type { SignedMessage } from '../signature/message.ts'
import { readHead } from './content.ts'
import type { Contents } from './contents.ts'
import type { EvidenceKind, EvidenceSide } from './record.ts'
import { type OpeningStatement, signStatement } from './statement.ts'
import { readLogHead } from './store/log-heads.ts'
import { insertStatement } from './store/statements.ts'
import type { StoredRecord } from './stored.ts'

/** Why somebody opens what an exchange's records keep sealed; told to the people whom it concerned. */
export interface OpeningOrder {
  readonly exchange: string
  readonly member?: string
  readonly among?: readonly string[]
  readonly side?: EvidenceSide
  /** Who opens it, as the log names them. */
  readonly by: string
  readonly reason: string
}

/** A message as it was sent: its body as text where it is UTF-8. */
export interface OpenedRecord {
  readonly kind: EvidenceKind
  /** What was signed; null where nothing was. */
  readonly head: SignedMessage | null
  /** Null where only its digest is kept. */
  readonly body: { readonly text: string } | { readonly base64: string } | null
}

export interface OpenedExchange {
  /** Identifies the logged statement that it was opened. */
  readonly id: string
  readonly exchange: string
  readonly member: string
  readonly side: EvidenceSide
  /** ISO 8601 in UTC. */
  readonly at: string
  readonly by: string
  readonly reason: string
  readonly records: readonly OpenedRecord[]
}

export interface OpeningOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly contents: Contents
  readonly clock: Clock
  readonly logSigner: (member: string) => Signer
}

/**
 * What was said in one side of an exchange. That it was opened, by whom and why stands in the log before anything is told.
 * Throws `evidence-erased` where nothing is kept, `archive-unreachable`, `archive-lost`.
 */
export async function openExchange(
  options: OpeningOptions,
  records: readonly [StoredRecord, ...StoredRecord[]],
  why: Pick<OpeningOrder, 'by' | 'reason'>,
): Promise<OpenedExchange> {
  if (records.every(({ content }) => content === null)) throw new Problem(exchangeProblems['evidence-erased'])
  const opened = (await Promise.all(records.map((record) => openRecord(options.contents, record)))).flat()
  const { id, statement } = await stateOpening(options, records, why)
  const { at, by, reason, exchange, member, side } = statement
  return { id, exchange, member, side, at, by, reason, records: opened }
}

/** States in the log that what is kept sealed leaves it. */
export async function stateOpening(
  { pool, sealer, clock, logSigner }: Omit<OpeningOptions, 'contents'>,
  records: readonly [StoredRecord, ...StoredRecord[]],
  { by, reason }: Pick<OpeningOrder, 'by' | 'reason'>,
): Promise<{ id: string; statement: OpeningStatement }> {
  const { member, exchange, side } = records[0]
  const at = new Date(clock()).toISOString()
  const statement: OpeningStatement = { type: 'opening', member, exchange, side, at, by, reason }
  const head = await readLogHead(pool, sealer, member)
  const signed = signStatement(statement, head?.head.epoch ?? 1, logSigner(member), clock())
  await insertStatement(pool, member, signed)
  return { id: signed.id, statement }
}

async function openRecord(contents: Contents, record: StoredRecord): Promise<OpenedRecord[]> {
  const { kind, content } = record
  if (content === null) return []
  const opened = await contents.open({ ...record, content })
  return [{ kind, head: readHead(opened), body: opened.body && shownBody(opened.body) }]
}

function shownBody(body: Buffer): OpenedRecord['body'] {
  return isUtf8(body) ? { text: body.toString() } : { base64: body.toString('base64') }
}
