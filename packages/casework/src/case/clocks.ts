import type { WorkingDays } from '@sapan/kernel'
import type { CaseConsent } from './case.ts'
import type { CaseChange } from './event.ts'
import type { CasePlan } from './plan.ts'
import type { CaseStanding } from './standing.ts'
import { running } from './states.ts'

/** What clocks need to know of a case beside its standing. */
export interface CaseTimes {
  readonly plan: CasePlan
  readonly consents: readonly CaseConsent[]
}

export type CaseClocks = Pick<CaseChange, 'dueAt' | 'daysLeft' | 'lapseAt' | 'appealUntil'>

/**
 * The times that begin where a case comes from `before` (nothing for a new one) to `after`. The legal time runs once fee
 * and consents are there; while information is awaited it stands, and goes on with the days that were left, at least one.
 */
export function clocksOf(
  days: WorkingDays,
  { plan, consents }: CaseTimes,
  before: CaseStanding | undefined,
  after: CaseStanding,
  at: number,
): CaseClocks {
  if (after.state === before?.state) return {}
  if (after.state === 'awaiting-payment') return { lapseAt: days.until(at, plan.paymentDays) }
  if (after.state === 'awaiting-consent') {
    const awaited = consents.filter(({ id }) => after.awaitedConsents.includes(id))
    return { lapseAt: days.until(at, Math.min(...awaited.map((one) => one.days))) }
  }
  if (after.state === 'awaiting-information') {
    const left = before?.dueAt === undefined ? plan.workingDays : days.between(at, before.dueAt)
    return { lapseAt: days.until(at, plan.informationDays), daysLeft: Math.max(0, left) }
  }
  if (after.state === 'completed') return appealOf(days, plan, before, after, at)
  if (!running.includes(after.state)) return {}
  if (before?.state === 'awaiting-information')
    return { dueAt: days.due(at, Math.max(1, before.daysLeft ?? 1)) }
  if (before?.state === 'completed')
    return { dueAt: days.due(at, plan.appeal?.workingDays ?? plan.workingDays) }
  return before?.dueAt === undefined ? { dueAt: days.due(at, plan.workingDays) } : {}
}

function appealOf(
  days: WorkingDays,
  plan: CasePlan,
  before: CaseStanding | undefined,
  after: CaseStanding,
  at: number,
): CaseClocks {
  const isOpen =
    before?.state === 'carrying-out' && after.stage === 'first' && after.decision?.favours === false
  return isOpen && plan.appeal !== undefined ? { appealUntil: days.until(at, plan.appeal.days) } : {}
}
