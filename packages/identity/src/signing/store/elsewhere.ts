import type { Pool } from '@sapan/kernel'

/** A request that was sent to a device of the officer's own. */
export interface SentRequest {
  /** Under which the request lies. */
  readonly name: string
  readonly content_sealed: Buffer
  readonly question: string
  readonly sign: string
  readonly until: Date
}

const columns = 'name, content_sealed, question, sign, until'

/** Puts the question to a request that has none yet; undefined where it has one, or is over. */
export async function putQuestion(
  pool: Pool,
  name: string,
  { account, question, sign, at }: { account: string; question: string; sign: string; at: Date },
): Promise<SentRequest | undefined> {
  const { rows } = await pool.query<SentRequest>(
    `update identity.signing_request set account_id = $2, question = $3, sign = $4
     where name = $1 and question is null and until > $5 returning ${columns}`,
    [name, account, question, sign, at],
  )
  return rows[0]
}

/** Lets it be asked anew: a question that ran out or could not be put. */
export async function dropQuestion(pool: Pool, name: string, question: string): Promise<void> {
  await pool.query(
    `update identity.signing_request set account_id = null, question = null, sign = null
     where name = $1 and question = $2`,
    [name, question],
  )
}

export async function sentByName(
  pool: Pool,
  name: string,
  account: string,
  at: Date,
): Promise<SentRequest | undefined> {
  const { rows } = await pool.query<SentRequest>(
    `select ${columns} from identity.signing_request where name = $1 and account_id = $2 and until > $3`,
    [name, account, at],
  )
  return rows[0]
}

export async function sentByQuestion(
  pool: Pool,
  question: string,
  account: string,
  at: Date,
): Promise<SentRequest | undefined> {
  const { rows } = await pool.query<SentRequest>(
    `select ${columns} from identity.signing_request where question::text = $1 and account_id = $2 and until > $3`,
    [question, account, at],
  )
  return rows[0]
}
