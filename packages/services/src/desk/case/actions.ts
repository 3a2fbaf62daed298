import type { CaseSeen, Officer } from '@sapan/casework'
import type { Need, Visitor } from '@sapan/identity'
import { Problem } from '@sapan/kernel'
import type { SiteAnswer, SiteRequest, SiteRoute } from '@sapan/ui'
import type { DeskCasesOptions } from '../options.ts'
import { readWanted } from './ask-form.ts'
import { casePage, openCase } from './case-page.ts'
import { decidePage, ruleOf } from './decide-page.ts'
import { readRuling } from './read-ruling.ts'

type Deed = (
  officer: Officer,
  seen: CaseSeen,
  form: URLSearchParams,
  request: SiteRequest<Visitor>,
) => Promise<unknown>

/** One address for each action of an officer on a case. */
export function caseActionRoutes(options: DeskCasesOptions): SiteRoute<Visitor, Need>[] {
  const { cases, needs } = options
  const text = (form: URLSearchParams, name: string) => form.get(name) ?? ''
  const deeds: Readonly<Record<string, Deed>> = {
    take: (officer, seen) => cases.take(officer, seen),
    assign: (officer, seen, form) => cases.assign(officer, seen, text(form, 'to')),
    release: (officer, seen) => cases.release(officer, seen),
    note: (officer, seen, form) => cases.note(officer, seen, text(form, 'note')),
    ask: async (officer, seen, form, request) => {
      const wanted = readWanted(options, await openCase(options, request), form)
      return await cases.ask(officer, seen, text(form, 'ask'), wanted)
    },
    review: (officer, seen, form) => cases.review(officer, seen, text(form, 'review')),
    endorse: (officer, seen, form) => cases.endorse(officer, seen, text(form, 'endorse')),
    'send-back': (officer, seen, form) => cases.sendBack(officer, seen, text(form, 'send-back')),
    void: (officer, seen, form) => cases.void(officer, seen, text(form, 'void')),
  }
  return [
    ...Object.entries(deeds).map(
      ([action, deed]): SiteRoute<Visitor, Need> => ({
        method: 'POST',
        path: `/desk/cases/:case/${action}`,
        needs,
        handle: (request) => act(options, request, deed),
      }),
    ),
    {
      method: 'POST',
      path: '/desk/cases/:case/decide/:outcome',
      needs,
      handle: (request) => decide(options, request),
    },
  ]
}

async function act(
  options: DeskCasesOptions,
  request: SiteRequest<Visitor>,
  deed: Deed,
  page: typeof decidePage = sentPage,
): Promise<SiteAnswer> {
  const { form, parameters, who } = request
  const id = parameters.case ?? ''
  try {
    await deed(options.officerOf(who), seenIn(request), form, request)
  } catch (error) {
    if (error instanceof Problem) return await again(options, request, error, page)
    throw error
  }
  return { kind: 'redirect', to: `/desk/cases/${id}?done` }
}

/** A form without its version is as one that is out of date. */
export function seenIn({ form, parameters }: SiteRequest<Visitor>): CaseSeen {
  const text = form.get('version') ?? ''
  return { case: parameters.case ?? '', version: /^\d{1,9}$/.test(text) ? Number(text) : 0 }
}

/** The page of the case, whose forms stand on it. */
const sentPage: typeof decidePage = (options, request, unsent) =>
  casePage(options, request, unsent === undefined ? {} : { unsent })

/** The page as it stands now, with what was typed; other problems have pages of their own. */
async function again(
  options: DeskCasesOptions,
  request: SiteRequest<Visitor>,
  problem: Problem,
  page: typeof decidePage,
): Promise<SiteAnswer> {
  const { form, language, path } = request
  const { status, title, next } = problem.type
  if (problem.code === 'case-words-missing') {
    const field = path.slice(path.lastIndexOf('/') + 1)
    const problems = [{ field, text: next[language] }]
    return await page(options, request, { status, form, problems })
  }
  if (problem.code !== 'case-changed') throw problem
  const notice = { title: title[language], text: next[language] }
  return await page(options, request, { status, form, problems: [], notice })
}

async function decide(options: DeskCasesOptions, request: SiteRequest<Visitor>): Promise<SiteAnswer> {
  const open = await openCase(options, request)
  const read = await readRuling(options, open, ruleOf(open, request), request)
  if (read.kind === 'problems')
    return await decidePage(options, request, { status: 422, form: request.form, problems: read.problems })
  const deed: Deed = (officer, seen) => options.cases.decide(officer, seen, read.ruling)
  return await act(options, request, deed, decidePage)
}
