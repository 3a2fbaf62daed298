import type { SiteRoute } from '@sapan/ui'
import type { Need, Visitor } from '../../visitor.ts'
import { claimsConsentPage } from './one.ts'
import { type ClaimsConsentPagesOptions, claimsConsentsPath } from './options.ts'

/** What a person lets services know when they sign in: seen and taken back. */
export function claimsConsentRoutes(options: ClaimsConsentPagesOptions): SiteRoute<Visitor, Need>[] {
  const one = `${claimsConsentsPath}/:consent`
  return [
    { method: 'GET', path: one, needs: {}, handle: (request) => claimsConsentPage(options, request) },
    {
      method: 'POST',
      path: `${one}/withdraw`,
      needs: {},
      handle: async ({ who, parameters }) => {
        await options.consents.withdraw(who.account, parameters.consent ?? '')
        return { kind: 'redirect', to: '/me/consents' }
      },
    },
  ]
}
