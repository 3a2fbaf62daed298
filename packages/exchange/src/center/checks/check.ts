import type { Check as AnyCheck, MachineCheck } from '../../checks/check.ts'
import type { DatabaseCheckCode } from '../../checks/database.ts'

export { bad, good, warning } from '../../checks/check.ts'

/** What one look at the center found. */
export type Check = AnyCheck<CheckCode>

export type CheckCode =
  | DatabaseCheckCode
  | MachineCheck['code']
  | 'alerts'
  | 'certificate'
  | 'clock'
  | 'contradictions'
  | 'directory'
  | 'issuer'
  | 'member-certificates'
  | 'migrations'
