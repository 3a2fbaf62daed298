/** How a task stands. */
export type TaskState = 'open' | 'taken' | 'answered' | 'closed'

/** What happens to a task. `open` is its first event; `overdue` is marked by the clock, all others by officers. */
export type TaskAction =
  | 'open'
  | 'take'
  | 'assign'
  | 'release'
  | 'note'
  | 'answer'
  | 'close'
  | 'reopen'
  | 'overdue'
  /** The last day of its time became a holiday. */
  | 'postpone'

/** Where each action leads. What is not here is not allowed. */
export const transitions: Readonly<Record<TaskState, Partial<Record<TaskAction, TaskState>>>> = {
  open: { take: 'taken', assign: 'taken', note: 'open', close: 'closed', overdue: 'open', postpone: 'open' },
  taken: {
    assign: 'taken',
    release: 'open',
    note: 'taken',
    answer: 'answered',
    close: 'closed',
    overdue: 'taken',
    postpone: 'taken',
  },
  answered: { note: 'answered', close: 'closed', reopen: 'open' },
  closed: { reopen: 'open' },
}

/** The part of a task that events change. */
export interface TaskStanding {
  readonly state: TaskState
  readonly assignee: string | undefined
  readonly dueAt: number
  readonly overdueAt: number | undefined
  readonly version: number
}

/** What an event says of the standing. */
export interface TaskChange {
  readonly action: TaskAction
  readonly at: number
  /** The officer who has it from now on: of `take` and `assign`. */
  readonly assignee?: string
  /** The end of the time in which it must be answered: of `open`, `reopen` and `postpone`. */
  readonly dueAt?: number
}

/** The standing after an event; undefined where the state does not allow it. Without a standing, only `open` is. */
export function stand(before: TaskStanding | undefined, change: TaskChange): TaskStanding | undefined {
  const { action, at } = change
  if (before === undefined) {
    if (action !== 'open' || change.dueAt === undefined) return undefined
    return { state: 'open', assignee: undefined, dueAt: change.dueAt, overdueAt: undefined, version: 1 }
  }
  const state = transitions[before.state][action]
  if (state === undefined) return undefined
  if (action === 'overdue' && (before.overdueAt !== undefined || at <= before.dueAt)) return undefined
  if (action === 'postpone' && !isLater(before, change)) return undefined
  return {
    state,
    assignee: assigneeAfter(before, change, state),
    dueAt: action === 'reopen' || action === 'postpone' ? (change.dueAt ?? before.dueAt) : before.dueAt,
    overdueAt: overdueAfter(before, change),
    version: before.version + 1,
  }
}

/** A time that is over is not begun anew, and none ends earlier than was told. */
function isLater({ overdueAt, dueAt }: TaskStanding, change: TaskChange): boolean {
  return overdueAt === undefined && change.dueAt !== undefined && change.dueAt > dueAt
}

function assigneeAfter(before: TaskStanding, { assignee }: TaskChange, state: TaskState): string | undefined {
  return state === 'open' ? undefined : (assignee ?? before.assignee)
}

function overdueAfter(before: TaskStanding, { action, at }: TaskChange): number | undefined {
  if (action === 'overdue') return at
  return action === 'reopen' ? undefined : before.overdueAt
}
