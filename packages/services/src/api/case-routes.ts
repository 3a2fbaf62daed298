import type { CaseSummary } from '@sapan/casework'
import type { Need, Visitor } from '@sapan/identity'
import type { SiteFile, SiteRequest, SiteRoute } from '@sapan/ui'
import { submissionProblem } from '../submission/problems.ts'
import { isOwn, personOf } from '../submission/who.ts'
import { headerOf, json, refusal } from './answer.ts'
import type { ServicesApiOptions } from './options.ts'
import { callerOf } from './who.ts'

type Request = SiteRequest<Visitor>

/** What a person handed in, and how it stands. */
export function caseApiRoutes(options: ServicesApiOptions): SiteRoute<Visitor, Need>[] {
  const { ground } = options
  const route = (
    below: string,
    work: (request: Request, account: string) => Promise<SiteFile>,
  ): SiteRoute<Visitor, Need> => ({
    method: 'GET',
    path: `/api/applications${below}`,
    machine: true,
    handle: async (request) => {
      try {
        return await work(request, (await callerOf(options, request)).account)
      } catch (error) {
        return refusal(error, ground.portal, headerOf(request, 'accept-language'))
      }
    },
  })
  return [
    route('', async ({ query }, account) => {
      const after = query.get('after')
      const person = await personOf(ground, account)
      const { cases, next } = await ground.cases.ofApplicant(person, after === null ? {} : { after })
      return json({ applications: cases.map(caseView), ...(next !== undefined && { next }) })
    }),
    route('/:case', async ({ parameters }, account) => {
      const person = await personOf(ground, account)
      const found = await ground.cases.find(person, parameters.case ?? '')
      if (!isOwn(found, person)) throw submissionProblem('application-not-found')
      const { decision } = found
      return json({
        ...caseView(found),
        ...(decision && {
          decision: { outcome: decision.outcome, favours: decision.favours, reasons: decision.reasons },
        }),
      })
    }),
  ]
}

/** A case as a program sees it; times in UTC (RFC 3339). */
export function caseView(found: CaseSummary) {
  const { id, number, agency, service, version, title, state } = found
  const times = ['receivedAt', 'effectiveReceivedAt', 'dueAt', 'lapseAt', 'endedAt', 'appealUntil'] as const
  return {
    ...{ id, number, agency, service, version, title, state },
    ...Object.fromEntries(
      times.flatMap((name) =>
        found[name] === undefined ? [] : [[name, new Date(found[name]).toISOString()]],
      ),
    ),
  }
}
