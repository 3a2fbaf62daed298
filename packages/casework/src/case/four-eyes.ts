import { type CasePlan, type CaseStep, stepsOf } from './plan.ts'
import type { CaseStanding, Hand } from './standing.ts'

/** Steps that check each other. A signature does not: who decided may sign what they decided. */
const checking: readonly CaseStep['kind'][] = ['review', 'endorse', 'decide']

/**
 * Whether the officer may do the present step, for what they did before. Review, endorsement and decision are each
 * another officer's; a step that needs several needs several people; an appeal is decided by who had no hand in what
 * was endorsed, decided or signed at first.
 */
export function mayDoStep(standing: CaseStanding, plan: CasePlan, officer: string): boolean {
  const { stage, step, done, hands } = standing
  const present = stepsOf(plan, stage)[step]
  if (present === undefined) return true
  if (done.includes(officer)) return false
  const own = hands.filter((hand) => hand.officer === officer)
  if (stage === 'appeal' && present.kind === 'decide') {
    return !own.some((hand) => hand.stage === 'first' && kindOf(plan, hand) !== 'review')
  }
  if (!checking.includes(present.kind)) return true
  return !own.some((hand) => hand.stage === stage && hand.step !== step && checks(plan, hand))
}

function checks(plan: CasePlan, hand: Hand): boolean {
  const kind = kindOf(plan, hand)
  return kind !== undefined && checking.includes(kind)
}

function kindOf(plan: CasePlan, { stage, step }: Hand): CaseStep['kind'] | undefined {
  return stepsOf(plan, stage)[step]?.kind
}
