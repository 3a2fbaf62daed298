import { inTransaction } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import { append } from '../store/events.ts'
import { lockPayment } from '../store/payments.ts'

/** Marks payments whose time ran out with nothing paid, at most `limit`; gives how many. */
export async function lapseDue(ground: PaymentsOptions, limit: number): Promise<number> {
  const { pool, clock } = ground
  const at = clock()
  const { rows } = await pool.query<{ id: string }>(
    `select id from payments.payment where state = 'waiting' and not stays and due_at < $1 order by due_at limit $2`,
    [new Date(at), limit],
  )
  let lapsed = 0
  for (const { id } of rows) {
    await inTransaction(pool, async (client) => {
      const row = await lockPayment(client, 'id', id)
      if (row?.state !== 'waiting') return
      await append(ground, client, row, { kind: 'lapsed', at })
      lapsed++
    })
  }
  return lapsed
}
