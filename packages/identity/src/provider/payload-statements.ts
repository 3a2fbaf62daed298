import type { Clock, Pool } from '@sapan/kernel'

/** Prepared once a connection, by their names. What is done at every request is in `payload-reads` and `payload-writes`. */
export const statements = {
  findByUserCode: {
    name: 'oidc-payload-find-user-code',
    text: `select encode(id, 'hex') as id, uid, content_sealed, floor(extract(epoch from consumed_at))::int as consumed
      from identity.oidc_payload where user_code = $1`,
  },
  /** With the grant goes all that was given under it. */
  revokeFamily: {
    name: 'oidc-payload-revoke-family',
    text: `delete from identity.oidc_payload
      where id = (select grant_id from identity.oidc_payload where id = $1)`,
  },
  revokeByGrant: {
    name: 'oidc-payload-revoke-grant',
    text: 'delete from identity.oidc_payload where grant_id = $1 and model = $2',
  },
} as const

/** Above any difference between clocks that is tolerated. Milliseconds. */
const grace = 60_000

/** Removes what expired more than a minute ago; for a job that runs now and then. Returns how many rows went. */
export async function removeExpired({ pool, clock }: { pool: Pool; clock: Clock }): Promise<number> {
  const till = [new Date(clock() - grace)]
  const { rowCount } = await pool.query('delete from identity.oidc_payload where expires_at < $1', till)
  await pool.query(
    `delete from identity.sign_in_session s where last_used_at < $1
      and not exists (select from identity.oidc_payload p where p.uid = s.uid)`,
    till,
  )
  await pool.query('delete from identity.backchannel_question where expires_at < $1', [
    new Date(clock() - 24 * 3600_000),
  ])
  return rowCount ?? 0
}
