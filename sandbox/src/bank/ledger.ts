import { randomInt } from 'node:crypto'
import { type Clock, type Pool, type PoolClient, uuidv7 } from '@sapan/kernel'
import { dayAt } from '../registers/application.ts'

/** A movement on an account of the bank's. Amounts are satang. */
export interface BankMovement {
  readonly transaction: string
  readonly account: string
  readonly direction: 'in' | 'out'
  readonly amount: number
  readonly reference1: string
  readonly reference2: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The bank's next number: the day, and chance. */
export function newTransaction(at: number): string {
  return `ST${dayAt(at).replaceAll('-', '')}${String(randomInt(10 ** 10)).padStart(10, '0')}`
}

export async function writeMovement(client: PoolClient, one: BankMovement): Promise<void> {
  await client.query(
    `insert into money.movement (transaction, account, direction, amount, reference1, reference2, at, day)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      one.transaction,
      one.account,
      one.direction,
      one.amount,
      one.reference1,
      one.reference2,
      new Date(one.at),
      dayAt(one.at),
    ],
  )
}

interface MovementRow extends Omit<BankMovement, 'amount' | 'at'> {
  readonly amount: string
  readonly at: Date
}

const columns = 'transaction, account, direction, amount, reference1, reference2, at'

/** All that moved on an account on a day in Bangkok: `2026-11-22`. */
export async function statementOf(
  pool: Pool,
  account: string,
  day: string,
): Promise<readonly BankMovement[]> {
  const { rows } = await pool.query<MovementRow>(
    `select ${columns} from money.movement where account = $1 and day = $2 order by at, transaction`,
    [account, day],
  )
  return rows.map(movementOf)
}

export async function findMovement(
  db: Pick<Pool, 'query'>,
  transaction: string,
): Promise<BankMovement | undefined> {
  const { rows } = await db.query<MovementRow>(
    `select ${columns} from money.movement where transaction = $1`,
    [transaction],
  )
  return rows[0] && movementOf(rows[0])
}

function movementOf(row: MovementRow): BankMovement {
  return { ...row, amount: Number(row.amount), at: row.at.getTime() }
}

/** How the one who is paid hears of it; `never` for trying out what only a statement tells. */
export const tellings = ['now', 'late', 'twice', 'never'] as const
export type Telling = (typeof tellings)[number]

/** Milliseconds that a late message comes late. */
const late = 120_000

/** Puts down what has to be told; it goes out after what it tells of is committed. */
export async function writeMessage(
  client: PoolClient,
  message: {
    readonly transaction: string
    readonly body: object
    readonly at: number
    readonly telling?: Telling
  },
): Promise<void> {
  const { transaction, body, at, telling = 'now' } = message
  const state = telling === 'never' ? 'withheld' : 'waiting'
  const nextAt = new Date(telling === 'late' ? at + late : at)
  for (let copies = telling === 'twice' ? 2 : 1; copies > 0; copies--) {
    await client.query(
      'insert into money.message (id, transaction, body, state, next_at) values ($1, $2, $3, $4, $5)',
      [uuidv7(at), transaction, JSON.stringify(body), state, nextAt],
    )
  }
}

export interface LedgerGround {
  readonly pool: Pool
  readonly clock: Clock
}
