import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteAnswer, SiteRequest, SiteRoute } from '@sapan/ui'
import type { DeskCasesOptions } from '../options.ts'
import { deskCaseProblems } from '../problems.ts'
import { seenIn } from './actions.ts'

type Request = SiteRequest<Visitor>

/** Signing what a decision brings: read it, sign it with one's own key, put it into the case. */
export function caseSigningRoutes(options: DeskCasesOptions): SiteRoute<Visitor, Need>[] {
  const { needs, cases, officerOf } = options
  const one = '/desk/cases/:case/outputs/:output'
  return [
    {
      method: 'GET',
      path: one,
      needs,
      handle: async ({ who, parameters }): Promise<SiteAnswer> => {
        const { case: id = '', output = '' } = parameters
        // The name of who first has it made stands under it: nobody's but a signer's.
        await cases.assertMay(officerOf(who), { case: id }, 'sign')
        const body = await signingOf(options).preview(officerOf(who), id, output)
        return { kind: 'file', contentType: 'application/pdf', body }
      },
    },
    {
      method: 'POST',
      path: `${one}/sign`,
      needs,
      handle: async (request: Request): Promise<SiteAnswer> => {
        const { who, parameters, language } = request
        // Who may not do it learns so before a document is made.
        const seen = seenIn(request)
        await cases.assertMay(officerOf(who), seen, 'sign')
        const about = { case: seen, output: parameters.output ?? '', language }
        return { kind: 'redirect', to: await signingOf(options).begin(who, about) }
      },
    },
    {
      method: 'POST',
      path: '/desk/cases/:case/sign',
      needs,
      handle: async (request: Request): Promise<SiteAnswer> => await takeSigned(options, request),
    },
  ]
}

/** Once all documents are signed, the step is done. */
async function takeSigned(options: DeskCasesOptions, request: Request): Promise<SiteAnswer> {
  const { who, parameters } = request
  const id = parameters.case ?? ''
  const officer = options.officerOf(who)
  await options.cases.assertMay(officer, { case: id }, 'sign')
  const isComplete = await signingOf(options).take(who, id)
  if (isComplete) await options.cases.sign(officer, seenIn(request))
  return { kind: 'redirect', to: `/desk/cases/${id}?done` }
}

function signingOf({ signing }: DeskCasesOptions) {
  if (signing === undefined) throw new Problem(deskCaseProblems['case-signing-missing'])
  return signing
}
