import type { Clock, Pool } from '@sapan/kernel'

const columns = `id, model, grant_id, uid, user_code, session_uid, account_id, client_id, content_sealed, expires_at`
const values = '$1, $2, $3, $4, $5, $6, $7, $8, $9, $10'

const upsert = `insert into identity.oidc_payload (${columns}) values (${values})
  on conflict (id) do update set grant_id = excluded.grant_id, account_id = excluded.account_id,
    session_uid = excluded.session_uid, content_sealed = excluded.content_sealed,
    expires_at = excluded.expires_at`

/** The commit does not wait for the disk: PostgreSQL looks at this setting of the transaction when it ends. */
const unhurried = `returning set_config('synchronous_commit', 'off', true)`

/** Prepared once a connection, by their names. */
export const statements = {
  upsert: { name: 'oidc-payload-upsert', text: upsert },
  /** A sign-in that is lost with the machine's last moments is begun again. */
  upsertInteraction: { name: 'oidc-payload-upsert-interaction', text: `${upsert} ${unhurried}` },
  /** With when and with what it is used, for the person's list. */
  upsertSession: {
    name: 'oidc-payload-upsert-session',
    text: `with kept as (${upsert})
      insert into identity.sign_in_session (uid, account_id, agent_sealed, first_used_at, last_used_at)
      values ($4, $7, $11, $12, $12)
      on conflict (uid) do update set agent_sealed = excluded.agent_sealed, last_used_at = excluded.last_used_at`,
  },
  remember: {
    name: 'oidc-payload-remember',
    text: `insert into identity.oidc_payload as kept (${columns}) values (${values})
      on conflict (id) do update set content_sealed = excluded.content_sealed, expires_at = excluded.expires_at
        where kept.expires_at <= $11`,
  },
  find: {
    name: 'oidc-payload-find',
    text: 'select id, content_sealed, consumed_at from identity.oidc_payload where id = $1',
  },
  /** A code or token with what it stands on: its grant and its session, which are asked for next. */
  findWithGround: {
    name: 'oidc-payload-find-with-ground',
    text: `with own as materialized (
        select id, content_sealed, consumed_at, grant_id, session_uid from identity.oidc_payload where id = $1)
      select id, null as uid, content_sealed, consumed_at from own
      union all
      select p.id, null, p.content_sealed, p.consumed_at
      from own join identity.oidc_payload p on p.id = own.grant_id
      union all
      select p.id, p.uid, p.content_sealed, p.consumed_at
      from own join identity.oidc_payload p on p.uid = own.session_uid`,
  },
  findByUid: {
    name: 'oidc-payload-find-uid',
    text: 'select id, content_sealed, consumed_at from identity.oidc_payload where uid = $1',
  },
  findByUserCode: {
    name: 'oidc-payload-find-user-code',
    text: 'select id, content_sealed, consumed_at from identity.oidc_payload where user_code = $1',
  },
  consume: {
    name: 'oidc-payload-consume',
    text: 'update identity.oidc_payload set consumed_at = $2 where id = $1 and consumed_at is null',
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
  destroy: {
    name: 'oidc-payload-destroy',
    text: 'delete from identity.oidc_payload where id = $1',
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
