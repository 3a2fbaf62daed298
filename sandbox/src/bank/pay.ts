import { inTransaction } from '@sapan/kernel'
import type { Bill } from './bill.ts'
import { type LedgerGround, newTransaction, type Telling, writeMessage, writeMovement } from './ledger.ts'

/** Somebody of the demonstration pays a bill: money comes in, and the payee will be told. Gives the bank's number. */
export async function payBill(
  { pool, clock }: LedgerGround,
  bill: Bill & { readonly amount: number },
  telling: Telling,
): Promise<string> {
  const at = clock()
  const transaction = newTransaction(at)
  const { biller, reference1, reference2, amount, currency } = bill
  const paidAt = new Date(at).toISOString()
  const body = { kind: 'payment', transaction, biller, reference1, reference2, amount, currency, paidAt }
  await inTransaction(pool, async (client) => {
    const movement = {
      transaction,
      account: biller,
      direction: 'in',
      amount,
      reference1,
      reference2,
      at,
    } as const
    await writeMovement(client, movement)
    await writeMessage(client, { transaction, body, at, telling })
  })
  return transaction
}
