/** What the machine of a case must know of its workflow; kept with the case. */
export interface CasePlan {
  /**
   * In their order: reviews and endorsements, one decision, signatures. A case without steps is decided by rule.
   */
  readonly steps: readonly CaseStep[]
  /** Decided by rule all the same, as soon as fee and consents are there: its steps are for what comes back. */
  readonly automatic?: boolean
  /** The legal time, in working days. */
  readonly workingDays: number
  /** Days of the calendar to answer a request for information, after which the case lapses. */
  readonly informationDays: number
  /** Days of the calendar to pay a fee, after which the case lapses. */
  readonly paymentDays: number
  readonly appeal?: { readonly days: number; readonly duty: string; readonly workingDays: number }
  /** Outcomes that bring something for officers to sign; after others nobody is asked to. Absent: all. */
  readonly signedOutcomes?: readonly string[]
  /** Whether the applicant may still withdraw it before a decision. */
  readonly mayWithdraw: boolean
}

export interface CaseStep {
  readonly kind: 'review' | 'endorse' | 'decide' | 'sign'
  /** Whose holders may do it. */
  readonly duty: string
  /** How many must do it, each another person: co-signature. */
  readonly count: number
  /** `seal`: of `sign`, by the agency's seal without an officer; else the officer's own key. */
  readonly by: 'officer' | 'seal'
}

/** A case is decided once; whoever does not agree with that appeals, once. */
export type CaseStage = 'first' | 'appeal'

/** What officers do at a stage, in its order. What the agency's seal signs waits for nobody. */
export function stepsOf(plan: CasePlan, stage: CaseStage): readonly CaseStep[] {
  const steps = plan.steps.filter(({ by }) => by === 'officer')
  if (stage === 'first' || plan.appeal === undefined) return steps
  const decide: CaseStep = { kind: 'decide', duty: plan.appeal.duty, count: 1, by: 'officer' }
  return [decide, ...steps.filter(({ kind }) => kind === 'sign')]
}

/** Whether officers sign what an outcome brings. */
export function isSignedByOfficers({ steps, signedOutcomes }: CasePlan, outcome: string): boolean {
  const isAsked = steps.some(({ kind, by }) => kind === 'sign' && by === 'officer')
  return isAsked && (signedOutcomes?.includes(outcome) ?? true)
}

/** All duties whose holders have to do with the case; the first one is that of its first step. */
export function dutiesOf(plan: CasePlan): readonly string[] {
  const duties = stepsOf(plan, 'first').map(({ duty }) => duty)
  return [...new Set(plan.appeal === undefined ? duties : [...duties, plan.appeal.duty])]
}

/** Throws `RangeError` for a plan that leads nowhere: its definition should not have been loaded. */
export function assertPlan(plan: CasePlan): void {
  const days = [plan.workingDays, plan.informationDays, plan.paymentDays, plan.appeal?.days ?? 1]
  if (!days.every((count) => Number.isSafeInteger(count) && count > 0))
    throw new RangeError('a time of no days')
  const kinds = plan.steps.map(({ kind }) => kind)
  const decision = kinds.indexOf('decide')
  if (kinds.length > 0 && decision !== kinds.lastIndexOf('decide'))
    throw new RangeError('more than one decision')
  if (kinds.some((kind) => kind !== 'sign') && decision < 0) throw new RangeError('steps without a decision')
  if (kinds.some((kind, index) => (kind === 'sign') !== index > decision && kind !== 'decide')) {
    throw new RangeError('what comes before a decision, or after it, is out of order')
  }
  for (const { count, by, kind } of plan.steps) {
    if (!Number.isSafeInteger(count) || count < 1) throw new RangeError('a step that nobody does')
    if (by === 'seal' && kind !== 'sign') throw new RangeError('a seal only signs')
  }
}
