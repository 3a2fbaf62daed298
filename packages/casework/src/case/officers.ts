import { canonicalJson, inTransaction, Problem } from '@sapan/kernel'
import { caseSummary, standingOf, type WholeCaseRow } from '../store/case/row.ts'
import type { Colleague, Officer } from '../task/task.ts'
import { append, type CaseDeed } from './append.ts'
import type { CaseRuling, CaseSeen, CaseSummary } from './case.ts'
import type { CaseActions, CaseReport, CasesOptions } from './cases.ts'
import type { CaseWords } from './event.ts'
import { mayDoStep } from './four-eyes.ts'
import { concernOf, visibleCase } from './permission.ts'
import { isSignedByOfficers, stepsOf } from './plan.ts'
import { caseProblems } from './problems.ts'
import { stand } from './standing.ts'
import type { CaseAction } from './states.ts'
import { decisionOf, sealOf } from './whole-case.ts'
import { assertRuling, caseText, maybeText } from './words.ts'

type OfficerDeed = Omit<CaseDeed, 'by' | 'actor'>

export function officerActions(options: CasesOptions): CaseActions {
  const act = (officer: Officer, seen: CaseSeen, deed: OfficerDeed) => actOn(options, officer, seen, deed)
  const written = (action: CaseAction, words: CaseWords) => ({ action, words })
  return {
    take: (officer, seen) => act(officer, seen, { action: 'take', assignee: officer.account }),
    assign: (officer, seen, to) => act(officer, seen, { action: 'assign', assignee: to }),
    release: (officer, seen) => act(officer, seen, { action: 'release' }),
    note: async (officer, seen, text) => await act(officer, seen, written('note', { text: caseText(text) })),
    ask: async (officer, seen, text, wanted) =>
      await act(officer, seen, written('ask', { text: caseText(text), ...(wanted && { data: wanted }) })),
    review: async (officer, seen, text) => await act(officer, seen, written('review', maybeText(text))),
    sendBack: async (officer, seen, why) =>
      await act(officer, seen, written('send-back', { text: caseText(why) })),
    endorse: async (officer, seen, text) => await act(officer, seen, written('endorse', maybeText(text))),
    decide: (officer, seen, ruling) => decide(options, officer, seen, ruling),
    sign: (officer, seen, data) => act(officer, seen, written('sign', data === undefined ? {} : { data })),
    void: async (officer, seen, why) => await act(officer, seen, written('void', { text: caseText(why) })),
    assertMay: (officer, seen, action) => assertMay(options, officer, seen, action),
    actOnMany,
  }
}

async function assertMay(
  options: CasesOptions,
  officer: Officer,
  seen: Pick<CaseSeen, 'case'> & Partial<CaseSeen>,
  action: CaseAction,
): Promise<void> {
  const row = await visibleCase(options, options.pool, officer, seen.case)
  if (seen.version !== undefined && row.version !== seen.version) {
    throw new Problem(caseProblems['case-changed'])
  }
  refuseUnfit(row, officer, action)
  const change = { action, by: 'officer', actor: officer.account, at: options.clock() } as const
  if (stand(standingOf(row), row.plan, change) === undefined) {
    throw new Problem(caseProblems['case-transition-not-allowed'])
  }
}

/** Looks and asks first, in no transaction: the version guards what is written. */
async function actOn(
  options: CasesOptions,
  officer: Officer,
  seen: CaseSeen,
  deed: OfficerDeed,
  assertFit: (row: WholeCaseRow) => Promise<void> = async () => {},
): Promise<CaseSummary> {
  const { pool } = options
  const row = await visibleCase(options, pool, officer, seen.case)
  if (row.version !== seen.version) throw new Problem(caseProblems['case-changed'])
  refuseUnfit(row, officer, deed.action)
  if (deed.action === 'assign') await refuseUnsuitable(options, row, officer, deed.assignee)
  await assertFit(row)
  const entry: CaseDeed = { ...deed, by: 'officer', actor: officer.account }
  return caseSummary(await inTransaction(pool, (client) => append(options, client, row, entry)))
}

const anyHolder: readonly CaseAction[] = ['note']
const whoeverHasIt: readonly CaseAction[] = ['take', 'assign', 'note']
const steps: readonly CaseAction[] = ['take', 'review', 'endorse', 'decide', 'sign']

/** Notes are any holder's; all else is for the duty whose turn it is, and what a colleague has is theirs. */
function refuseUnfit(row: WholeCaseRow, officer: Officer, action: CaseAction): void {
  if (!anyHolder.includes(action) && (row.duty === null || !officer.duties.includes(row.duty))) {
    throw new Problem(caseProblems['case-duty-missing'])
  }
  const isColleagues = row.assignee !== null && row.assignee !== officer.account
  if (isColleagues && !whoeverHasIt.includes(action)) throw new Problem(caseProblems['case-not-yours'])
  if (steps.includes(action) && !mayDoStep(standingOf(row), row.plan, officer.account)) {
    throw new Problem(caseProblems['case-other-officer-needed'])
  }
}

async function refuseUnsuitable(
  options: CasesOptions,
  row: WholeCaseRow,
  officer: Officer,
  to: string | undefined,
): Promise<void> {
  if (to === officer.account && mayDoStep(standingOf(row), row.plan, to)) return
  const colleagues = await suitableFor(options, row)
  if (!colleagues.some(({ account }) => account === to)) {
    throw new Problem(caseProblems['case-colleague-unsuitable'])
  }
}

/** Holders of the duty whose turn it is who may do the step, and of whom it is known that they have no part in the case. */
export async function suitableFor(
  { officers, concerns }: CasesOptions,
  row: WholeCaseRow,
): Promise<readonly Colleague[]> {
  if (row.duty === null) return []
  const all = await officers.colleagues(row.agency, row.duty)
  const free = all.filter(({ account }) => mayDoStep(standingOf(row), row.plan, account))
  const found = await Promise.all(free.map(({ account }) => concernOf(concerns, account, row)))
  return free.filter((_, index) => found[index] === 'no')
}

async function decide(
  options: CasesOptions,
  officer: Officer,
  seen: CaseSeen,
  ruling: CaseRuling,
): Promise<CaseSummary> {
  assertRuling(ruling)
  const { outcome, favours, reasons, inputs } = ruling
  const row = await visibleCase(options, options.pool, officer, seen.case)
  const decision = {
    outcome,
    favours,
    reasons,
    inputs,
    by: officer.account,
    at: options.clock(),
    stage: row.stage,
  }
  return await actOn(
    options,
    officer,
    seen,
    { action: 'decide', favours, isSigned: isSignedByOfficers(row.plan, outcome), words: { decision } },
    async (now) => {
      await refuseOther(options, now, ruling)
    },
  )
}

/** Where several decide, all decide the same: outcome, and what goes with it. */
async function refuseOther(options: CasesOptions, row: WholeCaseRow, ruling: CaseRuling): Promise<void> {
  const step = stepsOf(row.plan, row.stage)[row.step]
  if (step?.kind !== 'decide' || row.done.length === 0) return
  const first = await decisionOf(options.pool, row, sealOf(options.sealer, row))
  const same = ({ outcome, favours, inputs }: CaseRuling) => canonicalJson({ outcome, favours, inputs })
  if (first !== undefined && same(first) !== same(ruling)) {
    throw new Problem(caseProblems['case-decision-differs'])
  }
}

async function actOnMany(
  seen: readonly CaseSeen[],
  act: (seen: CaseSeen) => Promise<CaseSummary>,
): Promise<readonly CaseReport[]> {
  const reports: CaseReport[] = []
  for (const one of seen) {
    try {
      reports.push({ case: one.case, now: await act(one) })
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      reports.push({ case: one.case, problem })
    }
  }
  return reports
}
