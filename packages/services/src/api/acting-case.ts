import { type Case, type CasePerson, caseProblems } from '@sapan/casework'
import { Problem } from '@sapan/kernel'
import type { SiteFile } from '@sapan/ui'
import { mayAct } from '../tracking/may-act.ts'
import { ownCase } from './case-routes.ts'
import type { ApiCaller, ServicesApiOptions } from './options.ts'
import type { ApiRequest, PersonWork } from './person-route.ts'
import { assertSeen, caseTag } from './precondition.ts'
import { apiProblems } from './problems.ts'

export interface ActingCase {
  readonly who: ApiCaller
  /** With those alone for whom they may act in it. */
  readonly person: CasePerson
  readonly found: Case
}

export type CaseWork = (acting: ActingCase, request: ApiRequest) => Promise<SiteFile>

/** Work on a case by who may act on it now; for who may only look, and anybody else, it is not there, which is logged. */
export function onCase(options: ServicesApiOptions, work: CaseWork): PersonWork {
  return async (request, who) => {
    const { account } = who
    const { found, actor } = await ownCase(options, request, account)
    if (mayAct(found, actor)) return await work({ who, found, person: actor }, request)
    options.ground.log.warn({ case: found.id, account }, 'act for another without a mandate refused')
    throw new Problem(caseProblems['case-not-found'])
  }
}

/** The same for what changes it: the program names the case that it saw. */
export function onSeenCase(options: ServicesApiOptions, work: CaseWork): PersonWork {
  return onCase(options, async (acting, request) => {
    assertSeen(request, caseTag(acting.found))
    try {
      return await work(acting, request)
    } catch (error) {
      // Somebody else acted between our look and our act.
      if (error instanceof Problem && error.code === 'case-changed')
        throw new Problem(apiProblems['api-precondition-failed'], { cause: error })
      throw error
    }
  })
}
