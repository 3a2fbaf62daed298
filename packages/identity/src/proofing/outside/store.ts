import { openValue, sealValue } from '../../store/sealed.ts'
import type { ProofingGround } from '../ground.ts'

/** What only this side knows of a sign-in that is under way. */
export interface PendingSignIn {
  readonly nonce: string
  readonly verifier: string
}

interface NewSignIn {
  readonly stateHash: Buffer
  readonly sessionHash: Buffer
  readonly account: string | undefined
  readonly secrets: { readonly nonce: string; readonly verifier: string }
  readonly expiresAt: number
}

const placeOf = (stateHash: Buffer): string => `outside_sign_in.secrets_sealed ${stateHash.toString('hex')}`

export async function keepSignIn({ pool, sealer, clock }: ProofingGround, one: NewSignIn): Promise<void> {
  await pool.query('delete from identity.outside_sign_in where expires_at < $1', [
    new Date(clock() - 86_400_000),
  ])
  await pool.query(
    `insert into identity.outside_sign_in (state_hash, account_id, session_hash, secrets_sealed, expires_at)
     values ($1, $2, $3, $4, $5)`,
    [
      one.stateHash,
      one.account ?? null,
      one.sessionHash,
      sealValue(sealer, placeOf(one.stateHash), one.secrets),
      new Date(one.expiresAt),
    ],
  )
}

/** Takes a sign-in, once: for the session and the account that began it, and in its time. */
export async function takeSignIn(
  { pool, sealer, clock }: ProofingGround,
  stateHash: Buffer,
  by: { readonly account: string | undefined; readonly sessionHash: Buffer },
): Promise<PendingSignIn | undefined> {
  const { rows } = await pool.query<{ secrets_sealed: Buffer }>(
    `update identity.outside_sign_in set used_at = $4
     where state_hash = $1 and session_hash = $2 and account_id is not distinct from $3
     and used_at is null and expires_at > $4 returning secrets_sealed`,
    [stateHash, by.sessionHash, by.account ?? null, new Date(clock())],
  )
  const [row] = rows
  return row && (openValue(sealer, placeOf(stateHash), row.secrets_sealed) as PendingSignIn)
}
