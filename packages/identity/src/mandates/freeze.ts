import type { PoolClient } from '@sapan/kernel'
import type { MandateRoom } from './room.ts'

/** Stops all that an account holds or has given, in the transaction that freezes it: gateways learn it on commit. */
export async function suspendAll(room: MandateRoom, client: PoolClient, account: string): Promise<void> {
  for (const place of await room.records.suspend(client, account, true))
    await room.statuses.set(client, place, 'suspended')
  await client.query('delete from identity.mandate_acting where account_id = $1', [account])
}

/** Lets it go on, except where the other one is frozen too. */
export async function resumeAll(room: MandateRoom, client: PoolClient, account: string): Promise<void> {
  for (const place of await room.records.suspend(client, account, false))
    await room.statuses.set(client, place, 'valid')
}
