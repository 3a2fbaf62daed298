import type { Pool } from 'pg'

/** `look`: sees what there is. `change`: also gives grants, adds services and credentials, sends messages again. */
export type OperatorRole = 'look' | 'change'

/** Who may use the operator's API for some of the members that a gateway hosts. */
export interface MemberOperator {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
  readonly role: OperatorRole
  /** Whether they may open what was said in exchanges. */
  readonly opens: boolean
  /** The origins at which services of these members may answer: others' systems are not theirs to offer. */
  readonly origins: readonly string[]
}

const columns = 'id, name, members, role, opens, origins'
/** An operator for a while is none after it. */
const isLive = '(expires_at is null or expires_at > now())'

/** All of them, the earliest first. */
export async function listOperators(pool: Pool): Promise<MemberOperator[]> {
  const { rows } = await pool.query<MemberOperator>(
    `select ${columns} from gateway.operator where ${isLive} order by created_at, id`,
  )
  return rows
}

/** Of the token only its hash is kept. `seconds`: for how long; null until they are removed. */
export async function saveOperator(
  pool: Pool,
  operator: MemberOperator,
  { tokenHash, seconds }: { readonly tokenHash: Buffer; readonly seconds: number | null },
): Promise<void> {
  const { id, name, members, role, opens, origins } = operator
  await pool.query(
    `insert into gateway.operator (id, name, members, role, opens, origins, token_hash, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8))`,
    [id, name, members, role, opens, origins, tokenHash, seconds],
  )
}

/** Whether there was one. */
export async function deleteOperator(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from gateway.operator where id = $1', [id])
  return rowCount === 1
}

/** Whose token it is, by its hash. */
export async function findOperator(pool: Pool, tokenHash: Buffer): Promise<MemberOperator | undefined> {
  const { rows } = await pool.query<MemberOperator>(
    `select ${columns} from gateway.operator where token_hash = $1 and ${isLive}`,
    [tokenHash],
  )
  return rows[0]
}

/** Removes those whose time is over. */
export async function deleteExpiredOperators(pool: Pool): Promise<void> {
  await pool.query('delete from gateway.operator where expires_at < now()')
}
