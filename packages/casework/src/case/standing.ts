import type { CaseChange } from './event.ts'
import { type CasePlan, type CaseStage, stepsOf } from './plan.ts'
import { type CaseAction, type CaseState, ended, running, transitions } from './states.ts'

/** The part of a case that events change: a fold of them, and nothing else. */
export interface CaseStanding {
  readonly state: CaseState
  readonly stage: CaseStage
  /** Which step of the stage is to be done; behind the last one: none. */
  readonly step: number
  /** Whether a rule is to decide it. */
  readonly byRule: boolean
  readonly isPaid: boolean
  readonly awaitedConsents: readonly string[]
  readonly assignee?: string
  /** Who did the present step, until enough have: each officer counts once. */
  readonly done: readonly string[]
  /** Who did which step, however often the case came back. */
  readonly hands: readonly Hand[]
  /** The decision that somebody proposed and others have to join, or that stands: the version of its event. */
  readonly decision?: Decided
  /** That of the first stage, while an appeal runs. */
  readonly firstDecision?: Decided
  readonly dueAt?: number
  readonly daysLeft?: number
  readonly lapseAt?: number
  readonly overdueAt?: number
  readonly endedAt?: number
  readonly appealUntil?: number
  readonly erasedAt?: number
  readonly version: number
}

export interface Hand {
  readonly stage: CaseStage
  readonly step: number
  readonly officer: string
}

export interface Decided {
  readonly event: number
  readonly favours: boolean
}

/** How a case begins. */
export interface CaseBeginning {
  readonly fee: number
  readonly consents: readonly string[]
}

/** What an event makes of the standing, before the state that it leads to is known. */
type Draft = { -readonly [Key in keyof CaseStanding]: CaseStanding[Key] }

/** The standing after the first event. */
export function begin(plan: CasePlan, { fee, consents }: CaseBeginning, change: CaseChange): CaseStanding {
  const draft: Draft = {
    state: 'awaiting-payment',
    stage: 'first',
    step: 0,
    byRule: plan.automatic === true || !hasDecider(plan, 'first'),
    isPaid: fee === 0,
    awaitedConsents: consents,
    done: [],
    hands: [],
    version: 1,
  }
  return settle(draft, restingState(draft, plan), change)
}

/** The standing after an event; undefined where state, plan or time do not allow it. */
export function stand(before: CaseStanding, plan: CasePlan, change: CaseChange): CaseStanding | undefined {
  const lead = transitions[before.state][change.action]
  if (lead === undefined || !isAllowed(before, plan, change)) return undefined
  const draft: Draft = { ...before, version: before.version + 1 }
  apply(draft, plan, change)
  if (lead === 'here') return draft
  const isOver = draft.stage === 'appeal' && (lead === 'withdrawn' || lead === 'lapsed')
  if (isOver) return backToFirst(draft, change)
  const state = lead === 'onward' || lead === 'back' ? restingState(draft, plan) : lead
  return settle(draft, state, change)
}

/** How all events of a case leave it; undefined where one of them was not allowed. */
export function replay(
  plan: CasePlan,
  beginning: CaseBeginning,
  [first, ...rest]: readonly CaseChange[],
): CaseStanding | undefined {
  if (first?.action !== 'submit') return undefined
  let standing: CaseStanding | undefined = begin(plan, beginning, first)
  for (const change of rest) standing = standing && stand(standing, plan, change)
  return standing
}

const ofRule: readonly CaseAction[] = ['decide', 'send-back', 'review', 'endorse']

function isAllowed(before: CaseStanding, plan: CasePlan, change: CaseChange): boolean {
  const { action, at, by } = change
  switch (action) {
    case 'pay':
      return !before.isPaid
    case 'consent':
    case 'decline':
      return before.awaitedConsents.includes(change.consent ?? '')
    case 'withdraw':
      return before.stage === 'appeal' || plan.mayWithdraw
    case 'void':
      return before.stage === 'first'
    case 'send-back':
      return before.state === 'carrying-out' ? by === 'system' : by === 'officer' && before.step > 0
    case 'lapse':
      return before.lapseAt !== undefined && at > before.lapseAt
    case 'overdue':
      return before.overdueAt === undefined && before.dueAt !== undefined && at > before.dueAt
    case 'appeal':
      return mayAppeal(before, at)
    case 'erase':
      return before.erasedAt === undefined
    case 'release':
      return before.assignee !== undefined
    default:
      return !ofRule.includes(action) || before.byRule === (by === 'system')
  }
}

function mayAppeal({ stage, decision, appealUntil }: CaseStanding, at: number): boolean {
  return stage === 'first' && decision?.favours === false && appealUntil !== undefined && at <= appealUntil
}

function apply(draft: Draft, plan: CasePlan, change: CaseChange): void {
  const { action, actor, at } = change
  switch (action) {
    case 'pay':
      draft.isPaid = true
      break
    case 'consent':
      draft.awaitedConsents = draft.awaitedConsents.filter((id) => id !== change.consent)
      break
    case 'take':
    case 'assign':
      assign(draft, change.assignee)
      break
    case 'release':
      assign(draft, undefined)
      break
    case 'decide':
      draft.decision = { event: draft.version, favours: change.favours === true }
      doStep(draft, plan, actor)
      passOver(draft, plan, change)
      break
    case 'review':
    case 'endorse':
    case 'sign':
      doStep(draft, plan, actor)
      break
    case 'send-back':
      goBack(draft, plan)
      break
    case 'appeal':
      beginAppeal(draft)
      break
    case 'overdue':
      draft.overdueAt = at
      break
    case 'postpone':
      Object.assign(draft, laterTimes(change))
      break
    case 'erase':
      draft.erasedAt = at
      break
  }
}

function laterTimes({ dueAt, lapseAt, appealUntil }: CaseChange): Partial<Draft> {
  return {
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(lapseAt === undefined ? {} : { lapseAt }),
    ...(appealUntil === undefined ? {} : { appealUntil }),
  }
}

function assign(draft: Draft, to: string | undefined): void {
  if (to === undefined) delete draft.assignee
  else draft.assignee = to
}

/** Who does a step gives the case away: to the next who has to do it, or to the next step. */
function doStep(draft: Draft, plan: CasePlan, officer: string | undefined): void {
  delete draft.assignee
  if (officer === undefined) {
    draft.step = stepsOf(plan, draft.stage).length
    draft.byRule = false
    return
  }
  const { stage, step } = draft
  draft.hands = [...draft.hands, { stage, step, officer }]
  draft.done = [...draft.done, officer]
  if (draft.done.length < (stepsOf(plan, stage)[step]?.count ?? 1)) return
  draft.step = step + 1
  draft.done = []
}

/** Where officers sign nothing of what was decided, nobody is asked to; what a rule decided is signed where it must be. */
function passOver(draft: Draft, plan: CasePlan, { by, isSigned }: CaseChange): void {
  const steps = stepsOf(plan, draft.stage)
  const decision = steps.findIndex(({ kind }) => kind === 'decide')
  if (by === 'system' && isSigned === true) draft.step = decision + 1
  if (draft.step > decision && isSigned === false) draft.step = steps.length
}

function hasDecider(plan: CasePlan, stage: CaseStage): boolean {
  return stepsOf(plan, stage).some(({ kind }) => kind === 'decide')
}

/**
 * To the step before. What waits for its signature or is carried out goes back to who decides; a decision by rule, to
 * the first who would have looked at it, or to the rule where there is nobody.
 */
function goBack(draft: Draft, plan: CasePlan): void {
  const steps = stepsOf(plan, draft.stage)
  const decision = steps.findIndex(({ kind }) => kind === 'decide')
  const wasDecidedByRule = !draft.hands.some(({ stage }) => stage === draft.stage)
  draft.byRule = decision < 0
  if (wasDecidedByRule) draft.step = 0
  else draft.step = draft.step > decision ? decision : draft.step - 1
  draft.done = []
  delete draft.assignee
  if (draft.firstDecision === undefined) delete draft.decision
  else draft.decision = draft.firstDecision
}

function beginAppeal(draft: Draft): void {
  draft.stage = 'appeal'
  draft.step = 0
  draft.done = []
  if (draft.decision !== undefined) draft.firstDecision = draft.decision
  delete draft.appealUntil
  delete draft.endedAt
  delete draft.overdueAt
  delete draft.assignee
}

/** An appeal came to nothing: the first decision stands, and cannot be appealed again. */
function backToFirst(draft: Draft, change: CaseChange): CaseStanding {
  if (draft.firstDecision !== undefined) draft.decision = draft.firstDecision
  return settle(draft, 'completed', change)
}

/** Where a case stands for which nothing special is awaited. */
function restingState(standing: CaseStanding, plan: CasePlan): CaseState {
  if (!standing.isPaid) return 'awaiting-payment'
  if (standing.awaitedConsents.length > 0) return 'awaiting-consent'
  if (standing.byRule) return 'awaiting-decision'
  const kind = stepsOf(plan, standing.stage)[standing.step]?.kind
  if (kind === undefined) return 'carrying-out'
  return kind === 'decide' && standing.stage === 'appeal' ? 'appealed' : restingAt[kind]
}

const restingAt = {
  review: 'in-review',
  endorse: 'awaiting-endorsement',
  decide: 'awaiting-decision',
  sign: 'awaiting-signature',
} as const satisfies Record<string, CaseState>

const lapsing: readonly CaseState[] = ['awaiting-payment', 'awaiting-consent', 'awaiting-information']

/** Enters a state, with the clocks that run there. */
function settle(draft: Draft, state: CaseState, change: CaseChange): CaseStanding {
  draft.state = state
  if (change.dueAt !== undefined) draft.dueAt = change.dueAt
  if (running.includes(state)) delete draft.daysLeft
  else if (change.daysLeft !== undefined) draft.daysLeft = change.daysLeft
  if (state === 'awaiting-information') delete draft.dueAt
  if (change.lapseAt !== undefined) draft.lapseAt = change.lapseAt
  else if (!lapsing.includes(state)) delete draft.lapseAt
  if (ended.includes(state)) {
    draft.endedAt = change.at
    delete draft.assignee
    if (change.appealUntil !== undefined) draft.appealUntil = change.appealUntil
  }
  return draft
}
