import type { Logger, Pool } from '@sapan/kernel'
import type { LedgerGround } from './ledger.ts'
import type { SignBody } from './signing.ts'

/** Sends a signed message and gives the status that came back. Throws where nobody answers. */
export type PostMessage = (body: Uint8Array, signature: string) => Promise<number>

export interface TellingGround extends LedgerGround {
  readonly log?: Logger
  readonly sign: SignBody
  readonly post: PostMessage
}

interface Taken {
  readonly id: string
  readonly body: object
  readonly attempts: number
}

/** A message that a process has taken is nobody else's for so long. */
const lease = 60_000

/** Tells what is due, at most `limit`; signed anew at each attempt, until it is answered. Gives how many were. */
export async function tellDue(ground: TellingGround, limit: number): Promise<number> {
  const { pool, clock } = ground
  const at = clock()
  const { rows } = await pool.query<Taken>(
    `update money.message set attempts = attempts + 1, next_at = $2 where id in (
       select id from money.message where state = 'waiting' and next_at <= $1
       order by next_at, id limit $3 for update skip locked)
     returning id, body, attempts`,
    [new Date(at), new Date(at + lease), limit],
  )
  const told = await Promise.all(rows.map((one) => tell(ground, one)))
  return told.filter(Boolean).length
}

async function tell(ground: TellingGround, { id, body, attempts }: Taken): Promise<boolean> {
  const { clock, sign, post, log, pool } = ground
  const bytes = Buffer.from(JSON.stringify(body))
  const status = await post(bytes, sign(bytes, clock())).catch((error: unknown) => {
    log?.warn({ err: error, message: id }, 'nobody answered the bank')
    return undefined
  })
  const isTold = status !== undefined && status < 300
  // What was refused for what it says would be refused for ever; a signature that came too late is made anew.
  const isOver = isTold || status === 400 || status === 409
  const state = isOver ? (isTold ? 'told' : 'refused') : 'waiting'
  const outcome = status === undefined ? 'silence' : String(status)
  await settle(pool, { id, attempts, state, outcome, nextAt: clock() + pause(attempts) })
  return isOver
}

async function settle(
  pool: Pool,
  one: {
    readonly id: string
    readonly attempts: number
    readonly state: string
    readonly outcome: string
    readonly nextAt: number
  },
): Promise<void> {
  await pool.query(
    `update money.message set state = $3, outcome = $4, next_at = $5 where id = $1 and attempts = $2`,
    [one.id, one.attempts, one.state, one.outcome, new Date(one.nextAt)],
  )
}

/** Two seconds, four, eight … an hour. */
function pause(attempts: number): number {
  return Math.min(2 ** Math.min(attempts, 12) * 1_000, 3_600_000)
}
