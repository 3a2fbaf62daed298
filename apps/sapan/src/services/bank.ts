import { type Bank, bankThroughExchange } from '@sapan/payments'
import type { AskAs, References } from '@sapan/services'
import type { Country } from '@sapan/thailand'

/**
 * The bank of the agencies' money, as a member of the exchange: each agency asks as the subsystem that has a grant for it,
 * for the grant's purpose.
 */
export function bankOf({ grants }: Pick<Country, 'grants'>, subsystem: string, ask: AskAs): Bank {
  const service = { transfer: transfersOf(subsystem).service, statement: `${subsystem}/statement-v1` }
  return bankThroughExchange({
    ask,
    subsystem,
    asking: (member, what) =>
      grants.find((grant) => grant.service === service[what] && grant.consumer.startsWith(`${member}/`)),
  })
}

/** The operation of a bank's subsystem with which agencies give money back. */
export function transfersOf(subsystem: string): NonNullable<References['transfers']> {
  return { service: `${subsystem}/payment-v1`, operation: 'orderTransfer' }
}
