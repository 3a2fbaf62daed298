import type { CaseConsent, CaseSummary } from '../../case/case.ts'
import type { CasePlan, CaseStage } from '../../case/plan.ts'
import type { CaseStanding, Decided, Hand } from '../../case/standing.ts'
import type { CaseState } from '../../case/states.ts'

/** What lists show of a row of `casework.service_case`. */
export interface CaseRow {
  readonly id: string
  readonly number: string
  readonly agency: string
  readonly service: string
  readonly service_version: number
  readonly title_th: string
  readonly title_en: string
  readonly state: CaseState
  readonly stage: CaseStage
  readonly duty: string | null
  readonly assignee: string | null
  readonly received_at: Date
  readonly effective_at: Date
  readonly due_at: Date | null
  readonly overdue_at: Date | null
  readonly lapse_at: Date | null
  readonly ended_at: Date | null
  readonly appeal_until: Date | null
  readonly version: number
}

/** A whole row, without its content. */
export interface WholeCaseRow extends CaseRow {
  readonly applicant: string
  readonly party: string | null
  readonly parties: readonly string[]
  readonly party_kinds: readonly string[] | null
  readonly consents: readonly CaseConsent[]
  readonly plan: CasePlan
  readonly fee: number
  readonly key: string
  readonly duties: readonly string[]
  readonly key_sealed: Buffer | null
  readonly step: number
  readonly by_rule: boolean
  readonly is_paid: boolean
  readonly awaited_consents: readonly string[]
  readonly done: readonly string[]
  readonly hands: readonly Hand[]
  readonly decision: Decided | null
  readonly first_decision: Decided | null
  readonly days_left: number | null
  readonly erased_at: Date | null
}

const listed = [
  'id',
  'number',
  'agency',
  'service',
  'service_version',
  'title_th',
  'title_en',
  'state',
  'stage',
  'duty',
  'assignee',
  'received_at',
  'effective_at',
  'due_at',
  'overdue_at',
  'lapse_at',
  'ended_at',
  'appeal_until',
  'version',
]

export const listedColumns = listed.join(', ')

/** A fee fits the numbers of JavaScript: satang below 2⁵³. */
export const wholeColumns = `${listedColumns}, applicant, party, parties, party_kinds, consents, plan,
  fee::float8 as fee, key, duties, key_sealed, step, by_rule, is_paid, awaited_consents, done, hands, decision, first_decision, days_left, erased_at`

export function caseSummary(row: CaseRow): CaseSummary {
  return {
    id: row.id,
    number: row.number,
    agency: row.agency,
    service: row.service,
    version: row.service_version,
    title: { th: row.title_th, en: row.title_en },
    state: row.state,
    stage: row.stage,
    ...(row.duty === null ? {} : { duty: row.duty }),
    ...(row.assignee === null ? {} : { assignee: row.assignee }),
    receivedAt: row.received_at.getTime(),
    effectiveReceivedAt: row.effective_at.getTime(),
    ...time('dueAt', row.due_at),
    ...time('overdueAt', row.overdue_at),
    ...time('lapseAt', row.lapse_at),
    ...time('endedAt', row.ended_at),
    ...time('appealUntil', row.appeal_until),
    caseVersion: row.version,
  }
}

export function standingOf(row: WholeCaseRow): CaseStanding {
  return {
    state: row.state,
    stage: row.stage,
    step: row.step,
    byRule: row.by_rule,
    isPaid: row.is_paid,
    awaitedConsents: row.awaited_consents,
    ...(row.assignee === null ? {} : { assignee: row.assignee }),
    done: row.done,
    hands: row.hands,
    ...(row.decision === null ? {} : { decision: row.decision }),
    ...(row.first_decision === null ? {} : { firstDecision: row.first_decision }),
    ...time('dueAt', row.due_at),
    ...(row.days_left === null ? {} : { daysLeft: row.days_left }),
    ...time('lapseAt', row.lapse_at),
    ...time('overdueAt', row.overdue_at),
    ...time('endedAt', row.ended_at),
    ...time('appealUntil', row.appeal_until),
    ...time('erasedAt', row.erased_at),
    version: row.version,
  }
}

function time<Name extends string>(name: Name, at: Date | null): { [Key in Name]?: number } {
  return at === null ? {} : ({ [name]: at.getTime() } as { [Key in Name]?: number })
}

/** The columns that events change, in the order of `standingValues`. */
export const standingColumns = [
  'state',
  'stage',
  'step',
  'by_rule',
  'is_paid',
  'awaited_consents',
  'duty',
  'assignee',
  'done',
  'hands',
  'decision',
  'first_decision',
  'due_at',
  'days_left',
  'lapse_at',
  'overdue_at',
  'ended_at',
  'appeal_until',
  'erased_at',
  'version',
]

export function standingValues(standing: CaseStanding, duty: string | undefined): unknown[] {
  const at = (time: number | undefined) => (time === undefined ? null : new Date(time))
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  return [
    standing.state,
    standing.stage,
    standing.step,
    standing.byRule,
    standing.isPaid,
    standing.awaitedConsents,
    duty ?? null,
    standing.assignee ?? null,
    standing.done,
    json(standing.hands),
    json(standing.decision),
    json(standing.firstDecision),
    at(standing.dueAt),
    standing.daysLeft ?? null,
    at(standing.lapseAt),
    at(standing.overdueAt),
    at(standing.endedAt),
    at(standing.appealUntil),
    at(standing.erasedAt),
    standing.version,
  ]
}

/** The row as it is after an event. */
export function movedRow(row: WholeCaseRow, standing: CaseStanding, duty: string | undefined): WholeCaseRow {
  const at = (time: number | undefined) => (time === undefined ? null : new Date(time))
  return {
    ...row,
    state: standing.state,
    stage: standing.stage,
    step: standing.step,
    by_rule: standing.byRule,
    is_paid: standing.isPaid,
    awaited_consents: standing.awaitedConsents,
    duty: duty ?? null,
    assignee: standing.assignee ?? null,
    done: standing.done,
    hands: standing.hands,
    decision: standing.decision ?? null,
    first_decision: standing.firstDecision ?? null,
    due_at: at(standing.dueAt),
    days_left: standing.daysLeft ?? null,
    lapse_at: at(standing.lapseAt),
    overdue_at: at(standing.overdueAt),
    ended_at: at(standing.endedAt),
    appeal_until: at(standing.appealUntil),
    erased_at: at(standing.erasedAt),
    version: standing.version,
  }
}
