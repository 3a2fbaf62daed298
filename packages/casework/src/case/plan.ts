/** What the machine of a case must know of its workflow; kept with the case. */
export interface CasePlan {
  /** In their order. A case without steps is decided by rule. */
  readonly steps: readonly CaseStep[]
  /** The legal time, in working days. */
  readonly workingDays: number
  /** Days of the calendar to answer a request for information, after which the case lapses. */
  readonly informationDays: number
  /** Days of the calendar to pay a fee, after which the case lapses. */
  readonly paymentDays: number
  readonly appeal?: { readonly days: number; readonly duty: string; readonly workingDays: number }
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
