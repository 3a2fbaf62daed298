import type { Text } from '@sapan/kernel'
import { isId, ownMandate, refuseOver } from './act.ts'
import { type MandateRecord, type MandateSource, obstacle } from './mandate.ts'
import { type Doer, type MandateRoom, openAccount } from './room.ts'

/** For whom a visitor acts, as every page shows it. */
export interface ActingFor {
  readonly mandate: string
  readonly source: MandateSource
  readonly name: Text
  /** Milliseconds since 1970; where it ends by itself. */
  readonly till?: number
  /** Of a helper. */
  readonly case?: string
}

/**
 * Chooses for whom a sign-in session acts from now on; undefined: for oneself. What may then be done, each act asks anew.
 * Throws `mandate-not-found`, `mandate-ended`, `mandate-suspended`, `mandate-not-begun`, `mandate-account-closed`.
 */
export async function chooseActing(
  room: MandateRoom,
  doer: Doer,
  mandateId: string | undefined,
): Promise<ActingFor | undefined> {
  if (mandateId === undefined) {
    await room.pool.query('delete from identity.mandate_acting where session = $1 and account_id = $2', [
      doer.session,
      doer.account,
    ])
    return undefined
  }
  const mandate = await ownMandate(room, doer, mandateId)
  refuseOver(room, mandate)
  await openAccount(room, doer.account)
  await room.pool.query(
    `insert into identity.mandate_acting (session, account_id, mandate_id, chosen_at) values ($1, $2, $3, $4)
     on conflict (session) do update set account_id = $2, mandate_id = $3, chosen_at = $4`,
    [doer.session, doer.account, mandateId, new Date(room.clock())],
  )
  return actingFor(mandate)
}

/** For whom a session acts; `ended` where the mandate that was chosen cannot be used any more. */
export async function actingOf(
  room: MandateRoom,
  { account, session }: Pick<Doer, 'account' | 'session'>,
): Promise<ActingFor | 'ended' | undefined> {
  const { rows } = await room.pool.query<{ mandate_id: string }>(
    'select mandate_id from identity.mandate_acting where session = $1 and account_id = $2',
    [session, account],
  )
  const [row] = rows
  const mandate = row && isId(row.mandate_id) ? await room.records.byId(room.pool, row.mandate_id) : undefined
  if (mandate === undefined) return undefined
  return obstacle(mandate, room.clock()) === undefined ? actingFor(mandate) : 'ended'
}

function actingFor({ id, source, content, till }: MandateRecord): ActingFor {
  const { name, case: of } = content
  return {
    mandate: id,
    source,
    name,
    ...(till === undefined ? {} : { till }),
    ...(of === undefined ? {} : { case: of }),
  }
}
