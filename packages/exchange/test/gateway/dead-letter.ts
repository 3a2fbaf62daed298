import { createHash } from 'node:crypto'
import { Sealer } from '@sapan/trust'
import { sealMessage } from '../../src/queue/content.ts'
import type { Country } from './agencies.ts'
import { service } from './agencies.ts'

const client = 'TH/GOV/DOPA/main'

/** A message of DOPA's that was given up before it was sent, as its gateway keeps it; gives its number. */
export async function putDeadLetter(
  { dopa }: Country,
  { message, body }: { readonly message: string; readonly body: Buffer },
): Promise<number> {
  const sealer = new Sealer(new Map([[1, await dopa.keys.loadOrCreateSecret('seal-1')]]), 1)
  const content = sealMessage(
    sealer,
    { side: 'outgoing', client, message },
    { headers: [['content-type', 'application/json']], body },
  )
  const { rows } = await dopa.pool.query<{ number: string }>(
    `insert into queue.outgoing
       (client, message, service, operation, target, digest, content, expires_at, receipt_queued, state, problem)
     values ($1, $2, $3, 'sendLetter', $4, $5, $6, now(), 'r', 'dead', 'no-grant') returning number`,
    [client, message, service, `/r1/${service}/letters`, createHash('sha256').update(body).digest(), content],
  )
  return Number(rows[0]?.number)
}
