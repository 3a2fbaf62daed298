import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { LookAtMachine } from '../checks/check.ts'
import type { Authority } from './authority.ts'
import type { CenterConfig } from './center.ts'

/** What everything in the center stands on. */
export interface CenterGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly config: Required<CenterConfig>
  readonly authority: Authority
  readonly lookAtMachine: LookAtMachine
}
