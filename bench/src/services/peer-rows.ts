import { createPool } from '@sapan/kernel'

/** What somebody saved, by the names of fields. */
export type Saved = Readonly<Record<string, string>>

/** Rows as `express-session` with `connect-pg-simple` has them, and one of saved answers. Nothing is sealed, nothing is written. */
export async function openRows(databaseUrl: string) {
  const pool = createPool(databaseUrl)
  await pool.query(`
    create schema if not exists peer;
    create table if not exists peer.session (sid text primary key, sess json not null, expire timestamptz not null);
    create table if not exists peer.saved (account text primary key, answers json not null)`)
  return {
    /** Signs somebody in, with what they saved before. */
    async add(sid: string, account: string, answers: Saved): Promise<void> {
      const sess = { cookie: { path: '/', httpOnly: true }, account }
      const till = new Date(Date.now() + 3_600_000)
      await pool.query('insert into peer.session values ($1, $2, $3) on conflict do nothing', [
        sid,
        sess,
        till,
      ])
      await pool.query('insert into peer.saved values ($1, $2) on conflict do nothing', [account, answers])
    },
    /** What the person of a session saved; undefined where nobody is signed in. */
    async savedOf(sid: string): Promise<Saved | undefined> {
      const { rows } = await pool.query<{ sess: { account: string } }>({
        name: 'session',
        text: 'select sess from peer.session where sid = $1 and expire >= $2',
        values: [sid, new Date()],
      })
      const [row] = rows
      if (row === undefined) return undefined
      const saved = await pool.query<{ answers: Saved }>({
        name: 'saved',
        text: 'select answers from peer.saved where account = $1',
        values: [row.sess.account],
      })
      return saved.rows[0]?.answers ?? {}
    },
  }
}
