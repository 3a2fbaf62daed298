import type { SiteLink, SiteRoute } from '@sapan/ui'
import { evidenceOfAccount } from '../../proofing/store/evidence.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { cardRoutes } from './card.ts'
import type { ProofingPagesOptions } from './options.ts'
import { counterRoute, doneRoute, nameRoutes, outsideRoutes, passportRoutes } from './other-ways.ts'
import { overviewPage } from './overview.ts'
import { words } from './words.ts'

/** The pages on which a person proves who they are: `/me/proofing…`. Being signed in is enough for each. */
export function proofingPages(options: ProofingPagesOptions): SiteRoute<Visitor, Need>[] {
  const { ground } = options
  return [
    {
      method: 'GET',
      path: '/me/proofing',
      needs: {},
      handle: async ({ language, who: { account } }) => {
        const [found, evidence] = await Promise.all([
          ground.accounts.find(account),
          evidenceOfAccount(ground.pool, account),
        ])
        return overviewPage(options, { language, ial: found?.ial ?? ground.levels.lowest.ial, evidence })
      },
    },
    ...nameRoutes(options),
    ...cardRoutes(options),
    ...passportRoutes(options),
    ...outsideRoutes(options),
    counterRoute(options),
    doneRoute(options),
  ]
}

export const proofingLink: SiteLink<Need> = { path: '/me/proofing', text: words.title, needs: {} }
