import { type Case, type CaseAction, caseTransitions, type Officer, stepsOf } from '@sapan/casework'

/** What needs that the officer has the case. */
const onlyHolder: readonly CaseAction[] = [
  'review',
  'endorse',
  'decide',
  'sign',
  'ask',
  'send-back',
  'release',
]
/** What officers do; the others are the applicant's, others' and the system's. */
const officers: readonly CaseAction[] = [...onlyHolder, 'take', 'assign', 'note', 'void']

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
      if (action === 'sign' && !steps.some(({ kind }) => kind === 'sign')) return false
      return !onlyHolder.includes(action) || isHolder
    }),
  )
}
