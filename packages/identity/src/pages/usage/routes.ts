import { Problem } from '@sapan/kernel'
import type { SiteRequest, SiteRoute } from '@sapan/ui'
import type { PlainWords } from '../../consents/plain-words.ts'
import { usageProblems } from '../../problems/usage.ts'
import type { Usage } from '../../usage/usage.ts'
import type { Need, Visitor } from '../../visitor.ts'
import { accessPage } from './access-page.ts'
import { listPage } from './list-page.ts'

export interface UsagePagesOptions {
  readonly usage: Usage
  readonly words: PlainWords
  /** What one must be to see who looked; being signed in by default. */
  readonly see?: Need
}

/** Who looked at a person's data: `/me/usage…`. */
export function usagePages(options: UsagePagesOptions): SiteRoute<Visitor, Need>[] {
  const { usage, see = {} } = options
  const one = '/me/usage/:page/:exchange'
  return [
    {
      method: 'GET',
      path: '/me/usage',
      needs: see,
      handle: async (request) => {
        const { query, who } = request
        const [agency, after] = ['agency', 'after'].map((name) => query.get(name) || undefined)
        const asked = {
          ...(agency === undefined ? {} : { agency }),
          ...(after === undefined ? {} : { after }),
        }
        const [page, operators, questions] = await Promise.all([
          usage.of(who.account, asked),
          usage.operators(),
          usage.questionsOf(who.account),
        ])
        return listPage(request, { page, operators, questions }, options)
      },
    },
    {
      method: 'GET',
      path: one,
      needs: see,
      handle: async (request) =>
        accessPage(request, await usage.find(request.who.account, placeOf(request)), options),
    },
    {
      method: 'GET',
      path: `${one}/proof`,
      needs: see,
      handle: async (request) => {
        const place = { ...placeOf(request), member: request.query.get('member') ?? '' }
        const body = await usage.prove(request.who.account, place)
        return {
          kind: 'file',
          contentType: 'application/vnd.etsi.asic-e+zip',
          name: `${place.exchange}.asice`,
          body,
        }
      },
    },
    {
      method: 'POST',
      path: `${one}/ask`,
      needs: see,
      handle: async (request) => {
        const place = placeOf(request)
        try {
          await usage.ask(request.who.account, place, request.form.get('question') ?? '')
        } catch (error) {
          if (!(error instanceof Problem) || error.type !== usageProblems['usage-question-empty']) throw error
          return accessPage(request, await usage.find(request.who.account, place), options, error)
        }
        return { kind: 'redirect', to: `/me/usage/${place.page}/${place.exchange}` }
      },
    },
  ]
}

function placeOf({ parameters }: SiteRequest<Visitor>): { page: string; exchange: string } {
  return { page: parameters.page ?? '', exchange: parameters.exchange ?? '' }
}
