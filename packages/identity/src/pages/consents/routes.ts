import { Problem, type Text } from '@sapan/kernel'
import type { SiteRequest, SiteRoute } from '@sapan/ui'
import type { Consents, Decider } from '../../consents/consents.ts'
import type { PlainWords } from '../../consents/plain-words.ts'
import { consentRoomProblems } from '../../problems/consents.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { claimsEntries } from '../claims-consents/entries.ts'
import type { ClaimsConsentPagesOptions } from '../claims-consents/options.ts'
import { claimsConsentRoutes } from '../claims-consents/routes.ts'
import { consentPage } from './consent-page.ts'
import { listPage } from './list-page.ts'
import { unwantedPage, unwantedPath } from './unwanted-page.ts'

export interface ConsentPagesOptions {
  readonly consents: Consents
  readonly words: PlainWords
  readonly clock: () => number
  /** Of a law's code in the country pack, where it has words. */
  readonly law?: (code: string) => Text | undefined
  /** What one must be to give a consent; to see and withdraw one's own, being signed in is enough. */
  readonly give?: Need
  /** What services are told at sign-in, shown beside. */
  readonly claims: ClaimsConsentPagesOptions
}

/** What a person has allowed of their data, and what they are asked to allow: `/me/consents…`. */
export function consentPages(options: ConsentPagesOptions): SiteRoute<Visitor, Need>[] {
  const { consents, claims, give = {} } = options
  const one = '/me/consents/:consent'
  return [
    {
      method: 'GET',
      path: '/me/consents',
      needs: {},
      handle: async (request) => {
        const { who, language } = request
        const [given, signIns] = await Promise.all([
          consents.of(who.account),
          claimsEntries(claims, who.account, language),
        ])
        return listPage(request, given, signIns, options)
      },
    },
    // Before `one`, which would take `sign-in` for an id.
    ...claimsConsentRoutes(claims),
    {
      method: 'GET',
      path: unwantedPath,
      needs: {},
      handle: async (request) => unwantedPage(request, await consents.of(request.who.account), options),
    },
    {
      method: 'GET',
      path: one,
      needs: {},
      handle: async (request) =>
        consentPage(request, await consents.find(request.who.account, idOf(request)), options),
    },
    {
      method: 'POST',
      path: `${one}/give`,
      needs: give,
      handle: async (request) => {
        const { form, who } = request
        const id = idOf(request)
        try {
          await consents.give(decider(who), id, {
            fields: form.getAll('fields'),
            days: Number(form.get('days')),
          })
        } catch (error) {
          if (!(error instanceof Problem) || error.type !== consentRoomProblems['consent-choice-invalid'])
            throw error
          return consentPage(request, await consents.find(who.account, id), options, error)
        }
        return { kind: 'redirect', to: `/me/consents/${id}` }
      },
    },
    {
      method: 'POST',
      path: `${one}/refuse`,
      needs: {},
      handle: async (request) => {
        const unwanted = request.form.get('unwanted') === 'yes'
        await consents.refuse(decider(request.who), idOf(request), unwanted)
        return { kind: 'redirect', to: unwanted ? unwantedPath : '/me/consents' }
      },
    },
    {
      method: 'POST',
      path: `${one}/allow`,
      needs: {},
      handle: async (request) => {
        await consents.allowAsking(decider(request.who), idOf(request))
        return { kind: 'redirect', to: unwantedPath }
      },
    },
    {
      method: 'POST',
      path: `${one}/withdraw`,
      needs: {},
      handle: async (request) => {
        await consents.withdraw(decider(request.who), idOf(request))
        return { kind: 'redirect', to: `/me/consents/${idOf(request)}` }
      },
    },
  ]
}

function idOf({ parameters }: SiteRequest<Visitor>): string {
  return parameters.consent ?? ''
}

function decider({ account, session }: Visitor): Decider {
  return { account, session }
}
