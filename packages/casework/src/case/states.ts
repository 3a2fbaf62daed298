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
  /** Registered by mistake: its number stays in the register, with the reason. */
  | 'voided'

/** What happens to a case. Those of the system itself have no officer. */
export type CaseAction =
  | 'submit'
  | 'pay'
  | 'consent'
  /** Somebody whose consent is needed says no. */
  | 'decline'
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
  /** The last day of one of its times became a holiday. */
  | 'postpone'
  | 'void'
  /** What it held was destroyed when its time of keeping was over; that it was there stays known. */
  | 'erase'

/**
 * Where an action leads, given the plan: a state; `here`, where the case stands; `onward`, where its plan goes on, once
 * enough have done the step; `back`, to an earlier step. An appeal that is withdrawn or lapses leaves the first decision:
 * the case is completed as it was.
 */
export type Lead = CaseState | 'here' | 'onward' | 'back'

const beside = { take: 'here', assign: 'here', release: 'here', note: 'here' } as const
const working = { ...beside, overdue: 'here', postpone: 'here', void: 'voided', 'send-back': 'back' } as const
const waiting = {
  pay: 'onward',
  consent: 'onward',
  decline: 'lapsed',
  note: 'here',
  postpone: 'here',
  withdraw: 'withdrawn',
  lapse: 'lapsed',
  void: 'voided',
} as const

/** Where each action leads. What is not here is not allowed. */
export const transitions: Readonly<Record<CaseState, Partial<Record<CaseAction, Lead>>>> = {
  'awaiting-payment': waiting,
  'awaiting-consent': waiting,
  'in-review': { ...working, ask: 'awaiting-information', review: 'onward', withdraw: 'withdrawn' },
  'awaiting-information': {
    ...beside,
    postpone: 'here',
    reply: 'onward',
    withdraw: 'withdrawn',
    lapse: 'lapsed',
    void: 'voided',
  },
  'awaiting-endorsement': {
    ...working,
    ask: 'awaiting-information',
    endorse: 'onward',
    withdraw: 'withdrawn',
  },
  'awaiting-decision': { ...working, ask: 'awaiting-information', decide: 'onward', withdraw: 'withdrawn' },
  'awaiting-signature': { ...beside, overdue: 'here', postpone: 'here', 'send-back': 'back', sign: 'onward' },
  'carrying-out': { note: 'here', 'carry-out': 'here', 'send-back': 'back', complete: 'completed' },
  completed: { note: 'here', postpone: 'here', appeal: 'appealed', erase: 'here' },
  appealed: {
    ...beside,
    overdue: 'here',
    postpone: 'here',
    ask: 'awaiting-information',
    decide: 'onward',
    withdraw: 'withdrawn',
  },
  withdrawn: { note: 'here', erase: 'here' },
  lapsed: { note: 'here', erase: 'here' },
  voided: { note: 'here', erase: 'here' },
}

/** Where the legal time runs. */
export const running: readonly CaseState[] = [
  'in-review',
  'awaiting-endorsement',
  'awaiting-decision',
  'awaiting-signature',
  'appealed',
]

/** Nothing more is to be done, unless somebody appeals. */
export const ended: readonly CaseState[] = ['completed', 'withdrawn', 'lapsed', 'voided']
