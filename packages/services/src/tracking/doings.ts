import type { Case } from '@sapan/casework'
import type { Saying } from './say.ts'

/** What somebody does on a case of theirs, by its name in addresses. */
export type Doing = Saying | 'reply'

/** What who may act on a case can do now, on the pages and in the API alike. `now`: milliseconds since 1970. Pure. */
export function doingsOf(found: Pick<Case, 'state' | 'plan' | 'appealUntil'>, now: number): readonly Doing[] {
  const { state, appealUntil } = found
  const isAppealable = state === 'completed' && appealUntil !== undefined && now <= appealUntil
  return [
    ...(state === 'awaiting-information' ? (['reply'] as const) : []),
    ...(isAppealable ? (['appeal'] as const) : []),
    ...(mayWithdraw(found) ? (['withdraw'] as const) : []),
  ]
}

/** Before a decision, and an appeal as long as it is not decided. */
function mayWithdraw({ state, plan }: Pick<Case, 'state' | 'plan'>): boolean {
  if (state === 'appealed') return true
  return (
    plan.mayWithdraw &&
    (state.startsWith('awaiting-') || state === 'in-review') &&
    state !== 'awaiting-signature'
  )
}
