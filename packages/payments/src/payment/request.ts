import { randomBytes } from 'node:crypto'
import { type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import { mostSatang } from '../emv/promptpay.ts'
import type { PaymentsOptions } from '../ground.ts'
import type { Payment, PaymentRequest } from '../payments.ts'
import { paymentsProblems } from '../problems.ts'
import { writeEvent } from '../store/events.ts'
import { findPayment, type PaymentRow, paymentColumns, shownPayment } from '../store/payments.ts'
import { inParts } from './instalments.ts'

/** Without letters that are taken for others when somebody reads them out. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A hundred random bits: who knows it has seen the code. */
export function newBankReference(): string {
  return [...randomBytes(20)].map((byte) => letters[byte % letters.length]).join('')
}

/**
 * Asks for a payment in the caller's transaction; the same reference again gives the one that is there. Throws
 * `payee-without-account`, and `RangeError` for an amount that cannot be paid or instalments that cannot be.
 */
export async function requestPayment(
  { billers, clock }: PaymentsOptions,
  client: PoolClient,
  request: PaymentRequest,
): Promise<Payment> {
  const { payee, reference, amount, instalments } = request
  const biller = billers.get(payee)
  if (biller === undefined) throw new Problem(paymentsProblems['payee-without-account'])
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > mostSatang) {
    throw new RangeError('an amount is 1 to 999,999,999,999 satang')
  }
  if (instalments !== undefined) inParts(amount, instalments)
  const at = clock()
  const made = await insertPayment(client, request, { id: uuidv7(at), biller, at })
  if (made !== undefined) await begin(client, made, request, at)
  const row = made ?? (await findPayment(client, 'reference', reference))
  if (row === undefined) throw new Error('a payment that is there was not found')
  return await shownPayment(client, row)
}

async function begin(
  client: PoolClient,
  { id }: PaymentRow,
  { amount, dueAt, instalments, isDivided }: PaymentRequest,
  at: number,
): Promise<void> {
  await writeEvent(client, id, 1, { kind: 'requested', at, amount, dueAt })
  if (isDivided === true && instalments !== undefined)
    await writeEvent(client, id, 2, { kind: 'split', at, parts: inParts(amount, instalments) })
}

async function insertPayment(
  client: PoolClient,
  request: PaymentRequest,
  { id, biller, at }: { readonly id: string; readonly biller: string; readonly at: number },
): Promise<PaymentRow | undefined> {
  const { rows } = await client.query<PaymentRow>(
    `insert into payments.payment
       (id, payee, biller, reference, bank_reference, account, party, title, amount, due_at, instalments, stays, state,
        created_at, next_due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', $13, $14)
     on conflict (reference) do nothing returning ${paymentColumns}`,
    [
      id,
      request.payee,
      biller,
      request.reference,
      newBankReference(),
      request.account ?? null,
      request.party ?? null,
      request.title === undefined ? null : JSON.stringify(request.title),
      request.amount,
      new Date(request.dueAt),
      request.instalments === undefined ? null : JSON.stringify(request.instalments),
      request.stays === true,
      new Date(at),
      new Date((request.isDivided && request.instalments?.[0]) || request.dueAt),
    ],
  )
  return rows[0]
}
