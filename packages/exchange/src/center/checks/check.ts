import type { Check as AnyCheck } from '../../checks/check.ts'
import type { DatabaseCheckCode } from '../../checks/database.ts'

export { bad, good, warning } from '../../checks/check.ts'

/** What one look at the center found. */
export type Check = AnyCheck<CheckCode>

export type CheckCode =
  | DatabaseCheckCode
  | 'certificate'
  | 'clock'
  | 'contradictions'
  | 'directory'
  | 'issuer'
  | 'member-certificates'
  | 'migrations'
