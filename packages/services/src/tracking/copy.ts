import type { Case } from '@sapan/casework'
import type { Application, DraftContent } from '../application/application.ts'
import { applicationNow, applicationOf } from '../application/of-case.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import { flatAnswers } from '../draft/copied.ts'
import type { Party } from '../draft/draft.ts'
import { moveContent } from '../draft/move.ts'
import { applyFacts } from '../prefill/apply.ts'
import { submissionProblem } from '../submission/problems.ts'
import { partyOf } from '../submission/who.ts'
import { ownCase } from './case-page.ts'
import type { TrackingOptions, TrackingRequest } from './options.ts'

/** Answers that are the applicant's own are taken over; what registers said is asked for anew and agreed to anew. Pure. */
export function copiedContent(
  before: ServiceDefinition,
  now: ServiceDefinition,
  content: DraftContent,
): DraftContent {
  const { content: moved } = before.version === now.version ? { content } : moveContent(content, now, before)
  const answers = Object.fromEntries(
    Object.entries(moved.answers).filter(([id]) => !isFile(moved.answers[id]) && !isFromRegister(moved, id)),
  )
  const fresh = { ...moved, answers, facts: {}, marks: {}, done: [] }
  return applyFacts(now, fresh)
}

function isFromRegister({ marks }: DraftContent, id: string): boolean {
  return marks[id]?.origin === 'register'
}

function isFile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'sha256' in value
}

/** What was applied for another is copied while one acts for them, and nowhere else. */
function isFor({ applicant }: Pick<Application, 'applicant'>, party: Party | undefined): boolean {
  return applicant.mandate === undefined ? party === undefined : party?.id === applicant.id
}

/** Whether the person may begin anew with the answers of a case, in the name in which they act now. */
export async function mayCopy(
  { ground }: TrackingOptions,
  who: TrackingRequest['who'],
  found: Case,
): Promise<boolean> {
  if (found.content === null || ground.definitions.find(found.service) === undefined) return false
  return isFor(applicationOf(found), await partyOf(ground, who))
}

/** Begins a draft with the answers of an earlier application; its facts page asks registers as they are today. */
export async function copyApplication(options: TrackingOptions, request: TrackingRequest) {
  const { ground, drafts } = options
  const { found, isOwn } = await ownCase(options, request)
  const before = ground.definitions.version(found.service, found.version)
  const now = ground.definitions.find(found.service)
  const isThere = isOwn && found.content !== null
  if (!isThere || before === undefined || now === undefined) throw submissionProblem('application-not-found')
  const application = applicationNow(before, found, ground.days)
  const party = await partyOf(ground, request.who)
  if (!isFor(application, party)) throw submissionProblem('application-not-found')
  const { applicant, answers, facts, marks, done } = application
  const mine = { ...applicant, account: request.who.account }
  const content = copiedContent(before, now, { applicant: mine, answers, facts, marks, done })
  const owner = { account: request.who.account, ...(party && { party }) }
  const draft = await drafts.create(owner, {
    ...{ service: now.id, version: now.version, content },
    copied: { number: found.number, answers: flatAnswers(before, application) },
  })
  return { kind: 'redirect', to: `/services/${now.id}/drafts/${draft.id}` } as const
}
