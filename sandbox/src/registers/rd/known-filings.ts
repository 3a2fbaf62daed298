import { wellKnownPeople } from '../../wellknown/sandbox-person.ts'
import type { FilingState, KnownFilings } from './taxpayers.ts'

const { taxpayer, spouse, partner, mother, father } = wellKnownPeople
const due = ['filed', 'filed', 'overdue'] as const
const none = ['not-required', 'not-required', 'not-required'] as const

/** Those who have a return of 2568 to file yet; the taxpayer's wife has had no income. */
export const knownFilings: KnownFilings = new Map<string, readonly FilingState[]>([
  [taxpayer.nationalId, due],
  [partner.nationalId, due],
  [mother.nationalId, due],
  [father.nationalId, due],
  [spouse.nationalId, none],
])
