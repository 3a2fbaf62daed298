import { type PoolClient, Problem } from '@sapan/kernel'
import { moveCase } from '../store/case/cases.ts'
import { movedRow, standingOf, type WholeCaseRow } from '../store/case/row.ts'
import { caseSeal } from '../store/case/sealing.ts'
import type { CasesOptions } from './cases.ts'
import { clocksOf } from './clocks.ts'
import { type CaseChange, type CaseWords, caseQueue } from './event.ts'
import { type CasePlan, stepsOf } from './plan.ts'
import { caseProblems } from './problems.ts'
import { type CaseStanding, stand } from './standing.ts'
import type { CaseAction } from './states.ts'

/** What somebody does, before its clocks are known. */
export interface CaseDeed extends Omit<CaseChange, 'at' | 'dueAt' | 'daysLeft' | 'lapseAt' | 'appealUntil'> {
  readonly words?: CaseWords
  /** Of `postpone`. */
  readonly times?: Pick<CaseChange, 'dueAt' | 'lapseAt' | 'appealUntil'>
}

/**
 * Does it: event, row and the job that tells of it in the caller's transaction. Throws `case-transition-not-allowed`, and
 * `case-changed` where somebody was faster.
 */
export async function append(
  options: CasesOptions,
  client: PoolClient,
  row: WholeCaseRow,
  { words, times, ...deed }: CaseDeed,
): Promise<WholeCaseRow> {
  const { clock, days, sealer } = options
  const before = standingOf(row)
  const at = clock()
  const led = stand(before, row.plan, { ...deed, at })
  if (led === undefined) throw new Problem(caseProblems['case-transition-not-allowed'])
  const change: CaseChange = { ...deed, at, ...clocksOf(days, row, before, led, at), ...times }
  const after = stand(before, row.plan, change) ?? led
  const duty = dutyOf(row.plan, after)
  const wordsSealed =
    words === undefined || row.key_sealed === null
      ? null
      : caseSeal(sealer, row.id, row.key_sealed).words(after.version, words)
  await moveCase(client, row, { after, duty, change, wordsSealed })
  await announce(options, client, row.id, after.version, deed.action)
  const moved = movedRow(row, after, duty)
  return deed.action === 'erase' ? { ...moved, key_sealed: null } : moved
}

/** The job of an event, sent once. */
export async function announce(
  { jobs, announced }: CasesOptions,
  client: PoolClient,
  id: string,
  event: number,
  action: CaseAction,
): Promise<void> {
  if (announced !== undefined && !announced.includes(action)) return
  await jobs.send(client, caseQueue(action), { case: id, event }, { key: `${id}:${event}` })
}

/** The same for the first event of cases that are opened together. */
export async function announceOpened(
  { jobs, announced }: CasesOptions,
  client: PoolClient,
  ids: readonly string[],
): Promise<void> {
  if (announced !== undefined && !announced.includes('submit')) return
  const sent = ids.map((id) => ({ data: { case: id, event: 1 }, key: `${id}:1` }))
  await jobs.sendAll(client, caseQueue('submit'), sent)
}

/** Whose holders have to do with it now; when nothing more is to be done, who decided. */
export function dutyOf(plan: CasePlan, { stage, step }: CaseStanding): string | undefined {
  const steps = stepsOf(plan, stage)
  return (steps[step] ?? steps.find(({ kind }) => kind === 'decide') ?? steps.at(-1))?.duty
}
