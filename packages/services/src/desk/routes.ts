import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteAnswer, SiteRequest, SiteRoute } from '@sapan/ui'
import { applicationOf } from '../application/of-case.ts'
import { fileOfCase } from '../application/supplement.ts'
import { caseActionRoutes } from './case/actions.ts'
import { casePage, openCase } from './case/case-page.ts'
import { decidePage } from './case/decide-page.ts'
import { caseSigningRoutes } from './case/signing-routes.ts'
import type { DeskCasesOptions } from './options.ts'
import { deskCaseProblems } from './problems.ts'
import { actOnMany } from './queue/many.ts'
import { queuePage } from './queue/queue-page.ts'

/** The officers' pages of cases, for the desk: `/desk/cases` and below. */
export function deskCaseRoutes(options: DeskCasesOptions): SiteRoute<Visitor, Need>[] {
  const { needs } = options
  return [
    { method: 'GET', path: '/desk/cases', needs, handle: (request) => queuePage(options, request) },
    { method: 'POST', path: '/desk/cases/many', needs, handle: (request) => actOnMany(options, request) },
    { method: 'GET', path: '/desk/cases/:case', needs, handle: (request) => casePage(options, request) },
    {
      method: 'GET',
      path: '/desk/cases/:case/decide/:outcome',
      needs,
      handle: (request) => decidePage(options, request),
    },
    {
      method: 'GET',
      path: '/desk/cases/:case/files/:file',
      needs,
      handle: (request) => filePage(options, request),
    },
    {
      method: 'POST',
      path: '/desk/cases/:case/ask-again',
      needs,
      handle: (request) => askAgain(options, request),
    },
    ...caseActionRoutes(options),
    ...caseSigningRoutes(options),
  ]
}

/**
 * What came is shown and not kept: the answer to the POST itself is the page. Registers are asked for whoever works on the
 * case now, as the applicant can be; what is decided is no reason to look anybody up.
 */
async function askAgain(options: DeskCasesOptions, request: SiteRequest<Visitor>): Promise<SiteAnswer> {
  const { cases, officerOf } = options
  await cases.assertMay(officerOf(request.who), { case: request.parameters.case ?? '' }, 'ask')
  const { case: found, definition, application } = await openCase(options, request)
  if (application === undefined) return await casePage(options, request)
  const by = { who: request.who, case: found.number }
  const askedAgain = await options.askAgain(definition, application, by)
  return await casePage(options, request, { askedAgain })
}

async function filePage(options: DeskCasesOptions, request: SiteRequest<Visitor>): Promise<SiteAnswer> {
  const { case: found } = await openCase(options, request)
  const application = found.content === null ? undefined : applicationOf(found)
  const answer = application && fileOfCase(application, found.replies ?? [], request.parameters.file ?? '')
  const body = answer && (await options.fileOf(application, answer.id))
  if (answer === undefined || body === undefined) throw new Problem(deskCaseProblems['case-file-not-found'])
  return { kind: 'file', contentType: answer.mediaType, name: answer.name, body }
}
