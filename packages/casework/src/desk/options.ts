import type { Clock, WorkingDays } from '@sapan/kernel'
import type { Casework, Colleagues } from '../casework.ts'
import type { TaskNames } from '../task/kinds.ts'
import type { Officer } from '../task/task.ts'

/** What the pages of tasks stand on. `Who` and `Need` are the face's. */
export interface TaskPagesOptions<Who, Need> {
  readonly casework: Casework
  readonly officers: Pick<Colleagues, 'nameOf'>
  readonly days: WorkingDays
  readonly clock: Clock
  readonly names: TaskNames
  /** The officer whom the visitor is; the face lets nobody else in, by `needs`. */
  readonly officerOf: (who: Who) => Officer
  readonly needs: Need
}
