import { createHash } from 'node:crypto'
import { inTransaction, type Pool, type PoolClient, Problem } from '@sapan/kernel'
import { sandboxProblems } from '../problems.ts'

/** A request that changes a register. */
export interface Change {
  readonly pool: Pool
  /** Its schema has a table `answered`. */
  readonly schema: string
  /** The `Idempotency-Key`. */
  readonly key: string
  /** All that the request says: the same key with something else is refused. */
  readonly told: unknown
}

/** The answer that the key's request got before; undefined when the key is new and now belongs to this request. */
async function answeredBefore(
  client: PoolClient,
  { schema, key, told }: Change,
): Promise<string | undefined> {
  const request = createHash('sha256').update(JSON.stringify(told)).digest()
  // Waits for another transaction with the same key.
  const claim = `insert into ${schema}.answered (key, request, answer, at) values ($1, $2, '', now())
    on conflict (key) do nothing`
  const { rowCount } = await client.query(claim, [key, request])
  if (rowCount === 1) return undefined
  const sql = `select request, answer from ${schema}.answered where key = $1`
  const { rows } = await client.query<{ request: Buffer; answer: string }>(sql, [key])
  const [row] = rows
  if (row === undefined || !row.request.equals(request))
    throw new Problem(sandboxProblems['idempotency-key-reused'])
  return row.answer
}

/**
 * Changes a register in one transaction, once for a key however often it is asked. Returns the answer as JSON. Throws
 * `idempotency-key-reused` and what the work throws; then nothing is changed and the key stays free.
 */
export async function once(change: Change, work: (client: PoolClient) => Promise<object>): Promise<string> {
  return await inTransaction(change.pool, async (client) => {
    const before = await answeredBefore(client, change)
    if (before !== undefined) return before
    const answer = JSON.stringify(await work(client))
    await client.query(`update ${change.schema}.answered set answer = $2 where key = $1`, [
      change.key,
      answer,
    ])
    return answer
  })
}
