import type { SiteRoute } from '@sapan/ui'
import { bankRoute } from '../callback/route.ts'
import { whereKnown } from './authority.ts'
import { listPage } from './list-page.ts'
import type { PaymentPagesOptions } from './options.ts'
import { paymentPage } from './payment-page.ts'

/** The person's pages of payments and the door of the bank's messages, for the portal. */
export function paymentRoutes<Who, Need>(options: PaymentPagesOptions<Who, Need>): SiteRoute<Who, Need>[] {
  const { needs, payments, accountOf, reachOf, silentOf } = options
  return [
    { method: 'GET', path: '/me/payments', needs, handle: (request) => listPage(options, request) },
    {
      method: 'GET',
      path: '/me/payments/:payment',
      needs,
      handle: (request) => paymentPage(options, request),
    },
    {
      method: 'POST',
      path: '/me/payments/:payment/instalments',
      needs,
      async handle({ who, parameters }) {
        const id = parameters.payment ?? ''
        const reach = (await reachOf?.(who)) ?? []
        await whereKnown(
          () => payments.payInParts({ account: accountOf(who), reach }, id),
          async () => (await silentOf?.(who)) ?? [],
        )
        return { kind: 'redirect', to: `/me/payments/${id}` }
      },
    },
    bankRoute(payments),
  ]
}
