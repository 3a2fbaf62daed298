import type { Database } from '@sapan/kernel'

export interface StoredRecovery {
  readonly id: string
  readonly account: string
  readonly how: 'remote' | 'in-person'
  readonly evidence: string
  readonly keepsFormer: boolean
  /** Milliseconds since 1970. */
  readonly begunAt: number
  readonly readyAt: number
}

interface RecoveryRow {
  id: string
  account_id: string
  how: StoredRecovery['how']
  evidence: string
  keeps_former: boolean
  content_sealed: Buffer
  begun_at: Date
  ready_at: Date
}

export async function insertRecovery(
  database: Database,
  recovery: StoredRecovery,
  content: Uint8Array,
): Promise<void> {
  const { id, account, how, evidence, keepsFormer, begunAt, readyAt } = recovery
  await database.query(
    `insert into identity.recovery (id, account_id, state, how, evidence, keeps_former, content_sealed, begun_at, ready_at)
     values ($1, $2, 'waiting', $3, $4, $5, $6, $7, $8)`,
    [id, account, how, evidence, keepsFormer, content, new Date(begunAt), new Date(readyAt)],
  )
}

export async function waitingOf(database: Database, account: string): Promise<StoredRecovery | undefined> {
  const { rows } = await database.query<RecoveryRow>(
    `select * from identity.recovery where account_id = $1 and state = 'waiting'`,
    [account],
  )
  return rows[0] && readRecovery(rows[0])
}

/** The one that has been due longest. */
export async function nextDue(
  database: Database,
  now: number,
): Promise<Pick<StoredRecovery, 'id' | 'account'> | undefined> {
  const { rows } = await database.query<RecoveryRow>(
    `select * from identity.recovery where state = 'waiting' and ready_at <= $1 order by ready_at limit 1`,
    [new Date(now)],
  )
  return rows[0] && readRecovery(rows[0])
}

/** One that still waits, and that nobody else ends until the transaction is over. */
export async function lockWaiting(
  database: Database,
  id: string,
): Promise<(StoredRecovery & { readonly content: Buffer }) | undefined> {
  const { rows } = await database.query<RecoveryRow>(
    `select * from identity.recovery where id = $1 and state = 'waiting' for update`,
    [id],
  )
  return rows[0] && { ...readRecovery(rows[0]), content: rows[0].content_sealed }
}

/** What was sealed is of no more use. */
export async function endRecovery(
  database: Database,
  id: string,
  state: 'cancelled' | 'completed',
  now: number,
): Promise<void> {
  await database.query(
    'update identity.recovery set state = $2, ended_at = $3, content_sealed = null where id = $1',
    [id, state, new Date(now)],
  )
}

export function recoveryPlace(id: string): string {
  return `recovery.content_sealed ${id}`
}

function readRecovery(row: RecoveryRow): StoredRecovery {
  return {
    id: row.id,
    account: row.account_id,
    how: row.how,
    evidence: row.evidence,
    keepsFormer: row.keeps_former,
    begunAt: row.begun_at.getTime(),
    readyAt: row.ready_at.getTime(),
  }
}
