import { type CalendarDate, inTransaction, type PoolClient, uuidv7 } from '@sapan/kernel'
import type { StatementLine } from '../bank/bank.ts'
import type { PaymentsOptions } from '../ground.ts'
import { type Difference, differencesOf, type Movement, sumsOf } from './compare.ts'

/**
 * Holds a day of a payee against the bank's statement. What differs is written down, once however often it is done;
 * what does not differ any more is `gone`. Gives the differences. Throws where the bank cannot be reached.
 */
export async function reconcile(
  ground: PaymentsOptions,
  payee: string,
  day: CalendarDate,
): Promise<readonly Difference[]> {
  const account = ground.billers.get(payee)
  if (account === undefined) throw new RangeError(`no account for ${payee}`)
  const theirs = await ground.bank.statement(payee, account, day)
  return await inTransaction(ground.pool, async (client) => {
    // Two that compare the same day would write each other's findings off.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`payments ${payee} ${day}`])
    const ours = await movementsOf(client, payee, day)
    const found = differencesOf(ours, theirs)
    await writeDay(ground, client, { payee, day, ours, theirs })
    await writeDifferences(ground, client, { payee, day, found })
    return found
  })
}

/** What we know of a day: what the bank told of money in, and of orders that it carried out. */
async function movementsOf(
  client: PoolClient,
  payee: string,
  day: CalendarDate,
): Promise<readonly Movement[]> {
  const { rows } = await client.query<{
    transaction: string
    direction: Movement['direction']
    amount: string
    reference: string
  }>(
    `select transaction, 'in' as direction, amount, reference1 as reference from payments.confirmation
     where payee = $1 and bank_day = $2 and currency = 'THB'
     union all
     select transfer, 'out', amount, id || '.' || attempt from payments.refund
     where payer = $1 and bank_day = $2 and state = 'done'`,
    [payee, day],
  )
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }))
}

interface Day {
  readonly payee: string
  readonly day: CalendarDate
  readonly ours: readonly Movement[]
  readonly theirs: readonly StatementLine[]
}

async function writeDay(
  { clock }: PaymentsOptions,
  client: PoolClient,
  { payee, day, ours, theirs }: Day,
): Promise<void> {
  await client.query(
    `insert into payments.reconciliation (payee, day, ran_at, ours, theirs) values ($1, $2, $3, $4, $5)
     on conflict (payee, day) do update set ran_at = $3, ours = $4, theirs = $5`,
    [payee, day, new Date(clock()), JSON.stringify(sumsOf(ours)), JSON.stringify(sumsOf(theirs))],
  )
}

async function writeDifferences(
  { clock, log }: PaymentsOptions,
  client: PoolClient,
  { payee, day, found }: Pick<Day, 'payee' | 'day'> & { readonly found: readonly Difference[] },
): Promise<void> {
  const at = clock()
  for (const { kind, transaction, ours, theirs } of found) {
    await client.query(
      `insert into payments.difference (id, payee, day, kind, transaction, ours, theirs, state, found_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'open', $8)
       on conflict (payee, day, kind, transaction) do update set ours = $6, theirs = $7,
         state = case when difference.state = 'gone' then 'open' else difference.state end`,
      [
        uuidv7(at),
        payee,
        day,
        kind,
        transaction,
        ours === undefined ? null : JSON.stringify(ours),
        theirs === undefined ? null : JSON.stringify(theirs),
        new Date(at),
      ],
    )
  }
  await client.query(
    `update payments.difference set state = 'gone' where payee = $1 and day = $2 and state = 'open'
       and kind || ' ' || transaction <> all($3::text[])`,
    [payee, day, found.map(({ kind, transaction }) => `${kind} ${transaction}`)],
  )
  if (found.length > 0) log.warn({ payee, day, differences: found.length }, 'the day differs from the bank’s')
}
