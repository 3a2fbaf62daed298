import { isNationalId, type PoolClient } from '@sapan/kernel'
import { findMovement, type LedgerGround, newTransaction, writeMessage, writeMovement } from './ledger.ts'

/** An order to send money: to who holds a number at PromptPay, or back to where a transaction came from. */
export interface TransferOrder {
  readonly from: string
  readonly amount: number
  readonly to: { readonly nationalId?: string; readonly transaction?: string }
}

/** What an order is answered. `why` is a word of the bank's. */
export type TransferAnswer =
  | { readonly state: 'taken'; readonly transfer: string }
  | { readonly state: 'refused'; readonly why: string }

/** Takes an order in the caller's transaction, moves the money, and will tell how it ended. */
export async function takeOrder(
  { clock }: Pick<LedgerGround, 'clock'>,
  client: PoolClient,
  key: string,
  order: TransferOrder,
): Promise<TransferAnswer> {
  const refused = await refusalOf(client, order)
  if (refused !== undefined) return { state: 'refused', why: refused }
  const at = clock()
  const transaction = newTransaction(at)
  const told = { kind: 'transfer', transaction, order: key, at: new Date(at).toISOString() }
  // Known only once the money is on its way: the answer is that it was taken, the message that it failed.
  const { nationalId } = order.to
  if (nationalId !== undefined && !(await hasPromptPay(client, nationalId))) {
    const body = { ...told, state: 'failed', why: 'no-promptpay' }
    await writeMessage(client, { transaction, body, at })
    return { state: 'taken', transfer: transaction }
  }
  const { from: account, amount, to } = order
  // What goes back names what it goes back to.
  const reference2 = to.transaction ?? ''
  await writeMovement(client, {
    transaction,
    account,
    direction: 'out',
    amount,
    reference1: key,
    reference2,
    at,
  })
  await writeMessage(client, { transaction, body: { ...told, state: 'done' }, at })
  return { state: 'taken', transfer: transaction }
}

async function refusalOf(client: PoolClient, { to, amount }: TransferOrder): Promise<string | undefined> {
  if (to.nationalId !== undefined) return isNationalId(to.nationalId) ? undefined : 'number-invalid'
  const origin = await findMovement(client, to.transaction ?? '')
  if (origin?.direction !== 'in') return 'transaction-unknown'
  const { rows } = await client.query<{ back: string }>(
    'select coalesce(sum(amount), 0) as back from money.movement where reference2 = $1',
    [origin.transaction],
  )
  return Number(rows[0]?.back ?? 0) + amount > origin.amount ? 'more-than-came' : undefined
}

/** Whether an account is bound to the number, as `promptpay-v1` tells. */
async function hasPromptPay(client: PoolClient, nationalId: string): Promise<boolean> {
  const { rowCount } = await client.query('select from account.promptpay where id = $1', [nationalId])
  return rowCount === 1
}
