import type { IncomingMessage } from 'node:http'
import { Problem } from '@sapan/kernel'
import type { Surroundings } from '@sapan/ui'
import type { Checked } from '../checking/job.ts'
import { type CheckPageOptions, checkPage, resultPage } from '../pages/check-page.ts'
import { portalProblems } from '../problems.ts'
import { type AnswerKind, acceptedKind } from './accept.ts'
import { answerProblem, type Outgoing, pageHeaders } from './answer.ts'
import { apiDescription } from './api/description.ts'
import { pathOf, problemHeaders, queryOf } from './routes.ts'

/** What all answers of one portal to one reader have in common. */
export interface AnswerSetting extends Pick<CheckPageOptions, 'language' | 'phase' | 'mostBytes'> {
  /** Where the portal has a site. */
  readonly around?: Surroundings | undefined
}

/** The page on which a file is chosen. */
export function emptyAnswer(request: IncomingMessage, setting: AnswerSetting): Outgoing {
  const document = queryOf(request).get('document')?.slice(0, 100) || undefined
  const body = checkPage({ ...inFrame(setting), ...(document && { document }) })
  return { status: 200, headers: pageHeaders(setting.language, setting.around), body }
}

/** What was found, in the form that was asked for. Throws `portal-fault` where a PDF was not made. */
export function resultAnswer(checked: Checked, kind: AnswerKind, setting: AnswerSetting): Outgoing {
  if (kind === 'json') {
    const headers = { 'content-type': 'application/json' }
    return { status: 200, headers, body: JSON.stringify(checked.report) }
  }
  if (kind === 'pdf') {
    if (checked.pdf === undefined) throw new Problem(portalProblems['portal-fault'])
    return { status: 200, headers: { 'content-type': 'application/pdf' }, body: Buffer.from(checked.pdf) }
  }
  const headers = pageHeaders(setting.language, setting.around)
  return { status: 200, headers, body: resultPage(inFrame(setting), checked) }
}

/** Why there is no result: on the page itself for those who read one, as RFC 9457 for programs. */
export function problemAnswer(problem: Problem, request: IncomingMessage, setting: AnswerSetting): Outgoing {
  const { language } = setting
  const path = pathOf(request)
  const kind = path === '/check' ? acceptedKind(request.headers.accept) : 'json'
  const headers = problemHeaders(problem, path)
  if (kind !== 'page') return answerProblem(problem, language, headers)
  const body = checkPage({ ...inFrame(setting), problem })
  const all = { ...pageHeaders(language, setting.around), ...headers }
  return { status: problem.type.status, headers: all, body }
}

function inFrame({ around, ...setting }: AnswerSetting): CheckPageOptions {
  return { ...setting, frame: around?.frame }
}

/** The description of `/api/check`, for programs. */
export function descriptionAnswer({ language, mostBytes }: AnswerSetting): Outgoing {
  const headers = {
    'content-type': 'application/json',
    'content-language': language,
    vary: 'accept-language',
    'cache-control': 'public, max-age=300',
  }
  return { status: 200, headers, body: JSON.stringify(apiDescription(language, mostBytes)) }
}
