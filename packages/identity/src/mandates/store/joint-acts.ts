import type { Database, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { openValue, sealValue } from '../../store/sealed.ts'
import { isUniqueViolation } from '../../store/unique.ts'
import type { Confirmation, JointAct, JointState } from '../joint/joint-act.ts'

interface JointRow {
  readonly id: string
  readonly source: JointAct['source']
  readonly scope: string
  readonly content_sealed: Buffer
  readonly act_hash: Buffer
  readonly prepared_by: string
  readonly state: Exclude<JointState, 'expired'>
  readonly created_at: Date
  readonly expires_at: Date
  readonly completed_at: Date | null
  readonly confirmations: readonly { account: string; at: string; seal: boolean }[]
}

type Content = Pick<JointAct, 'number' | 'name' | 'words' | 'page'> & { readonly act: string }

const columns = `id, source, scope, content_sealed, act_hash, prepared_by, state, created_at, expires_at, completed_at,
  (select coalesce(json_agg(json_build_object('account', account_id, 'at', confirmed_at, 'seal', seal)
     order by confirmed_at, account_id), '[]')
   from identity.joint_confirmation c where c.joint_act_id = j.id and withdrawn_at is null) as confirmations`
const place = (id: string): string => `joint_act.content ${id}`

export interface NewConfirmation {
  readonly act: string
  readonly account: string
  readonly session: string
  readonly seal: boolean
  readonly authenticatedAt: number
  readonly at: number
}

/** The rows of joint acts and their confirmations. */
export class JointRecords {
  readonly #sealer: Sealer

  constructor(sealer: Sealer) {
    this.#sealer = sealer
  }

  async insert(
    client: PoolClient,
    act: Omit<JointAct, 'state' | 'confirmations'>,
    subjectHash: Buffer,
  ): Promise<void> {
    const { id, source, number, name, words, page, scope } = act
    const where = page === undefined ? {} : { page }
    const said = typeof words === 'string' ? words : { ...words }
    const content = { number, name: { ...name }, words: said, ...where, act: JSON.stringify(act.act) }
    await client.query(
      `insert into identity.joint_act (id, source, subject_hash, scope, content_sealed, act_hash, prepared_by, state,
         created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9)`,
      [
        id,
        source,
        subjectHash,
        scope,
        sealValue(this.#sealer, place(id), content),
        Buffer.from(act.hash, 'hex'),
        act.preparedBy,
        new Date(act.createdAt),
        new Date(act.expiresAt),
      ],
    )
  }

  async byId(database: Database, id: string, now: number): Promise<JointAct | undefined> {
    const { rows } = await database.query<JointRow>(
      `select ${columns} from identity.joint_act j where id = $1`,
      [id],
    )
    return rows[0] && this.#read(rows[0], now)
  }

  /** Keeps others from changing it until the transaction is over. */
  async hold(client: PoolClient, id: string): Promise<void> {
    await client.query('select from identity.joint_act where id = $1 for update', [id])
  }

  /** Acts of these companies and children, and those that an account has taken part in; the newest first. */
  async list(
    database: Database,
    { subjects, account, now }: { subjects: readonly Buffer[]; account: string; now: number },
  ): Promise<JointAct[]> {
    const { rows } = await database.query<JointRow>(
      `select ${columns} from identity.joint_act j where subject_hash = any($1) or prepared_by = $2
         or exists (select from identity.joint_confirmation c where c.joint_act_id = j.id and c.account_id = $2)
       order by created_at desc, id desc limit 100`,
      [subjects, account],
    )
    return rows.map((row) => this.#read(row, now))
  }

  async tookPart(database: Database, id: string, account: string): Promise<boolean> {
    const { rowCount } = await database.query(
      `select from identity.joint_act j where id = $1 and (prepared_by = $2 or exists
         (select from identity.joint_confirmation c where c.joint_act_id = j.id and c.account_id = $2))`,
      [id, account],
    )
    return rowCount === 1
  }

  /** A person counts once, however often they confirm. False where the session has confirmed for somebody else. */
  async confirm(client: PoolClient, confirmation: NewConfirmation): Promise<boolean> {
    const { act, account, session, seal, authenticatedAt, at } = confirmation
    await client.query('savepoint confirming')
    try {
      await client.query(
        `insert into identity.joint_confirmation
           (joint_act_id, account_id, session, seal, authenticated_at, confirmed_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (joint_act_id, account_id) do update set session = excluded.session, seal = excluded.seal,
           authenticated_at = excluded.authenticated_at, confirmed_at = excluded.confirmed_at, withdrawn_at = null`,
        [act, account, session, seal, new Date(authenticatedAt), new Date(at)],
      )
      return true
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      await client.query('rollback to savepoint confirming')
      return false
    }
  }

  async unconfirm(client: PoolClient, id: string, account: string, at: number): Promise<boolean> {
    const { rowCount } = await client.query(
      `update identity.joint_confirmation set withdrawn_at = $3
       where joint_act_id = $1 and account_id = $2 and withdrawn_at is null`,
      [id, account, new Date(at)],
    )
    return rowCount === 1
  }

  async settle(
    client: PoolClient,
    id: string,
    { from, to, at }: { from: 'open' | 'complete'; to: Exclude<JointState, 'open' | 'expired'>; at: number },
  ): Promise<boolean> {
    const { rowCount } = await client.query(
      `update identity.joint_act set state = $3,
         completed_at = case when $3 = 'complete' then $4 else completed_at end,
         used_at = case when $3 = 'used' then $4 else used_at end
       where id = $1 and state = $2`,
      [id, from, to, new Date(at)],
    )
    return rowCount === 1
  }

  #read(row: JointRow, now: number): JointAct {
    const { act, ...content } = openValue(this.#sealer, place(row.id), row.content_sealed) as Content
    const isExpired = row.state === 'open' && now >= row.expires_at.getTime()
    return {
      ...content,
      id: row.id,
      source: row.source,
      scope: row.scope,
      act: JSON.parse(act),
      hash: row.act_hash.toString('hex'),
      preparedBy: row.prepared_by,
      state: isExpired ? 'expired' : row.state,
      createdAt: row.created_at.getTime(),
      expiresAt: row.expires_at.getTime(),
      ...(row.completed_at === null ? {} : { completedAt: row.completed_at.getTime() }),
      confirmations: row.confirmations.map(
        ({ account, at, seal }): Confirmation => ({ account, seal, confirmedAt: Date.parse(at) }),
      ),
    }
  }
}
