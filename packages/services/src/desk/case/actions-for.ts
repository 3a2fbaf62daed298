import {
  type Case,
  type CaseAction,
  type CaseState,
  type CaseStep,
  caseTransitions,
  type Officer,
  stepsOf,
} from '@sapan/casework'

/** What needs that the officer has the case. */
const onlyHolder: readonly CaseAction[] = [
  'review',
  'endorse',
  'decide',
  'sign',
  'ask',
  'send-back',
  'release',
  'void',
]
/** What officers do; the others are the applicant's, others' and the system's. */
const officers: readonly CaseAction[] = [...onlyHolder, 'take', 'assign', 'note']

const kinds: Partial<Record<CaseState, CaseStep['kind']>> = {
  'in-review': 'review',
  'awaiting-endorsement': 'endorse',
  'awaiting-decision': 'decide',
  'awaiting-signature': 'sign',
}

/** What an officer can do with a case as it stands; whether they may, the case itself decides when they do it. */
export function actionsFor(found: Case, officer: Officer): ReadonlySet<CaseAction> {
  const allowed = caseTransitions[found.state]
  const hasDuty = found.duty !== undefined && officer.duties.includes(found.duty)
  const isHolder = found.assignee === officer.account
  const steps = stepsOf(found.plan, found.stage)
  return new Set(
    officers.filter((action) => {
      if (allowed[action] === undefined) return false
      if (action === 'note') return true
      if (!hasDuty) return false
      if (action === 'take') return found.assignee === undefined
      // Before the first step there is none to which it could go back.
      if (action === 'send-back' && !steps.slice(1).some(({ kind }) => kind === kinds[found.state]))
        return false
      if (action === 'sign' && !steps.some(({ kind }) => kind === 'sign')) return false
      return !onlyHolder.includes(action) || isHolder
    }),
  )
}
