import { inTransaction, type PoolClient, Problem } from '@sapan/kernel'
import type { CaseworkOptions, TaskNews } from '../casework.ts'
import { caseworkProblems } from '../problems.ts'
import type { EventEntry } from '../store/events.ts'
import { summaryOf, type TaskRow } from '../store/row.ts'
import { appendEvent } from '../store/tasks.ts'
import type { Officer, TaskSummary } from '../task/task.ts'
import { fields, words } from '../task/words.ts'
import { suitable, visibleTask } from './reading.ts'

/** The task that an officer acts on, as they saw it. */
export interface TaskSeen {
  readonly task: string
  readonly version: number
}

/**
 * What officers do. Each action throws `task-not-found` for what the officer may not see, `task-changed` where somebody
 * was faster, `task-transition-not-allowed` where the state does not allow it, and `task-words-missing`.
 */
export interface TaskActions {
  take(officer: Officer, seen: TaskSeen): Promise<TaskSummary>
  /** Gives it to an officer, oneself included. Throws `task-colleague-unsuitable`. */
  assign(officer: Officer, seen: TaskSeen, to: string): Promise<TaskSummary>
  /** Puts it back. Like answering, for who has it only: `task-not-yours`. */
  release(officer: Officer, seen: TaskSeen): Promise<TaskSummary>
  /** For officers' eyes. */
  note(officer: Officer, seen: TaskSeen, text: string): Promise<TaskSummary>
  /** What the person gets. */
  answer(officer: Officer, seen: TaskSeen, answer: { text: string; reasons: string }): Promise<TaskSummary>
  /** Ends it; the person reads why where they got no answer. */
  close(officer: Officer, seen: TaskSeen, why: string): Promise<TaskSummary>
  /** Begins anew, with the whole time. */
  reopen(officer: Officer, seen: TaskSeen, why: string): Promise<TaskSummary>
}

type Deed = Pick<EventEntry, 'action' | 'assignee' | 'words'>

export function actions(options: CaseworkOptions): TaskActions {
  const act = (officer: Officer, seen: TaskSeen, deed: Deed) => actOn(options, officer, seen, deed)
  return {
    take: (officer, seen) => act(officer, seen, { action: 'take', assignee: officer.account }),
    assign: (officer, seen, to) => act(officer, seen, { action: 'assign', assignee: to }),
    release: (officer, seen) => act(officer, seen, { action: 'release' }),
    note: async (officer, seen, text) =>
      await act(officer, seen, { action: 'note', words: { text: words(text, fields.note) } }),
    answer: async (officer, seen, { text, reasons }) =>
      await act(officer, seen, {
        action: 'answer',
        words: { text: words(text, fields.answer), reasons: words(reasons, fields.reasons) },
      }),
    close: async (officer, seen, why) =>
      await act(officer, seen, { action: 'close', words: { text: words(why, fields.closing) } }),
    reopen: async (officer, seen, why) =>
      await act(officer, seen, { action: 'reopen', words: { text: words(why, fields.reopening) } }),
  }
}

async function actOn(
  options: CaseworkOptions,
  officer: Officer,
  seen: TaskSeen,
  deed: Deed,
): Promise<TaskSummary> {
  const { pool, clock, days, sealer } = options
  return await inTransaction(pool, async (client) => {
    const row = await visibleTask(options, client, officer, seen.task)
    if (row.version !== seen.version) throw new Problem(caseworkProblems['task-changed'])
    await refuseUnfit(options, row, officer, deed)
    const at = clock()
    const dueAt = deed.action === 'reopen' ? days.due(at, row.working_days) : undefined
    const event = { ...deed, at, actor: officer.account, ...(dueAt === undefined ? {} : { dueAt }) }
    const after = await appendEvent(client, sealer, row, event)
    const { assignee: _, overdueAt: __, ...before } = summaryOf(row)
    const task: TaskSummary = {
      ...before,
      state: after.state,
      dueAt: after.dueAt,
      version: after.version,
      ...(after.assignee === undefined ? {} : { assignee: after.assignee }),
      ...(after.overdueAt === undefined ? {} : { overdueAt: after.overdueAt }),
    }
    await tellOf(options, client, row, officer, deed, task)
    return task
  })
}

/** What a taken task asks of who answers, releases or closes it, and a task of who is given it. */
async function refuseUnfit(
  { officers }: CaseworkOptions,
  row: TaskRow,
  officer: Officer,
  { action, assignee }: Deed,
): Promise<void> {
  const isOwn = action === 'answer' || action === 'release' || action === 'close'
  if (isOwn && row.state === 'taken' && row.assignee !== officer.account) {
    throw new Problem(caseworkProblems['task-not-yours'])
  }
  if (action !== 'assign' || assignee === officer.account) return
  const colleagues = await suitable(officers, row)
  if (!colleagues.some(({ account }) => account === assignee)) {
    throw new Problem(caseworkProblems['task-colleague-unsuitable'])
  }
}

async function tellOf(
  { tell }: CaseworkOptions,
  client: PoolClient,
  before: TaskRow,
  officer: Officer,
  { action, assignee }: Deed,
  task: TaskSummary,
): Promise<void> {
  const news = newsFor(action, before)
  if (news !== undefined && before.subject !== null) {
    await tell(client, { what: news, to: before.subject, task })
  }
  if (action === 'assign' && assignee !== undefined && assignee !== officer.account) {
    await tell(client, { what: 'assigned', to: assignee, task })
  }
}

/** What the person learns. A task that is closed after its answer is none of their news. */
function newsFor(action: Deed['action'], before: TaskRow): TaskNews['what'] | undefined {
  if (action === 'answer') return 'answered'
  if (action === 'close') return before.state === 'answered' ? undefined : 'closed'
  return action === 'reopen' ? 'reopened' : undefined
}
