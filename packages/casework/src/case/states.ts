/** How a case stands. */
export type CaseState =
  /** Handed in, its fee not paid: the clock does not run. */
  | 'awaiting-payment'
  /** Others were asked for their consent: the clock does not run. */
  | 'awaiting-consent'
  | 'in-review'
  /** The applicant was asked for more: the clock stands. */
  | 'awaiting-information'
  | 'awaiting-endorsement'
  | 'awaiting-decision'
  | 'awaiting-signature'
  /** Decided: registers are told, documents made, money sent. */
  | 'carrying-out'
  | 'completed'
  | 'appealed'
  | 'withdrawn'
  | 'lapsed'

/** What happens to a case. Those of the system itself have no officer. */
export type CaseAction =
  | 'submit'
  | 'pay'
  | 'consent'
  | 'take'
  | 'assign'
  | 'release'
  | 'note'
  | 'ask'
  | 'reply'
  | 'review'
  | 'send-back'
  | 'endorse'
  | 'decide'
  | 'sign'
  | 'carry-out'
  | 'complete'
  | 'withdraw'
  | 'lapse'
  | 'appeal'
  | 'overdue'
