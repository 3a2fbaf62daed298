import { type Clock, inTransaction, type Pool, type PoolClient, Problem } from '@sapan/kernel'
import type { Sealer, Signer } from '@sapan/trust'
import { exchangeProblems } from '../problems.ts'
import type { EvidenceSide } from './record.ts'
import { type ErasureStatement, signStatement } from './statement.ts'
import { readLogHead } from './store/log-heads.ts'
import { insertStatement } from './store/statements.ts'
import type { StoredRecord } from './stored.ts'

/** The order to remove what was said in an exchange. */
export interface ErasureOrder {
  readonly exchange: string
  readonly member?: string
  readonly side?: EvidenceSide
  /** The law that requires it, in one line. */
  readonly law: string
}

export interface Erasure {
  /** Identifies the logged record of the erasure. */
  readonly id: string
  readonly exchange: string
  readonly member: string
  readonly side: EvidenceSide
  readonly law: string
  /** ISO 8601 in UTC. */
  readonly at: string
  /** How many messages were removed. */
  readonly messages: number
}

export interface ErasingOptions {
  readonly pool: Pool
  readonly sealer: Sealer
  readonly clock: Clock
  readonly logSigner: (member: string) => Signer
}

/**
 * Removes heads, salts and bodies of one side of an exchange, and states it in the log, in one transaction. Of what lies in an
 * archive the keys are removed.
 * Throws `evidence-erased` where nothing is left to remove. Copies that were exported before are not reached.
 */
export async function eraseExchange(
  options: ErasingOptions,
  { member, exchange, side }: Pick<StoredRecord, 'member' | 'exchange' | 'side'>,
  law: string,
): Promise<Erasure> {
  const at = new Date(options.clock()).toISOString()
  return await inTransaction(options.pool, async (client) => {
    const records = await clearSealed(client, { member, exchange, side })
    if (records.length === 0) throw new Problem(exchangeProblems['evidence-erased'])
    const head = await readLogHead(client, options.sealer, member)
    const statement: ErasureStatement = { type: 'erasure', member, exchange, side, law, at, records }
    const signed = signStatement(statement, head?.head.epoch ?? 1, options.logSigner(member), options.clock())
    await insertStatement(client, member, signed)
    return { id: signed.id, exchange, member, side, law, at, messages: records.length }
  })
}

async function clearSealed(
  client: PoolClient,
  { member, exchange, side }: Pick<StoredRecord, 'member' | 'exchange' | 'side'>,
): Promise<ErasureStatement['records']> {
  const { rows } = await client.query<ErasureStatement['records'][number]>(
    `update evidence.record set content = null, segment = null
     where member = $1 and exchange = $2 and side = $3 and content is not null
     returning kind, encode(digest, 'hex') as digest`,
    [member, exchange, side],
  )
  return rows
}
