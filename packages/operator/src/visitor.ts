import { Problem } from '@sapan/kernel'
import type { SiteRequest, SiteRoute } from '@sapan/ui'
import type { AdminDoor } from './door.ts'
import { operatorProblems } from './problems.ts'

/** An operator who is signed in. */
export interface OperatorVisitor {
  readonly name: string
  /** Whether they may change anything; who may not is shown no way to. */
  readonly mayChange: boolean
  /** Whether they may open what was said in exchanges. */
  readonly mayOpen: boolean
  /** Whether they run the gateway or the center itself, and do not only look after single members. */
  readonly isWhole: boolean
  readonly door: AdminDoor
}

/** What a page wants of whoever opens it. */
export type OperatorNeed = 'look' | 'change' | 'open' | 'whole'

export type OperatorRequest = SiteRequest<OperatorVisitor | undefined>
export type OperatorRoute = SiteRoute<OperatorVisitor | undefined, OperatorNeed>

/** Who opened a page that nobody but operators can open. */
export function operatorOf({ who }: Pick<OperatorRequest, 'who'>): OperatorVisitor {
  if (who === undefined) throw new Problem(operatorProblems['operator-signed-out'])
  return who
}
