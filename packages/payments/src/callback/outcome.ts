import type { PaymentMessage } from './message.ts'

/** What becomes of money that the bank told of. All but the first wait for an officer. */
export const outcomes = ['credited', 'unknown-reference', 'wrong-payee', 'wrong-currency'] as const
export type Outcome = (typeof outcomes)[number]

/** `found`: the payment that its reference names. */
export function outcomeOf(
  message: Pick<PaymentMessage, 'biller' | 'currency'>,
  found: { readonly biller: string } | undefined,
): Outcome {
  if (found === undefined) return 'unknown-reference'
  if (found.biller !== message.biller) return 'wrong-payee'
  return message.currency === 'THB' ? 'credited' : 'wrong-currency'
}
