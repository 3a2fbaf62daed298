import { Batching, type Text } from '@sapan/kernel'
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

/** Who asks for whom their session acts. */
export type Acting = Pick<Doer, 'account' | 'session'>

/** For whom sessions act; asked for every page. `ended` where the mandate that was chosen cannot be used any more. */
export function createActing(room: MandateRoom): (who: Acting) => Promise<ActingFor | 'ended' | undefined> {
  const chosen = new Batching<Acting, string | undefined>({ answer: (asked) => chosenBy(room, asked) })
  return async (who) => {
    const id = await chosen.ask(who)
    const mandate = id !== undefined && isId(id) ? await room.records.byId(room.pool, id) : undefined
    if (mandate === undefined) return undefined
    return obstacle(mandate, room.clock()) === undefined ? actingFor(mandate) : 'ended'
  }
}

async function chosenBy(
  { pool }: Pick<MandateRoom, 'pool'>,
  asked: readonly Acting[],
): Promise<(string | undefined)[]> {
  const { rows } = await pool.query<{ at: number; mandate_id: string }>({
    name: 'mandates-acting',
    text: `select asked.at::int as at, m.mandate_id
      from unnest((select $1::text[]), (select $2::uuid[])) with ordinality as asked (session, account, at)
      join identity.mandate_acting m on m.session = asked.session and m.account_id = asked.account`,
    values: [asked.map(({ session }) => session), asked.map(({ account }) => account)],
  })
  const found = new Map(rows.map(({ at, mandate_id }) => [at, mandate_id]))
  return asked.map((_, index) => found.get(index + 1))
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
