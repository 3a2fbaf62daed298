import type { Database, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { TransferTarget } from '../bank/bank.ts'
import type { Refund, RefundState } from '../payments.ts'

export interface RefundRow {
  readonly id: string
  readonly payer: string
  readonly reference: string
  readonly payment: string | null
  readonly payment_reference: string | null
  readonly amount: string
  readonly to_sealed: Buffer
  readonly state: RefundState
  readonly attempt: number
  readonly transfer: string | null
  readonly why: string | null
  readonly ordered_at: Date
  readonly sent_at: Date | null
  readonly done_at: Date | null
}

export const refundColumns = `id, payer, reference, payment, amount, to_sealed, state, attempt, transfer, why, ordered_at,
  sent_at, done_at,
  (select p.reference from payments.payment p where p.id = refund.payment) as payment_reference`

type Key = 'id' | 'reference'

export async function findRefund(db: Database, key: Key, value: string): Promise<RefundRow | undefined> {
  const { rows } = await db.query<RefundRow>(
    `select ${refundColumns} from payments.refund where ${key} = $1`,
    [value],
  )
  return rows[0]
}

export async function lockRefund(
  client: PoolClient,
  key: Key,
  value: string,
): Promise<RefundRow | undefined> {
  const { rows } = await client.query<RefundRow>(
    `select ${refundColumns} from payments.refund where ${key} = $1 for update`,
    [value],
  )
  return rows[0]
}

const place = (id: string) => Buffer.from(`refund.to ${id}`)

export function sealTarget(sealer: Sealer, id: string, to: TransferTarget): Buffer {
  return sealer.seal(Buffer.from(JSON.stringify(to)), place(id))
}

/** Its shape is what was sealed for that place. */
export function openTarget(sealer: Sealer, { id, to_sealed }: RefundRow): TransferTarget {
  return JSON.parse(sealer.open(to_sealed, place(id)).toString('utf8')) as TransferTarget
}

/** What the bank knows an order by. */
export function orderKey({ id, attempt }: Pick<RefundRow, 'id' | 'attempt'>): string {
  return `${id}.${attempt}`
}

export function refundOf(row: RefundRow): Refund {
  return {
    id: row.id,
    payer: row.payer,
    reference: row.reference,
    amount: Number(row.amount),
    ...(row.payment_reference !== null && { payment: row.payment_reference }),
    state: row.state,
    orderedAt: row.ordered_at.getTime(),
    ...(row.sent_at !== null && { sentAt: row.sent_at.getTime() }),
    ...(row.done_at !== null && { doneAt: row.done_at.getTime() }),
    ...(row.transfer !== null && { transfer: row.transfer }),
    ...(row.why !== null && { why: row.why }),
  }
}
