import type { Database } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { type Sealable, sealValue } from '../../store/sealed.ts'
import type { MethodCode } from '../country.ts'
import type { Evidence } from '../evidence.ts'

interface Row {
  readonly id: string
  readonly account_id: string
  readonly method: MethodCode
  readonly at: Date
  readonly level_before: string
  readonly level_after: string
  readonly exchanges: string[]
  readonly appointment: string | null
  readonly agency: string | null
  readonly officer_account: string | null
}

const COLUMNS = `id, account_id, method, at, level_before, level_after, exchanges, appointment, agency, officer_account`

function evidenceOf(row: Row): Evidence {
  const { id, method, exchanges, appointment, agency, officer_account } = row
  const officer =
    appointment === null || agency === null || officer_account === null
      ? {}
      : { officer: { account: officer_account, appointment, agency } }
  return {
    id,
    account: row.account_id,
    method,
    at: row.at.getTime(),
    levelBefore: row.level_before,
    levelAfter: row.level_after,
    exchanges,
    ...officer,
  }
}

/** The latest first. */
export async function evidenceOfAccount(database: Database, account: string): Promise<readonly Evidence[]> {
  const sql = `select ${COLUMNS} from identity.proofing_evidence where account_id = $1 order by at desc, id desc limit 100`
  return (await database.query<Row>(sql, [account])).rows.map(evidenceOf)
}

/** What the same act left before; undefined the first time. */
export async function evidenceOfAct(database: Database, repeatKey: string): Promise<Evidence | undefined> {
  const sql = `select ${COLUMNS} from identity.proofing_evidence where repeat_key = $1`
  const { rows } = await database.query<Row>(sql, [repeatKey])
  return rows[0] && evidenceOf(rows[0])
}

/** What goes beside the evidence and is shown to nobody but its reader. */
export interface Shown {
  readonly hash: Uint8Array
  readonly detail: Sealable
  readonly repeatKey: string
}

export async function insertEvidence(
  database: Database,
  sealer: Sealer,
  evidence: Evidence,
  shown: Shown,
): Promise<void> {
  const { id, officer } = evidence
  await database.query(
    `insert into identity.proofing_evidence (${COLUMNS}, shown_hash, detail_sealed, repeat_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      evidence.account,
      evidence.method,
      new Date(evidence.at),
      evidence.levelBefore,
      evidence.levelAfter,
      evidence.exchanges,
      officer?.appointment ?? null,
      officer?.agency ?? null,
      officer?.account ?? null,
      shown.hash,
      sealValue(sealer, `proofing_evidence.detail_sealed ${id}`, shown.detail),
      shown.repeatKey,
    ],
  )
}
