import type { Check as AnyCheck, MachineCheck } from '../../checks/check.ts'
import type { DatabaseCheckCode } from '../../checks/database.ts'

export { bad, good, warning } from '../../checks/check.ts'

/** What one look at the gateway found. */
export type Check = AnyCheck<CheckCode>

export type CheckCode =
  | DatabaseCheckCode
  | MachineCheck['code']
  | 'alerts'
  | 'archive'
  | 'certificate'
  | 'clock'
  | 'dead-letters'
  | 'directory'
  | 'edge-address'
  | 'log'
  | 'messages-not-sent'
  | 'messages-not-taken'
  | 'migrations'
  | 'one-sided'
  | 'open-edge'
  | 'own-address'
  | 'peer'
  | 'renewal'
  | 'retention'
  | 'topics-stuck'
