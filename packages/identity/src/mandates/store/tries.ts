import type { PoolClient } from '@sapan/kernel'

/** Waits for whoever else holds the same name in a transaction. */
export async function serialize(client: PoolClient, name: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`mandates ${name}`])
}

/**
 * Counts a try of an account, unless it has made so many since `since`: then false. Two at once count one after the other.
 * Times are milliseconds since 1970.
 */
export async function countTry(
  client: PoolClient,
  {
    account,
    kind,
    most,
    since,
    at,
  }: { account: string; kind: string; most: number; since: number; at: number },
): Promise<boolean> {
  await serialize(client, `try ${kind} ${account}`)
  await client.query('delete from identity.mandate_try where account_id = $1 and kind = $2 and at <= $3', [
    account,
    kind,
    new Date(since),
  ])
  const { rowCount } = await client.query(
    `insert into identity.mandate_try (account_id, kind, at)
     select $1, $2, $3 where (select count(*) from identity.mandate_try where account_id = $1 and kind = $2) < $4`,
    [account, kind, new Date(at), most],
  )
  return rowCount === 1
}
