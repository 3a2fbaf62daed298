import { openValue, type Sealable, sealValue } from '../../store/sealed.ts'
import type { MethodCode } from '../country.ts'
import type { ProofingGround } from '../ground.ts'

const MINUTES = 30

/** What a person has entered so far. It lies sealed and for half an hour, so that nothing of it is in addresses or pages. */
export type Draft = Readonly<Record<string, string>>

const placeOf = (account: string, method: string): string =>
  `proofing_draft.content_sealed ${account} ${method}`

export async function readDraft(
  { pool, sealer, clock }: ProofingGround,
  account: string,
  method: MethodCode,
): Promise<Draft> {
  const { rows } = await pool.query<{ content_sealed: Buffer }>(
    `select content_sealed from identity.proofing_draft
     where account_id = $1 and method = $2 and expires_at > $3`,
    [account, method, new Date(clock())],
  )
  const [row] = rows
  return row === undefined ? {} : (openValue(sealer, placeOf(account, method), row.content_sealed) as Draft)
}

export async function keepDraft(
  { pool, sealer, clock }: ProofingGround,
  account: string,
  method: MethodCode,
  draft: Draft,
): Promise<void> {
  const content: Sealable = { ...draft }
  await pool.query(
    `insert into identity.proofing_draft (account_id, method, content_sealed, expires_at) values ($1, $2, $3, $4)
     on conflict (account_id, method) do update set content_sealed = excluded.content_sealed, expires_at = excluded.expires_at`,
    [
      account,
      method,
      sealValue(sealer, placeOf(account, method), content),
      new Date(clock() + MINUTES * 60_000),
    ],
  )
}

export async function dropDraft(
  { pool }: ProofingGround,
  account: string,
  method: MethodCode,
): Promise<void> {
  await pool.query('delete from identity.proofing_draft where account_id = $1 and method = $2', [
    account,
    method,
  ])
}
